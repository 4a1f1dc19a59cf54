using NewsWatch.Core.Feeds.Xml;

namespace NewsWatch.Core.Tests.Feeds;

public sealed class AttributeScanTests
{
    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void Attributes_of_one_element_are_counted(int attributes, bool found)
    {
        var document = $"<!-- <c a='' b='' c='' d='' e=''> --><a x='1'/><b {Attributes(attributes)}/>";

        Assert.Equal((found, found), (AttributeScan.FindsMore(document, 3, wellFormed: true), AttributeScan.FindsMore(document, 3, wellFormed: false)));
    }

    [Fact]
    public void Signs_inside_values_are_no_attributes() => Assert.False(AttributeScan.FindsMore("<a href='?a=1&amp;b=2&amp;c=3&amp;d=4&amp;e=5'/>", 3, wellFormed: true));

    [Fact]
    public void Many_attributes_are_refused_in_documents_that_are_not_well_formed_too()
    {
        var odd = string.Concat(Enumerable.Range(0, 1_000).Select(at => $" a{at}='<'"));

        Assert.Contains("attributes", Reading.Refusal($"<rss{odd}><channel><item/></channel>"), StringComparison.Ordinal);
        Assert.Contains("attributes", Reading.Refusal($"<rss {Attributes(1_000)}><channel/></rss>"), StringComparison.Ordinal);
    }

    private static string Attributes(int count) => string.Join(' ', Enumerable.Range(0, count).Select(at => $"a{at}='1'"));
}
