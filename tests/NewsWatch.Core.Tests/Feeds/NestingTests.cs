using System.Text;
using System.Xml;
using NewsWatch.Core.Feeds;
using NewsWatch.Core.Feeds.Xml;

namespace NewsWatch.Core.Tests.Feeds;

public sealed class NestingTests
{
    [Theory]
    [InlineData(3, 4, false)]
    [InlineData(4, 4, true)]
    [InlineData(400, 256, true)]
    public void Levels_are_counted_with_the_root(int levels, int limit, bool expected)
    {
        using var reader = XmlReader.Create(new StringReader(string.Concat(Enumerable.Repeat("<a>", levels)) + string.Concat(Enumerable.Repeat("</a>", levels))));

        Assert.Equal(expected, !new LimitedTreeBuilder(reader, ItemTrimmer.DropOldest, CancellationToken.None).Read(limit));
    }

    [Fact]
    public void Depth_that_entities_bring_is_refused_too()
    {
        var inner = string.Concat(Enumerable.Repeat("<b>", 40)) + "{0}" + string.Concat(Enumerable.Repeat("</b>", 40));
        var entities = string.Concat(Enumerable.Range(1, 8).Select(n => $"<!ENTITY e{n} '{string.Format(null, inner, n == 1 ? "x" : $"&e{n - 1};")}'>"));
        var feed = $"<!DOCTYPE rss [{entities}]><rss version='2.0'><channel><title>A</title><item><title>&e8;</title></item></channel></rss>";
        var refused = Assert.IsType<FeedResult.NotAFeed>(FeedParser.Parse(Encoding.UTF8.GetBytes(feed), null, null));
        Assert.Contains("too deep", refused.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Talks\u0000 begin\u000B, \uD83D\uDE00 again\uFFFE", "Talks begin, \uD83D\uDE00 again")]
    [InlineData("One  two\n\t three \u00A0four ", "One two three four")]
    public void Control_characters_go_and_blanks_collapse(string title, string expected)
    {
        var feed = $"<rss version='2.0'><channel><title>A</title><item><title>{title}</title></item></channel></rss>";
        var parsed = Assert.IsType<FeedResult.Parsed>(FeedParser.Parse(Encoding.UTF8.GetBytes(feed), null, null));
        Assert.Equal(expected, Assert.Single(parsed.Feed.Items).Title);
    }
}
