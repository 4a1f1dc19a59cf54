namespace NewsWatch.Core.Articles.Body;

/// <summary>An element inside a sentence is part of it, whatever its class names say: a name that is a tag link or opens a tooltip, the place before the dash. Cards that show on hover are not.</summary>
internal static class Sentences
{
    // Letters of a heading that is a sentence, and no label.
    private const int MinStatement = 60;

    // Letters of a paragraph that is more than a byline or a list of tags.
    private const int MinParagraph = 40;

    /// <summary>Settles what the inline elements of a node are, once its children are known.</summary>
    public static void Settle(PageNode node)
    {
        if (node.IsInline && IsHoverCard(node))
        {
            node.Kind = NodeKind.Boilerplate;
        }

        if (HasWords(node) || IsParagraph(node))
        {
            TakeIn(node);
        }
    }

    // All its words may be in inline elements: one around them that styles them, or italics and a name in a link.
    private static bool IsParagraph(PageNode node) => node.Tag == "p" && node.Length >= MinParagraph && node.LinkShare < 0.35;

    /// <summary>A heading that is a whole sentence and leads nowhere: the lead of a story in pictures.</summary>
    public static bool IsStatement(PageNode node) =>
        node.Tag is "h2" or "h3" && node.Length >= MinStatement && node.LinkLength == 0 && node.Children is [.., { Tag: "#text" } last] && last.Text.AsSpan().TrimEnd() is [.., '.' or '。'];

    private static void TakeIn(PageNode node)
    {
        foreach (var child in node.Children)
        {
            if (!child.IsInline || IsHoverCard(child) || (child.Kind != NodeKind.Neutral && child.Tag != "a" && ClassNameClassifier.Floats(child.ClassNames)))
            {
                continue;
            }

            child.Kind = NodeKind.Neutral;
            if (!HasWords(child))
            {
                TakeIn(child);
            }
        }
    }

    private static bool HasWords(PageNode node)
    {
        foreach (var child in node.Children)
        {
            if (child.Length > 0 && child.Tag == "#text" && IsWord(child.Text))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWord(string text)
    {
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                return true;
            }
        }

        return false;
    }

    // Several links with nothing between them: no sentence is written so.
    private static bool IsHoverCard(PageNode node)
    {
        if (node.LinkLength == 0 || node.Length != node.LinkLength)
        {
            return false;
        }

        var links = 0;
        foreach (var child in node.Children)
        {
            links += child.Tag == "a" && child.Length > 0 ? 1 : 0;
        }

        return links > 1;
    }
}
