using System.IO.Compression;
using CsCheck;
using NewsWatch.Core.Feeds;

namespace NewsWatch.Core.Tests.Feeds;

/// <summary>A body that is no feed is never "0 items": it is refused with a reason that the operator understands.</summary>
public sealed class UnhealthyBodyTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t ")]
    [InlineData("\uFEFF")]
    public void An_empty_body_is_refused(string body) => Assert.Equal("the answer is empty", Reading.Refusal(body));

    [Theory]
    [InlineData("<!DOCTYPE html><html><body>Log in</body></html>")]
    [InlineData("<html lang='en'><head><title>502 Bad Gateway</title></head></html>")]
    [InlineData("\n<?xml version='1.0'?><!DOCTYPE HTML PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN'><html xmlns='http://www.w3.org/1999/xhtml'/>")]
    [InlineData("<!-- cached --><!-- again --><HTML><BODY>Consent</BODY></HTML>")]
    [InlineData("<head><meta http-equiv='refresh' content='0'></head>")]
    public void A_page_is_refused(string body) => Assert.Equal("the answer is an HTML page, not a feed", Reading.Refusal(body));

    [Theory]
    [InlineData("Service Unavailable", "plain text")]
    [InlineData("<Error><Code>AccessDenied</Code></Error>", "error message")]
    [InlineData("<opml version='2.0'><body/></opml>", "OPML")]
    [InlineData("<urlset/>", "Kind: sitemap")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>", "another kind (svg)")]
    [InlineData("{\"message\":\"rate limited\"}", "JSON, but no JSON Feed")]
    [InlineData("[]", "JSON, but no JSON Feed")]
    [InlineData("[[[", "JSON that cannot be read")]
    [InlineData("<", "no XML that can be read")]
    public void Other_answers_are_refused_by_name(string body, string words) => Assert.Contains(words, Reading.Refusal(body), StringComparison.Ordinal);

    [Fact]
    public void Compressed_bytes_that_nobody_announced_are_refused()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write("<rss/>"u8);
        }

        Assert.Contains("gzip", Refusal(packed.ToArray()), StringComparison.Ordinal);
        Assert.Contains("zip", Refusal([(byte)'P', (byte)'K', 3, 4, 0, 0]), StringComparison.Ordinal);
        Assert.Contains("PDF", Refusal("%PDF-1.7"u8.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_beyond_the_limit_is_refused_by_its_size() => Assert.Contains("too large: 15728641 bytes", Refusal(new byte[(15 * 1024 * 1024) + 1]), StringComparison.Ordinal);

    [Theory]
    [InlineData("<rss version='2.0'><channel><title>T</title><item><guid>a</guid></item><item><gu", 1)]
    [InlineData("<rss version='2.0'><channel><title>T</title><item><guid>a</guid>", 0)]
    [InlineData("<rss version='2.0'><channel><title>T", 0)]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>a</id></entry><entry><id>b</id><title>Half a ti", 1)]
    public void What_was_cut_off_gives_its_whole_items_and_a_warning(string body, int items)
    {
        var parsed = Assert.IsType<FeedResult.Parsed>(Reading.Result(body));

        Assert.Equal(items, parsed.Feed.Items.Count);
        Assert.Contains("ends too early", Assert.Single(parsed.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_before_the_document_is_warned_of() =>
        Assert.Contains("text before", Assert.Single(Assert.IsType<FeedResult.Parsed>(Reading.Result("Warning: x\n<rss><channel/></rss>")).Warnings), StringComparison.Ordinal);

    [Fact]
    public void Whatever_pieces_a_body_is_made_of_nothing_is_thrown()
    {
        string[] pieces =
        [
            "<rss>", "</rss>", "<channel>", "<item>", "</item>", "<entry xmlns='http://www.w3.org/2005/Atom'>", "<title>", "</title>", "<![CDATA[", "]]>", "<!--", "-->", "<!DOCTYPE rss [", "<!ENTITY a '&b;'>", "]>", "&a;",
            "&nbsp;", "&#x110000;", "&", "<", ">", "\"", "<link href='http://[::1'/>", "<a:b c='", "<pubDate>", "99999999999-99-99T99:99:99+99:99", "\uD800", "\uFFFE", "\0", "{", "\"items\":[", "{\"id\":1e999}", "}", "xml:base='http://a b'", "<script>", "<?xml encoding='x'?>",
        ];

        Gen.Int[0, pieces.Length - 1].Select(at => pieces[at]).Array[0, 40].Sample(chosen => Assert.NotNull(Reading.Result(string.Concat(chosen), "text/xml; charset=\"?\"")), iter: 1_500);
    }

    [Fact]
    public void Many_document_types_take_no_time_to_repair() => Assert.NotNull(Reading.Result("&x;" + string.Concat(Enumerable.Repeat("<!DOCTYPE ", 300_000))));

    private static string Refusal(byte[] body) => Assert.IsType<FeedResult.NotAFeed>(FeedParser.Parse(body, null, null)).Reason;
}
