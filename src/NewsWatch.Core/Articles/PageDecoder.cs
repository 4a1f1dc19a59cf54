using System.Text;
using System.Text.RegularExpressions;

namespace NewsWatch.Core.Articles;

/// <summary>
/// Bytes of a page to characters: byte order mark, the HTTP header's charset, the page's own meta charset, valid UTF-8, Windows-1252 (WHATWG HTML, 13.2.3.2).
/// A declared charset that the bytes contradict loses against valid UTF-8. Never throws; what cannot be read becomes U+FFFD.
/// </summary>
public static partial class PageDecoder
{
    private const int MetaWithin = 4_096;

    /// <summary>The page as text, without byte order mark.</summary>
    /// <param name="page">The body after content decoding (gzip and the like).</param>
    /// <param name="contentType">The Content-Type header; null when there was none.</param>
    public static string Decode(ReadOnlyMemory<byte> page, string? contentType)
    {
        var bytes = page.Span;
        if (ByBom(bytes) is { } marked)
        {
            return marked.Encoding.GetString(bytes[marked.Length..]);
        }

        var declared = Charset(contentType) ?? Charset(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, MetaWithin)]), inMarkup: true);
        var encoding = declared ?? Encoding.UTF8;
        if (declared is null or { IsSingleByte: true } || declared.CodePage == Encoding.UTF8.CodePage)
        {
            encoding = IsUtf8(bytes) ? Encoding.UTF8 : SingleByte(declared, bytes);
        }

        return encoding.GetString(bytes);
    }

    // A few broken bytes in a page that says UTF-8 are just that; many mean that it says so wrongly.
    private static Encoding SingleByte(Encoding? declared, ReadOnlySpan<byte> bytes)
    {
        if (declared is { IsSingleByte: true })
        {
            return declared;
        }

        var broken = Encoding.UTF8.GetString(bytes).Count(c => c == '\uFFFD');
        return declared is not null && broken <= 1 + (bytes.Length / 1_000) ? Encoding.UTF8 : Named("windows-1252")!;
    }

    private static (Encoding Encoding, int Length)? ByBom(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
        [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
        _ => null,
    };

    private static bool IsUtf8(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes);

    private static Encoding? Charset(string? text, bool inMarkup = false)
    {
        if (text is null)
        {
            return null;
        }

        var match = inMarkup ? MetaCharset().Match(text) : HeaderCharset().Match(text);
        var encoding = match.Success ? Named(match.Groups["name"].Value) : null;

        // A page whose meta element could be read as ASCII is no UTF-16 (WHATWG HTML, 13.2.3.2).
        return inMarkup && encoding is UnicodeEncoding or UTF32Encoding ? Encoding.UTF8 : encoding;
    }

    private static Encoding? Named(string name)
    {
        try
        {
            var label = name.ToLowerInvariant() is "iso-8859-1" or "latin1" or "us-ascii" or "ascii" or "iso8859-1" ? "windows-1252" : name;
            return CodePagesEncodingProvider.Instance.GetEncoding(label) ?? Encoding.GetEncoding(label);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"charset\s*=\s*[""']?\s*(?<name>[\w.:-]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex HeaderCharset();

    [GeneratedRegex(@"<meta\s[^>]{0,500}?charset\s*=\s*[""']?\s*(?<name>[\w.:-]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex MetaCharset();
}
