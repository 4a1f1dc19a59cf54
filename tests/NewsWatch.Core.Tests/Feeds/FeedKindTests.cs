namespace NewsWatch.Core.Tests.Feeds;

public sealed class FeedKindTests
{
    private const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    [Theory]
    [InlineData("<rss version='2.0'><channel><item><title>A</title></item></channel></rss>", "rss20")]
    [InlineData("<rss><channel><item><title>A</title></item></channel></rss>", "rss20")]
    [InlineData("<RSS version='0.91'><channel><item><title>A</title></item></channel></RSS>", "rss091")]
    [InlineData("<rss version='0.92'><channel><item><title>A</title></item></channel></rss>", "rss092")]
    [InlineData("<rss version='2.0'><channel/><item><title>A</title></item></rss>", "rss20")]
    [InlineData("<rdf:RDF xmlns:rdf='" + Rdf + "' xmlns='http://purl.org/rss/1.0/'><channel/><item><title>A</title></item></rdf:RDF>", "rss10")]
    [InlineData("<rdf:RDF xmlns:rdf='" + Rdf + "' xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel/><item><title>A</title></item></rdf:RDF>", "rss090")]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>A</title></entry></feed>", "atom10")]
    [InlineData("<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>A</a:title></a:entry></a:feed>", "atom10")]
    [InlineData("<entry xmlns='http://www.w3.org/2005/Atom'><title>A</title></entry>", "atom10")]
    [InlineData("<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title>A</title></entry></feed>", "atom03")]
    [InlineData("<CHANNEL HREF='https://example.com/'><ITEM HREF='https://example.com/a'><TITLE>A</TITLE></ITEM></CHANNEL>", "cdf")]
    [InlineData("{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"id\":\"1\",\"title\":\"A\"}]}", "json10")]
    [InlineData("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\",\"title\":\"A\"}]}", "json11")]
    public void Every_format_goes_through_one_mapper(string document, string kind)
    {
        var feed = Reading.Feed(document);

        Assert.Equal((kind, "A"), (feed.Kind, Assert.Single(feed.Items).Title));
    }

    [Fact]
    public void A_netscape_document_without_items_is_an_empty_feed() =>
        Assert.Empty(Reading.Feed($"<rdf:RDF xmlns:rdf='{Rdf}' xmlns='http://my.netscape.com/rdf/simple/0.9/'/>").Items);

    [Fact]
    public void Other_rdf_is_no_feed() => Assert.Contains("another kind (rdf)", Reading.Refusal($"<rdf:RDF xmlns:rdf='{Rdf}'><rdf:Description/></rdf:RDF>"), StringComparison.Ordinal);
}
