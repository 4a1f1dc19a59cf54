namespace NewsWatch.Core.Articles.Body;

/// <summary>What stands in a sentence is part of it, whatever its class is called: a name that is a tag link, the place before the dash. Cards that show on hover are not.</summary>
internal static class Sentences
{
    /// <summary>Settles what the inline elements of a node are, once its children are known.</summary>
    public static void Settle(PageNode node)
    {
        if (node.IsInline && IsHoverCard(node))
        {
            node.Kind = NodeKind.Furniture;
        }

        if (HasWords(node))
        {
            TakeIn(node);
        }
    }

    private static void TakeIn(PageNode node)
    {
        foreach (var child in node.Children)
        {
            if (!child.IsInline || IsHoverCard(child) || Marks.Floats(child.Marks))
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

    private static bool HasWords(PageNode node) => node.Children.Any(child => child.Tag == "#text" && child.Text.Any(char.IsLetterOrDigit));

    // Several links with nothing between them: no sentence is written so.
    private static bool IsHoverCard(PageNode node) => node.Children.Count(child => child.Tag == "a" && child.Length > 0) > 1 && node.Length == node.LinkLength;
}
