using System.Collections.Frozen;

namespace NewsWatch.Core.Feeds.Markup;

/// <summary>What an element means for text.</summary>
internal enum HtmlMeaning
{
    /// <summary>No element of HTML, nor of what it embeds.</summary>
    None,

    /// <summary>It starts and ends a paragraph.</summary>
    Block,

    /// <summary>Its content is no text.</summary>
    Silent,

    /// <summary>Its content is text of the paragraph that it stands in.</summary>
    Inline,
}

/// <summary>The names of HTML's elements, in any case.</summary>
internal static class HtmlNames
{
    private static readonly string[] Blocks =
    [
        "p", "div", "br", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "tr", "td", "th", "hr", "section", "article",
        "header", "footer", "aside", "figure", "figcaption", "pre", "address", "main", "nav", "caption", "form", "option",
    ];

    private static readonly string[] Silents = ["script", "style", "noscript", "template"];

    private static readonly string[] Inlines =
    [
        "a", "abbr", "acronym", "applet", "area", "audio", "b", "base", "bdi", "bdo", "big", "blink", "body", "button", "canvas", "center", "circle", "cite", "code", "col", "colgroup", "data", "datalist", "defs", "del",
        "details", "dfn", "dialog", "dir", "em", "embed", "fieldset", "font", "frame", "frameset", "g", "head", "hgroup", "html", "i", "iframe", "img", "input", "ins", "kbd", "label", "legend", "line", "link", "map", "mark",
        "marquee", "math", "menu", "meta", "meter", "nobr", "object", "optgroup", "output", "param", "path", "picture", "progress", "q", "rect", "rp", "rt", "ruby", "s", "samp", "select", "slot", "small", "source", "span",
        "strike", "strong", "sub", "summary", "sup", "svg", "tbody", "textarea", "tfoot", "thead", "time", "title", "track", "tt", "u", "use", "var", "video", "wbr",
    ];

    private static readonly FrozenDictionary<string, HtmlMeaning>.AlternateLookup<ReadOnlySpan<char>> Meanings =
        All(Blocks, HtmlMeaning.Block).Concat(All(Silents, HtmlMeaning.Silent)).Concat(All(Inlines, HtmlMeaning.Inline))
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What the element of this name means.</summary>
    public static HtmlMeaning Of(ReadOnlySpan<char> name) => Meanings.TryGetValue(name, out var meaning) ? meaning : HtmlMeaning.None;

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

    private static IEnumerable<KeyValuePair<string, HtmlMeaning>> All(string[] names, HtmlMeaning meaning) => names.Select(name => KeyValuePair.Create(name, meaning));
}
