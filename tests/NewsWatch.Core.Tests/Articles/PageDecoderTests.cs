using System.Text;
using CsCheck;
using NewsWatch.Core.Articles.Pages;

namespace NewsWatch.Core.Tests.Articles;

public sealed class PageDecoderTests
{
    private const string Text = "<p>Zürich, Łódź, café</p>";

    static PageDecoderTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("utf-8", null, "")]
    [InlineData("utf-8", "text/html; charset=utf-8", "")]
    [InlineData("windows-1250", "text/html; charset=windows-1250", "")]
    [InlineData("windows-1250", "text/html", "<meta charset='windows-1250'>")]
    [InlineData("windows-1250", null, "<meta http-equiv='Content-Type' content='text/html; charset=windows-1250'>")]
    [InlineData("utf-8", "text/html; charset=iso-8859-1", "")]
    [InlineData("utf-8", "text/html; charset=nonsense", "<meta charset=utf-16>")]
    public void The_charset_is_found(string written, string? contentType, string head) =>
        Assert.EndsWith(Text, PageDecoder.Decode(Encoding.GetEncoding(written).GetBytes(head + Text), contentType), StringComparison.Ordinal);

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void A_byte_order_mark_beats_every_declaration(string written)
    {
        var encoding = Encoding.GetEncoding(written);
        Assert.Equal(Text, PageDecoder.Decode((byte[])[.. encoding.GetPreamble(), .. encoding.GetBytes(Text)], "text/html; charset=windows-1250"));
    }

    [Fact]
    public void Undeclared_bytes_that_are_no_utf8_are_read_as_windows_1252() =>
        Assert.Equal("café “x”", PageDecoder.Decode(new byte[] { 0x63, 0x61, 0x66, 0xE9, 0x20, 0x93, 0x78, 0x94 }, null));

    [Fact]
    public void One_broken_byte_in_a_utf8_page_does_not_spoil_the_rest()
    {
        var bytes = Encoding.UTF8.GetBytes("<meta charset=utf-8>" + Text + Text);
        bytes[^2] = 0xFF;
        Assert.Contains(Text, PageDecoder.Decode(bytes, "text/html; charset=utf-8"), StringComparison.Ordinal);
    }

    [Fact]
    public void No_bytes_throw() => Gen.Select(Gen.Byte.Array, Gen.String).Sample((bytes, type) => PageDecoder.Decode(bytes, type) is not null);
}
