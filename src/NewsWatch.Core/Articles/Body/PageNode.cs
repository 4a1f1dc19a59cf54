using System.Collections.Frozen;
using AngleSharp.Dom;

namespace NewsWatch.Core.Articles.Body;

/// <summary>An element or a text of a page, with what the search for the body needs to know of it, measured once.</summary>
internal sealed class PageNode(string tag, string marks, PageNode? parent)
{
    private static readonly List<PageNode> None = [];

    private static readonly FrozenSet<string> Inline =
        ["a", "b", "i", "em", "strong", "span", "u", "s", "small", "sub", "sup", "abbr", "acronym", "cite", "code", "q", "mark", "font", "time", "label", "ins", "del", "kbd", "samp", "var", "bdi", "bdo", "ruby", "rt", "rb", "rp", "wbr", "big", "tt", "dfn", "data", "nobr", "strike", "center-inline"];

    private List<PageNode>? _children;

    /// <summary>Local name in lower case; "#text" for a text.</summary>
    public string Tag { get; } = tag;

    /// <summary>Class, id and role in lower case.</summary>
    public string ClassNames { get; } = marks;

    /// <summary>Class alone in lower case: pieces of one kind share it, and have ids of their own.</summary>
    public string Classes { get; init; } = "";

    public PageNode? Parent { get; } = parent;

    /// <summary>In document order; a list by name, because all walks go over it and an interface would cost each of them an object.</summary>
    public List<PageNode> Children => _children ?? None;

    /// <summary>The characters of a text; empty for an element.</summary>
    public string Text { get; init; } = "";

    /// <summary>The element of this node; null for a text.</summary>
    public IElement? Element { get; init; }

    /// <summary>Set to display:none, hidden or aria-hidden.</summary>
    public bool Hidden { get; set; }

    /// <summary>Flows with the words around it.</summary>
    public bool IsInline { get; } = tag[0] != '#' && Inline.Contains(tag);

    /// <summary>itemprop contains articleBody.</summary>
    public bool IsArticleBody { get; init; }

    /// <summary>What its marks and tag say of it.</summary>
    public NodeKind Kind { get; set; }

    /// <summary>True if it contains a quoted post of a social network: part of the story, whatever its class names say.</summary>
    public bool HoldsPost { get; set; } = tag == "blockquote" && marks.Contains("tweet", StringComparison.Ordinal);

    /// <summary>True if a heading in it is a sentence without a link: news, and no picture's or player's label.</summary>
    public bool HoldsStatement { get; set; }

    /// <summary>Letters below it, ideographs counted twice.</summary>
    public int Length { get; set; }

    /// <summary>Letters below it that stand in links.</summary>
    public int LinkLength { get; set; }

    /// <summary>Letters below it in paragraphs that read like an article's.</summary>
    public int ProseLength { get; set; }

    /// <summary>Place in document order.</summary>
    public int Order { get; init; }

    /// <summary>The place of the last element or text below it.</summary>
    public int Last { get; set; }

    /// <summary>It is boilerplate; null while nobody has asked.</summary>
    public bool? IsBoilerplate { get; set; }

    /// <summary>Letters below it outside links and boilerplate; null while nobody has asked.</summary>
    public int? OwnLength { get; set; }

    public double LinkShare => Length == 0 ? 0 : (double)LinkLength / Length;

    public void Add(PageNode child) => (_children ??= []).Add(child);
}

/// <summary>What an element is for.</summary>
internal enum NodeKind
{
    /// <summary>Nothing known.</summary>
    Neutral,

    /// <summary>Its marks say that it holds an article's text.</summary>
    Content,

    /// <summary>Its marks or tag say that it is around an article: related links, share buttons, captions, ...</summary>
    Boilerplate,

    /// <summary>Its marks say that readers wrote it.</summary>
    Comments,

    /// <summary>Never part of the story, however long: another story below it, a consent to cookies.</summary>
    Elsewhere,
}
