using System.Xml;
using System.Xml.Linq;
using CsCheck;
using NewsWatch.Core.Feeds;
using NewsWatch.Core.Feeds.Xml;

namespace NewsWatch.Core.Tests.Feeds;

public sealed class PlainXmlTests
{
    private const int MaxDepth = 8;

    private static readonly string[] Markup =
    [
        "<a>", "</a>", "<a/>", "<item>", "</item>", "<p:b xmlns:p='urn:p'>", "</p:b>", "<p:b/>", "<a xmlns='urn:a' x='1'>", "<c x='1' x='2'/>", "<c x='1' p:x='2'/>", "<c xml:lang='de'/>", "<c xml:space='preserve'> </c>",
        "text", " ", "\r\n", "\r", "&amp;", "&#65;", "&#x1F600;", "&#13;", "&#0;", "&nbsp;", "&#32;", "&", "<", ">", "]]>", "<![CDATA[ <b> ]]>", "<![CDATA[]]>", "<!-- c -->", "<!-- -- -->", "<!--", "<?pi x?>", "<?xml?>", "<!DOCTYPE a>", "é", "\"", "'",
    ];

    [Theory]
    [InlineData("<?xml version='1.0' encoding=\"utf-8\" standalone='yes'?>\n<!-- made by hand -->\n<?xml-stylesheet href='a.css'?><a/>\n")]
    [InlineData("<a x='1' y = \"&lt;2 &#x1F600;\"\n z='&amp;amp;'/>")]
    [InlineData("<a>one &amp; <b>two</b>\r\nthree<c/>&#233; four</a >")]
    [InlineData("<p:a xmlns:p='urn:p' xmlns='urn:q' p:x='1' x='2'><b xmlns=''>t</b><p:c xmlns:p='urn:r'/><p:c/><c xml:lang='de'/></p:a>")]
    [InlineData("<rss>\n <channel>\n  <item>\n   <body>\n<b>a</b> <i>b</i></body>\n <![CDATA[ <x> ]]> words <!-- no -->  </item>\n </channel>\n</rss>")]
    public void The_tree_is_the_one_that_the_platform_parser_gives(string document) => Assert.Equal(ByPlatform(document), ByHand(document));

    [Theory]
    [InlineData("<a><b></a></b>")]
    [InlineData("<a></a><b/>")]
    [InlineData("<a>")]
    [InlineData("<a/>words")]
    [InlineData("<a x='1' x='2'/>")]
    [InlineData("<a xmlns:p='u' xmlns:q='u' p:x='1' q:x='2'/>")]
    [InlineData("<p:a/>")]
    [InlineData("<a x='<'/>")]
    [InlineData("<a x=1/>")]
    [InlineData("<a x='1'y='2'/>")]
    [InlineData("<a>&nbsp;</a>")]
    [InlineData("<a>AT&T</a>")]
    [InlineData("<a>]]></a>")]
    [InlineData("<a><!-- a -- b --></a>")]
    [InlineData("<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>")]
    [InlineData("<a xml:space='preserve'> </a>")]
    [InlineData("<é/>")]
    [InlineData("<a><a><a><a><a><a><a><a/></a></a></a></a></a></a></a>")]
    public void What_is_not_plain_or_not_well_formed_is_left_to_the_platform_parser(string document) => Assert.Null(ByHand(document));

    [Fact]
    public void No_document_is_read_otherwise_than_by_the_platform_parser() =>
        Gen.Int[0, Markup.Length - 1].Select(at => Markup[at]).List[0, 12].Sample(parts =>
        {
            var document = $"<a>{string.Concat(parts)}</a>";
            if (ByHand(document) is { } tree)
            {
                Assert.Equal(ByPlatform(document), tree);
            }
        }, iter: 20_000);

    [Fact]
    public void A_prefix_means_what_its_own_document_says()
    {
        foreach (var document in new[] { "<p:a xmlns:p='urn:p'/>", "<p:a xmlns:p='urn:q'/>", "<p:a xmlns:p='urn:p'/>" })
        {
            Assert.Equal(ByPlatform(document), ByHand(document));
        }

        Assert.Null(ByHand("<p:a/>"));
    }

    [Fact]
    public void More_and_longer_names_than_are_kept_are_read_alike()
    {
        var document = $"<a>{string.Concat(Enumerable.Range(0, 1_200).Select(n => $"<n{n}/>"))}<{new string('n', 100)}/></a>";
        Assert.Equal(ByPlatform(document), ByHand(document));
        Assert.Equal(ByPlatform(document), ByHand(document));
    }

    private static string? ByHand(string document) => PlainXml.Read(document, MaxDepth, CancellationToken.None)?.ToString(SaveOptions.DisableFormatting);

    private static string? ByPlatform(string document)
    {
        using var reader = XmlReader.Create(new StringReader(document), new XmlReaderSettings { IgnoreComments = true, IgnoreProcessingInstructions = true, CheckCharacters = false });
        var tree = new LimitedTreeBuilder(reader, ItemTrimmer.DropOldest, CancellationToken.None);
        try
        {
            return tree.Read(MaxDepth) ? tree.Root!.ToString(SaveOptions.DisableFormatting) : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
