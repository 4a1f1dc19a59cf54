using System.Text.RegularExpressions;
using NewsWatch.Core.Text;
using NewsWatch.Core.Text.Encodings;

namespace NewsWatch.Core.Articles.Pages;

/// <summary>
/// Bytes of a page to characters, as the bytes prove them; it declares itself in a meta element, or in an XML declaration (WHATWG HTML, 13.2.3.2).
/// Never throws; what cannot be read becomes U+FFFD.
/// </summary>
public static partial class PageDecoder
{
    private const int DeclarationWithin = 4_096;

    /// <summary>The page as text, without byte order mark.</summary>
    /// <param name="page">The body after content decoding (gzip and the like).</param>
    /// <param name="contentType">The Content-Type header; null when there was none.</param>
    public static string Decode(ReadOnlyMemory<byte> page, string? contentType) =>
        Decoding.Decode(page.Span, contentType, start => Decoding.Label(MetaCharset().Match(start)) ?? Decoding.Label(XmlDeclaration().Match(start)), DeclarationWithin);

    [GeneratedRegex(@"<meta\s[^>]{0,500}?charset\s*=\s*[""']?\s*(?<name>[\w.:-]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex MetaCharset();

    [GeneratedRegex(@"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[""']\s*(?<name>[\w.:-]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex XmlDeclaration();
}
