using System.Text;

namespace NewsWatch.Core.Text.Encodings;

/// <summary>Encodings by the labels that headers and documents use for them (WHATWG Encoding: what browsers take a label for).</summary>
internal static class Charsets
{
    // The decoders would write a question mark, which looks like one of the text.
    private static readonly DecoderFallback Reading = new DecoderReplacementFallback("\uFFFD");
    private static readonly EncoderFallback Writing = EncoderFallback.ReplacementFallback;

    public static Encoding Windows1252 { get; } = ByPage(1252);

    /// <summary>The encoding; null for a label that nobody knows, and for UTF-16 and UTF-32, which a label that could be read as ASCII does not mean.</summary>
    public static Encoding? Named(string label)
    {
        try
        {
            var name = label.Trim().ToLowerInvariant();
            var encoding = Page(name) is { } page ? ByPage(page) : CodePagesEncodingProvider.Instance.GetEncoding(name, Writing, Reading) ?? Encoding.GetEncoding(name, Writing, Reading);
            return encoding is UnicodeEncoding or UTF32Encoding ? null : encoding;
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The encoding of a Windows code page.</summary>
    public static Encoding ByPage(int page) => CodePagesEncodingProvider.Instance.GetEncoding(page, Writing, Reading) ?? Encoding.GetEncoding(page, Writing, Reading);

    /// <summary>Whether the bytes fit the label: hardly any of them is invalid.</summary>
    public static bool Fits(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        var strange = encoding.GetString(bytes).AsSpan().Count('\uFFFD');
        return strange == 0 || strange <= 1 + (bytes.Length - Ascii(bytes)) / 50;
    }

    private static int Ascii(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        foreach (var b in bytes)
        {
            count += b < 0x80 ? 1 : 0;
        }

        return count;
    }

    // Where a label means a larger page than its standard, or is one that the platform does not know.
    private static int? Page(string label) => label switch
    {
        "iso-8859-1" or "iso8859-1" or "iso_8859-1" or "latin1" or "latin-1" or "l1" or "us-ascii" or "ascii" or "ansi" or "cp1252" or "win-1252" => 1252,
        "gb2312" or "gb_2312" or "gb_2312-80" or "gbk" or "x-gbk" or "cp936" or "euc-cn" or "gb18030" => 54936,
        "euc-kr" or "euckr" or "ks_c_5601-1987" or "ksc5601" or "cp949" or "uhc" => 949,
        "big5" or "big-5" or "big5-hkscs" or "cp950" => 950,
        "sjis" or "x-sjis" or "shift-jis" or "shift_jis" or "ms_kanji" or "cp932" or "windows-31j" => 932,
        "eucjp" or "euc-jp" or "x-euc-jp" => 51932,
        "iso-8859-9" or "iso8859-9" or "latin5" or "cp1254" => 1254,
        "iso-8859-11" or "tis-620" or "tis620" or "cp874" => 874,
        "iso-8859-8-i" or "iso-8859-8" or "iso8859-8" => 1255,
        "utf8" or "utf_8" or "unicode-1-1-utf-8" or "utf8mb4" => 65001,
        _ when label.StartsWith("cp125", StringComparison.Ordinal) && label.Length == 6 && char.IsAsciiDigit(label[5]) => 1250 + (label[5] - '0'),
        _ when label.StartsWith("win-125", StringComparison.Ordinal) && label.Length == 8 && char.IsAsciiDigit(label[7]) => 1250 + (label[7] - '0'),
        _ => null,
    };
}
