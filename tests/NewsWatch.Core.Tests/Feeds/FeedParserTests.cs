using System.Text;
using NewsWatch.Core.Feeds;

namespace NewsWatch.Core.Tests.Feeds;

public sealed class FeedParserTests
{
    [Fact]
    public void An_rss_item_is_read_with_its_parts()
    {
        var item = Assert.Single(Parsed(
            """
            <rss version="2.0"><channel><title>World</title><link>https://news.example.com/</link>
              <item><guid>a1</guid><title>Talks &amp;amp; truce</title><link>/a1</link>
                <description>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</description><pubDate>Wed, 06 Aug 2025 12:00:00 GMT</pubDate></item>
            </channel></rss>
            """).Items);

        Assert.Equal(("a1", "https://news.example.com/a1", "Talks & truce", "One.\n\nTwo."), (item.Id, item.Link, item.Title, item.Text));
        Assert.Equal(new DateTimeOffset(2025, 8, 6, 12, 0, 0, TimeSpan.Zero), item.Published);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<!DOCTYPE html><html><body>Log in</body></html>")]
    [InlineData("it is not XML at all")]
    public void What_is_no_feed_is_told(string body) =>
        Assert.IsType<FeedResult.NotAFeed>(FeedParser.Parse(Encoding.UTF8.GetBytes(body), null, null));

    private static Feed Parsed(string body) =>
        Assert.IsType<FeedResult.Parsed>(FeedParser.Parse(Encoding.UTF8.GetBytes(body), "application/rss+xml", new Uri("https://news.example.com/feed"))).Feed;
}
