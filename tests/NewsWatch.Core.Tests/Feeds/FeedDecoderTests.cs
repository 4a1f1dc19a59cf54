using System.Text;
using NewsWatch.Core.Feeds;

namespace NewsWatch.Core.Tests.Feeds;

public sealed class FeedDecoderTests
{
    private const string Document = "<rss><channel><title>Zürich – Київ</title></channel></rss>";

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-32BE")]
    public void A_byte_order_mark_says_the_encoding(string name)
    {
        var encoding = Encoding.GetEncoding(name);

        Assert.Equal(Document, FeedDecoder.Decode([.. encoding.GetPreamble(), .. encoding.GetBytes(Document)], "text/xml; charset=iso-8859-1"));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-32BE")]
    public void Zero_bytes_say_it_without_a_mark(string name) => Assert.Equal(Document, FeedDecoder.Decode(Encoding.GetEncoding(name).GetBytes(Document), null));

    [Theory]
    [InlineData("iso-8859-2", "iso-8859-5", "Łódź", "Łódź")]
    [InlineData(null, "iso-8859-2", "Łódź", "Łódź")]
    [InlineData("nonsense", "windows-1251", "Київ", "Київ")]
    [InlineData(null, "iso-8859-1", "Zürich – “so”", "Zürich – “so”")]
    [InlineData("utf-8", "windows-1252", "Zürich – “so” ÄÖÜ", "Zürich – “so” ÄÖÜ")]
    [InlineData(null, "gb2312", "北京的新闻", "北京的新闻")]
    [InlineData(null, "euc-kr", "서울", "서울")]
    public void The_header_counts_before_the_declaration_and_neither_before_valid_utf8(string? header, string declared, string text, string expected)
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(Actual(header, declared))!.GetBytes($"<?xml version='1.0' encoding='{declared}'?><t>{text}</t>");
        var utf8 = Encoding.UTF8.GetBytes($"<?xml version='1.0' encoding='{declared}'?><t>{text}</t>");
        var contentType = header is null ? null : $"application/xml; charset=\"{header}\"";

        Assert.EndsWith($"<t>{expected}</t>", FeedDecoder.Decode(bytes, contentType), StringComparison.Ordinal);
        Assert.EndsWith($"<t>{expected}</t>", FeedDecoder.Decode(utf8, contentType), StringComparison.Ordinal);
    }

    [Fact]
    public void A_few_broken_bytes_in_what_says_utf8_are_just_that() =>
        Assert.Equal("<?xml version='1.0' encoding='utf-8'?><t>Zürich \uFFFD</t>", FeedDecoder.Decode([.. Encoding.UTF8.GetBytes("<?xml version='1.0' encoding='utf-8'?><t>Zürich "), 0xFF, .. "</t>"u8], null));

    [Fact]
    public void Characters_that_xml_forbids_are_dropped() => Assert.Equal("abc\t\n", FeedDecoder.Decode("a\0b\u0008\uFFFE\u001Bc\t\n"u8, null));

    // What the bytes are in, where the header or the declaration tells the truth.
    private static string Actual(string? header, string declared) => header is null or "nonsense" or "utf-8" ? declared is "iso-8859-1" ? "windows-1252" : declared : header;
}
