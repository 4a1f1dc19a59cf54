using System.Text;
using NewsWatch.Core.Feeds;

namespace NewsWatch.Core.Tests.Feeds;

public sealed class OpmlTests
{
    [Fact]
    public void A_list_of_feeds_is_read_with_nested_outlines_each_address_once()
    {
        var list = Assert.IsType<OpmlResult.List>(Opml.Read(Encoding.UTF8.GetBytes(
            "<opml><body><outline text='Group'><outline text='A &amp; B' xmlUrl='https://example.com/a'/><outline title='Again' xmlurl='https://example.com/a'/></outline><outline text='Local' xmlUrl='file:///etc/passwd'/></body></opml>")));

        Assert.Equal([new OpmlFeed("A & B", "https://example.com/a")], list.Feeds);
        Assert.Equal(["https://example.com/a"], list.Repeated);
        Assert.Equal(["file:///etc/passwd"], list.Unusable);
    }

    [Theory]
    [InlineData("xmlUrl='feed://paper.example.org/rss'", "https://paper.example.org/rss")]
    [InlineData("xmlUrl='feed:https://paper.example.org/rss'", "https://paper.example.org/rss")]
    [InlineData("xmlUrl='feed:http://paper.example.org/rss'", "http://paper.example.org/rss")]
    [InlineData("xmlUrl='itpc://paper.example.org/cast'", "https://paper.example.org/cast")]
    [InlineData("xmlUrl='paper.example.org/rss'", "https://paper.example.org/rss")]
    [InlineData("xmlUrl='//paper.example.org/rss'", "https://paper.example.org/rss")]
    [InlineData("type='rss' url='https://paper.example.org/rss'", "https://paper.example.org/rss")]
    public void Addresses_are_understood_as_programs_write_them(string attributes, string expected) =>
        Assert.Equal(expected, Assert.Single(Assert.IsType<OpmlResult.List>(Opml.Read(Encoding.UTF8.GetBytes($"<opml><body><outline text='A' {attributes}/></body></opml>"))).Feeds).Url);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("<rss/>", "another kind")]
    [InlineData("<html></html>", "the file is an HTML page, not OPML")]
    [InlineData("Service Unavailable", "the file is plain text, not OPML")]
    public void What_is_no_list_says_what_it_is(string file, string word) =>
        Assert.Contains(word, Assert.IsType<OpmlResult.NotOpml>(Opml.Read(Encoding.UTF8.GetBytes(file))).Reason, StringComparison.Ordinal);
}
