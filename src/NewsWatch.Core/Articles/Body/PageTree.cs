using System.Collections.Frozen;
using AngleSharp.Dom;

namespace NewsWatch.Core.Articles.Body;

/// <summary>Builds the measured tree of a page in one walk.</summary>
internal sealed class PageTree(CancellationToken cancellation)
{
    private static readonly FrozenSet<string> Skipped =
        ["script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "video", "audio", "canvas", "button", "select", "input", "textarea", "link", "meta", "map", "dialog", "menu", "datalist", "head", "math", "progress", "img", "picture", "source", "option", "optgroup", "rt", "rp", "title"];

    private static readonly FrozenSet<string> BoilerplateTags = ["nav", "footer", "aside", "figcaption", "figure", "address", "form"];

    // Elements whose names are parts of a text: no class makes boilerplate of them.
    private static readonly FrozenSet<string> TextTags = ["body", "html", "article", "main", "p", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th", "tbody", "thead"];

    private readonly ClassNameClassifier _classifier = new();
    private int _order;

    /// <summary>The tree under an element.</summary>
    public PageNode Build(IElement root) => Read((Element)root, parent: null, inLink: false);

    // Elements by their class: to look for one of the many interfaces of each costs more than all that is read of it.
    private PageNode Read(Element element, PageNode? parent, bool inLink)
    {
        cancellation.ThrowIfCancellationRequested();
        var tag = element.LocalName;
        var node = Create(element, tag, parent);
        inLink |= tag == "a" && !IsAnchorOfHeading(element, parent);

        // By index: the next sibling of a node is found by searching it among all.
        var children = ((INode)element).ChildNodes;
        for (var index = 0; index < children.Length; index++)
        {
            if (Child(children[index], node, inLink) is { } added)
            {
                node.Add(added);
                node.HoldsPost |= added.HoldsPost;
                node.HoldsStatement |= added.HoldsStatement;
                node.Length += added.Length;
                node.LinkLength += added.LinkLength;
            }
        }

        Settle(node);
        node.Last = _order - 1;
        return node;
    }

    // Documents link each heading to itself.
    private static bool IsAnchorOfHeading(Element link, PageNode? parent) =>
        parent is { Tag: ['h', >= '1' and <= '6'] } && link.GetAttribute("href") is ['#', ..];

    // Attributes are looked through once: to ask for each by its name would be to look through them all again.
    private PageNode Create(Element element, string tag, PageNode? parent)
    {
        var (names, id, isBody, isHidden) = ("", "", false, false);
        var attributes = ((IElement)element).Attributes;
        for (var index = 0; index < attributes.Length; index++)
        {
            var attribute = attributes[index]!;
            switch (attribute.Name)
            {
                case "class":
                    names = ClassNameClassifier.Fold(attribute.Value);
                    break;
                case "id":
                    id = ClassNameClassifier.Fold(attribute.Value);
                    break;
                case "itemprop":
                    isBody = attribute.Value.Contains("articleBody", StringComparison.OrdinalIgnoreCase);
                    break;
                case "hidden":
                    isHidden = true;
                    break;
                case "aria-hidden":
                    isHidden |= attribute.Value == "true" && !IsParagraph(tag);
                    break;
                case "style":
                    isHidden |= IsHidden(attribute.Value);
                    break;
            }
        }

        var marks = id.Length == 0 ? names : $"{names} {id}";
        return new PageNode(tag, marks, parent)
        {
            Element = element,
            Order = _order++,
            IsArticleBody = isBody,
            Classes = names,
            Hidden = isHidden,
            Kind = isBody ? NodeKind.Content : BoilerplateTags.Contains(tag) ? NodeKind.Boilerplate : TextTags.Contains(tag) ? PlainKind(tag, marks) : _classifier.KindOf(marks),
        };
    }

    private static bool IsParagraph(string tag) => tag is "p" or "blockquote" or "li" or "h2" or "h3" or "h4";

    private static void Settle(PageNode node)
    {
        node.HoldsStatement |= Sentences.IsStatement(node);
        if (node.HoldsStatement && node.Kind == NodeKind.Boilerplate && ClassNameClassifier.IsThing(node.ClassNames))
        {
            node.Kind = NodeKind.Neutral;
        }

        Sentences.Settle(node);
        TeaserDetector.Mark(node);
        if (node.Tag == "figure" && HoldsText(node))
        {
            node.Kind = NodeKind.Neutral;
        }
    }

    // A figure may be a table or a quotation; a picture has neither.
    private static bool HoldsText(PageNode figure) => figure.Children.Any(child => child.Tag is "table" or "blockquote" or "pre" || (child.Tag == "div" && HoldsText(child)));

    // The page's own wrappers list everything that is on the page in their classes.
    private NodeKind PlainKind(string tag, string marks) =>
        _classifier.KindOf(marks) == NodeKind.Content ? NodeKind.Content : tag[0] == 'h' && tag != "html" && ClassNameClassifier.Floats(marks) ? NodeKind.Boilerplate : NodeKind.Neutral;

    private PageNode? Child(INode child, PageNode parent, bool inLink) => child switch
    {
        Element element => Skipped.Contains(element.LocalName) ? null : Read(element, parent, inLink),
        IText text => Text(text.Data, parent, inLink),
        _ => null,
    };

    private PageNode? Text(string data, PageNode parent, bool inLink)
    {
        if (data.Length == 0)
        {
            return null;
        }

        var length = TextMeasure.Letters(data);
        return new PageNode("#text", "", parent) { Text = data, Order = _order, Last = _order++, Length = length, LinkLength = inLink ? length : 0 };
    }

    private static bool IsHidden(string style) => style.Contains("display", StringComparison.OrdinalIgnoreCase)
        && style.Replace(" ", "", StringComparison.Ordinal).Contains("display:none", StringComparison.OrdinalIgnoreCase);
}
