using System.Text;
using CsCheck;
using NewsWatch.Core.Feeds;

namespace NewsWatch.Core.Tests.Feeds;

public sealed class BrokenFeedTests
{
    private const string Good =
        """
        <?xml version="1.0"?><!DOCTYPE rss [<!ENTITY own "Own &#38; named">]>
        <rss version="2.0"><channel><title>&own;</title><ttl>30</ttl>
          <item><guid>a</guid><title>One &amp; two</title><description><![CDATA[<p>A</p><p>B</p>]]></description><pubDate>Wed, 06 Aug 2025 12:00:00 GMT</pubDate></item>
          <item><guid>b</guid><title>Three</title></item>
        </channel></rss>
        """;

    [Fact]
    public void A_document_type_with_its_own_entities_is_read() => Assert.Equal("Own & named", Read(Good).Title);

    [Theory]
    [InlineData("<rss><channel><item><title>Salt&nbsp;&rsquo;n&hellip; AT&T</title></item></channel></rss>", "Salt ’n… AT&T")]
    [InlineData("  \n<rss><channel><item><media:title>Undeclared</media:title></item></channel></rss>", "Undeclared")]
    [InlineData("<rss><channel><category><item><title>Never closed</title></item></channel></rss>", "Never closed")]
    [InlineData("<rss><channel><item><title>Control\u0008led</title></item></channel></rss>", "Controlled")]
    public void A_broken_feed_is_repaired(string xml, string title) => Assert.Equal(title, Assert.Single(Read(xml).Items).Title);

    [Fact]
    public void A_feed_that_was_cut_off_gives_whole_items_only()
    {
        var cut = "<rss><channel><item><title>Whole</title></item><item><title>Hal";

        Assert.Equal("Whole", Assert.Single(Read(cut).Items).Title);
    }

    [Fact]
    public void An_entity_bomb_is_refused()
    {
        var bomb = "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\">" + string.Concat(Enumerable.Range(1, 8).Select(level => $"<!ENTITY {(char)('a' + level)} \"{string.Concat(Enumerable.Repeat($"&{(char)('a' + level - 1)};", 10))}\">"))
            + "]><rss><channel><item><title>&i;</title></item></channel></rss>";

        Assert.Contains("entities", Refused(bomb), StringComparison.Ordinal);
    }

    [Fact]
    public void An_external_entity_brings_nothing()
    {
        var feed = Parse("<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><rss><channel><item><title>a&x;b</title></item></channel></rss>");

        Assert.Equal("ab", Assert.Single(Assert.IsType<FeedResult.Parsed>(feed).Feed.Items).Title);
    }

    [Fact]
    public void Deep_nesting_is_refused() => Assert.Contains("deep", Refused(string.Concat(Enumerable.Repeat("<rss>", 300_000))), StringComparison.Ordinal);

    [Fact]
    public void Items_beyond_the_limit_are_counted_and_the_newest_are_kept()
    {
        var items = Enumerable.Range(0, 2_100).Select(at => $"<item><guid>{at}</guid><pubDate>{new DateTime(2025, 1, 1).AddHours(at):yyyy-MM-dd HH:mm}</pubDate></item>");
        var feed = Read($"<rss><channel>{string.Concat(items)}</channel></rss>");

        Assert.Equal((2_000, 100, "100"), (feed.Items.Count, feed.Dropped, feed.Items[0].Id));
    }

    [Theory]
    [InlineData("windows-1251", "Привет мир и война")]
    [InlineData("koi8-r", "Привет мир и война")]
    [InlineData("shift_jis", "これはテストです。ニュースのみだし")]
    [InlineData("utf-16", "Zelensky – Київ")]
    public void The_encoding_is_found_where_nothing_says_it(string encoding, string title)
    {
        var bytes = (CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding)).GetBytes($"<rss><channel><item><title>{title}</title></item></channel></rss>");

        Assert.Equal(title, Assert.Single(Assert.IsType<FeedResult.Parsed>(FeedParser.Parse(bytes, null, null)).Feed.Items).Title);
    }

    [Fact]
    public void A_json_feed_is_read_with_half_a_surrogate_and_its_hints()
    {
        var feed = Read("""{"version":"https://jsonfeed.org/version/1.1","title":"J","next_url":"/2","expired":true,"hubs":[{"type":"WebSub","url":"https://hub.example.com/"}],"items":[{"id":7,"url":"/a","title":"x\ud800y","content_text":"t"}]}""");

        Assert.Equal(("7", "https://example.com/a", "x\uFFFDy"), (feed.Items[0].Id, feed.Items[0].Link, feed.Items[0].Title));
        Assert.Equal(("https://example.com/2", true, "https://hub.example.com/"), (feed.Hints.OlderPage, feed.Hints.Expired, feed.Hints.Hubs[0]));
    }

    [Fact]
    public void A_channel_s_hints_are_read()
    {
        var hints = Read("""
            <rss xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:a="http://www.w3.org/2005/Atom"><channel><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>
            <skipHours><hour>0</hour><hour>24</hour><hour>99</hour><hour>5</hour></skipHours><skipDays><day>Sunday</day><day>Never</day></skipDays>
            <a:link rel="self" href="/me"/><a:link rel="hub" href="https://hub.example.com"/><a:link rel="prev-archive" href="/old"/></channel></rss>
            """).Hints;

        Assert.Equal(TimeSpan.FromHours(6), hints.UpdateEvery);
        Assert.Equal([0, 5], hints.SkipHours);
        Assert.Equal([DayOfWeek.Sunday], hints.SkipDays);
        Assert.Equal(("https://example.com/me", "https://hub.example.com", "https://example.com/old"), (hints.Self, Assert.Single(hints.Hubs), hints.OlderPage));
    }

    [Theory]
    [InlineData("<opml version=\"2.0\"/>", "OPML")]
    [InlineData("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"/>", "sitemap")]
    [InlineData("{\"error\":\"rate limited\",\"items\":[]}", "JSON")]
    [InlineData("Service Unavailable", "plain text")]
    [InlineData("<!-- x --><html><body>Log in</body></html>", "HTML")]
    public void What_is_no_feed_says_what_it_is(string body, string word) => Assert.Contains(word, Refused(body), StringComparison.Ordinal);

    [Fact]
    public void Whatever_the_bytes_nothing_is_thrown()
    {
        var good = Encoding.UTF8.GetBytes(Good);
        var mutation = Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte).Array[0, 12].Select(changes =>
        {
            var bytes = (byte[])good.Clone();
            foreach (var (at, value) in changes)
            {
                bytes[at] = value;
            }

            return bytes;
        });
        var cut = Gen.Select(mutation, Gen.Int[0, good.Length]).Select((bytes, length) => bytes[..length]);

        Gen.OneOf(cut, Gen.Byte.Array[0, 300]).Sample(bytes => Assert.NotNull(FeedParser.Parse(bytes, "text/xml", null)), iter: 2_000);
    }

    private static Feed Read(string text) => Assert.IsType<FeedResult.Parsed>(Parse(text)).Feed;

    private static string Refused(string text) => Assert.IsType<FeedResult.NotAFeed>(Parse(text)).Reason;

    private static FeedResult Parse(string text) => FeedParser.Parse(Encoding.UTF8.GetBytes(text), null, new Uri("https://example.com/feed"));
}
