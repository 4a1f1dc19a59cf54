using System.Text.RegularExpressions;
using System.Xml.Linq;
using NewsWatch.Core.Feeds.Markup;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Feeds;

/// <summary>The plain text of an element that may hold text, escaped HTML, XHTML or base64 (RFC 4287 3.1 and Atom 0.3).</summary>
internal static partial class TextConstruct
{
    private static readonly XName Type = "type";
    private static readonly XName Mode = "mode";

    /// <summary>Paragraphs separated by blank lines.</summary>
    public static string Of(XElement element)
    {
        var type = Attribute(element, Type);
        if (element.HasElements)
        {
            return PlainText.Of(element);
        }

        var value = element.Value;
        if (Attribute(element, Mode) == "base64" || (type.Length > 0 && type.Contains('/') && !type.StartsWith("text/", StringComparison.Ordinal) && !type.EndsWith("xml", StringComparison.Ordinal)))
        {
            value = Unpacked(value);
        }

        return (type is "text" or "text/plain" || (type.Length == 0 && IsAtom(element))) && !LooksLikeHtml(value, type) ? PlainText.Verbatim(value) : PlainText.Of(value);
    }

    /// <summary>One line, as titles are.</summary>
    public static string Line(XElement element) => Of(element).Replace("\n\n", " ", StringComparison.Ordinal);

    private static string Attribute(XElement element, XName name) =>
        element.HasAttributes && element.Attribute(name)?.Value is { } value ? value.Trim().ToLowerInvariant() : "";

    // Without a type it is text (RFC 4287, 3.1.1); many do not know that.
    private static bool IsAtom(XElement element) => element.Name.NamespaceName == "http://www.w3.org/2005/Atom";

    private static bool LooksLikeHtml(string value, string type) => value.AsSpan().ContainsAny('<', '&') && (HasMarkup(value) || (type.Length == 0 && HtmlTag().IsMatch(value)));

    private static bool HasMarkup(string value) =>
        value.Contains("</", StringComparison.Ordinal) || value.Contains("/>", StringComparison.Ordinal) || value.Contains("<br", StringComparison.OrdinalIgnoreCase)
        || value.Contains("<p>", StringComparison.OrdinalIgnoreCase) || value.Contains("&#", StringComparison.Ordinal) || value.Contains("&amp;", StringComparison.Ordinal);

    private static string Unpacked(string value)
    {
        var bytes = new byte[value.Length];
        return Convert.TryFromBase64String(value, bytes, out var length) && System.Text.Unicode.Utf8.IsValid(bytes.AsSpan(0, length)) ? FeedDecoder.Decode(bytes.AsSpan(0, length), null) : value;
    }

    [GeneratedRegex(@"<(p|b|i|u|em|strong|a|img|div|span|h[1-6]|ul|ol|li|hr|sup|sub|small|code|blockquote|figure|table|iframe)(\s+[\w:-]+\s*=|\s*/?>)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex HtmlTag();
}
