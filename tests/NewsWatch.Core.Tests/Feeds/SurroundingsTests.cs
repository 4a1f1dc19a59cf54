using NewsWatch.Core.Feeds;

namespace NewsWatch.Core.Tests.Feeds;

/// <summary>What servers write before a document.</summary>
public sealed class SurroundingsTests
{
    private const string Rss = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>T</title><item><title>Vote delayed</title></item></channel></rss>";
    private const string Json = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"items\":[{\"id\":\"1\",\"title\":\"Vote delayed\"}]}";

    public static TheoryData<string> Before => new(
        "<br />\n<b>Notice</b>:  Undefined index: tag in <b>/srv/feed.php</b> on line <b>12</b><br />\n",
        "<script>if (a < b) { track(); }</script>\n", "<style>p { color: red }</style>", "<div class=\"note\">Sponsored</div>", "<link rel=\"x\"/>", "<img src=\"p.gif\">", "<meta charset=\"utf-8\">", "<p>Hello",
        "<!DOCTYPE html>\n", "<table><tr><th>( ! ) Warning</th></tr></table>", "<?xml version=\"1.0\"?><div>x</div>", "Warning: something\n<i>else</i>");

    [Theory]
    [MemberData(nameof(Before))]
    public void Markup_before_a_feed_is_passed_over_and_warned_of(string before)
    {
        foreach (var document in (string[])[Rss, Rss["<?xml version=\"1.0\"?>".Length..], Json])
        {
            var parsed = Assert.IsType<FeedResult.Parsed>(Reading.Result(before + document));

            Assert.Equal("Vote delayed", Assert.Single(parsed.Feed.Items).Title);
            Assert.NotEmpty(parsed.Warnings);
        }
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\"?><!-- a <rss> of ours --><rss version=\"2.0\"><channel><item><title>Vote delayed</title></item></channel></rss>")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY x \"y\">]><rss version=\"2.0\"><channel><item><title>Vote delayed</title></item></channel></rss>")]
    [InlineData("\n\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\"><item><title>Vote delayed</title></item></rdf:RDF>")]
    public void What_belongs_before_a_feed_is_not_warned_of(string document) => Assert.Empty(Assert.IsType<FeedResult.Parsed>(Reading.Result(document)).Warnings);

    [Fact]
    public void A_page_that_shows_the_source_of_a_feed_is_a_page() => Assert.Contains("HTML page", Reading.Refusal("<!DOCTYPE html><html><body><script>var feed = '" + Rss + "';</script></body></html>"), StringComparison.Ordinal);
}
