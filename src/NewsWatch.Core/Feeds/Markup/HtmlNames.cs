using System.Collections.Frozen;

namespace NewsWatch.Core.Feeds.Markup;

/// <summary>What elements of HTML mean for text.</summary>
internal static class HtmlNames
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Blocks = Set(
        "p", "div", "br", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "tr", "td", "th", "hr", "section", "article",
        "header", "footer", "aside", "figure", "figcaption", "pre", "address", "main", "nav", "caption", "form", "option");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Silents = Set("script", "style", "noscript", "template");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Others = Set(
        "a", "abbr", "acronym", "applet", "area", "audio", "b", "base", "bdi", "bdo", "big", "blink", "body", "button", "canvas", "center", "circle", "cite", "code", "col", "colgroup", "data", "datalist", "defs", "del",
        "details", "dfn", "dialog", "dir", "em", "embed", "fieldset", "font", "frame", "frameset", "g", "head", "hgroup", "html", "i", "iframe", "img", "input", "ins", "kbd", "label", "legend", "line", "link", "map", "mark",
        "marquee", "math", "menu", "meta", "meter", "nobr", "object", "optgroup", "output", "param", "path", "picture", "progress", "q", "rect", "rp", "rt", "ruby", "s", "samp", "select", "slot", "small", "source", "span",
        "strike", "strong", "sub", "summary", "sup", "svg", "tbody", "textarea", "tfoot", "thead", "time", "title", "track", "tt", "u", "use", "var", "video", "wbr");

    /// <summary>Starts and ends a paragraph.</summary>
    public static bool IsBlock(ReadOnlySpan<char> name) => Blocks.Contains(name);

    /// <summary>Its content is no text.</summary>
    public static bool IsSilent(ReadOnlySpan<char> name) => Silents.Contains(name);

    /// <summary>An element of HTML, or of what it embeds, and no block.</summary>
    public static bool IsInline(ReadOnlySpan<char> name) => Others.Contains(name) || Silents.Contains(name);

    /// <summary>The element name at the beginning of <paramref name="tag"/>.</summary>
    public static ReadOnlySpan<char> NameAt(ReadOnlySpan<char> tag)
    {
        var length = 0;
        while (length < tag.Length && char.IsAsciiLetterOrDigit(tag[length]))
        {
            length++;
        }

        return tag[..length];
    }

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(params string[] names) =>
        names.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
