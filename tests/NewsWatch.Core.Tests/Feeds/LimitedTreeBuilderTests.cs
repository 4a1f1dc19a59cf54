using System.Xml;
using System.Xml.Linq;
using NewsWatch.Core.Feeds;
using NewsWatch.Core.Feeds.Xml;

namespace NewsWatch.Core.Tests.Feeds;

public sealed class LimitedTreeBuilderTests
{
    [Theory]
    [InlineData("<a/>")]
    [InlineData("<a x='1' y='&lt;2'/>")]
    [InlineData("<a>one<b>two</b>three<c/> four</a>")]
    [InlineData("<p:a xmlns:p='urn:p' xmlns='urn:q' p:x='1' x='2'><b xmlns=''>t</b><p:c/><c/></p:a>")]
    [InlineData("<a xml:base='https://example.com/'><b> <i>x</i> <i>y</i></b></a>")]
    public void The_tree_is_the_one_that_the_library_builds(string document) =>
        Assert.True(XNode.DeepEquals(XDocument.Parse(document, LoadOptions.PreserveWhitespace).Root, Tree(document)), Tree(document).ToString());

    [Theory]
    [InlineData("<a>one<![CDATA[ <two> ]]>three<!-- no -->four</a>", "one <two> threefour")]
    [InlineData("<!DOCTYPE a [<!ENTITY e 'named'>]><a>&e; and &#x41;</a>", "named and A")]
    public void Text_comes_in_one_piece(string document, string expected)
    {
        var tree = Tree(document);

        Assert.Equal(expected, Assert.IsType<XText>(Assert.Single(tree.Nodes()), exactMatch: false).Value);
    }

    [Fact]
    public void The_indentation_of_a_feed_is_left_out_and_blanks_between_words_stay()
    {
        var tree = Tree("<rss>\n <channel>\n  <item>\n   <body><b>a</b> <i>b</i></body>\n  </item>\n </channel>\n</rss>");

        Assert.Equal("<rss><channel><item><body><b>a</b> <i>b</i></body></item></channel></rss>", tree.ToString(SaveOptions.DisableFormatting));
    }

    private static XElement Tree(string document)
    {
        using var reader = XmlReader.Create(new StringReader(document), new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse, IgnoreComments = true });
        var tree = new LimitedTreeBuilder(reader, ItemTrimmer.DropOldest, CancellationToken.None);
        Assert.True(tree.Read(256));
        return Assert.IsType<XElement>(tree.Root);
    }
}
