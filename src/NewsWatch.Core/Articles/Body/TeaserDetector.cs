namespace NewsWatch.Core.Articles.Body;

/// <summary>Finds teasers of other articles by their shape: several alike in a row, each with a linked headline.</summary>
internal static class TeaserDetector
{
    private const int MaxCard = 900;

    // Letters outside links that an excerpt has at most, 55 words by the habit of most systems: a longer text that ends with its sentence is complete.
    private const int MaxExcerpt = 280;
    private const int MinLinkedHeadline = 15;

    /// <summary>Marks the children that are teasers, or the node itself when it is a list of links.</summary>
    public static void Mark(PageNode node)
    {
        if (node.Children.Count < 2 || node.LinkLength == 0)
        {
            return;
        }

        if (node.Tag is "ul" or "ol")
        {
            MarkList(node);
            return;
        }

        var cards = node.Children.Where(IsCard).ToList();
        if (cards.Count >= 2 && !StandInText(node, cards))
        {
            cards.ForEach(card => card.Kind = NodeKind.Boilerplate);
        }
    }

    // A round-up: sections under linked headlines, with paragraphs of the story before and after them.
    private static bool StandInText(PageNode node, List<PageNode> cards) =>
        node.Children.TakeWhile(c => !ReferenceEquals(c, cards[0])).Any(IsParagraph)
        && node.Children.SkipWhile(c => !ReferenceEquals(c, cards[^1])).Any(IsParagraph)
        && cards.TrueForAll(card => card.Children.Any(IsParagraph));

    private static bool IsParagraph(PageNode node) => node.Tag == "p" && node.Length >= 60 && node.LinkShare < 0.35;

    // Entries that begin with a link: headlines with excerpts, menus.
    private static void MarkList(PageNode list)
    {
        var entries = list.Children.Where(c => c.Tag == "li" && c.Length > 0).ToList();
        var linked = entries.Count(entry => BeginsWithLink(entry) || IsCard(entry));
        if (linked >= 2 && linked >= entries.Count * 0.6)
        {
            list.Kind = NodeKind.Boilerplate;
        }
    }

    private static bool IsCard(PageNode node) =>
        node.Tag is "article" or "div" or "section" or "li" or "a"
        && node.Length is > MinLinkedHeadline and < MaxCard
        && node.LinkLength >= MinLinkedHeadline
        && (LinkedHeading(node) || (node.Tag == "a" && node.Length > 30 && HasBlock(node)))
        && (node.Length - node.LinkLength < MaxExcerpt || IsCutOff(node)) && !IsText(node);

    // A teaser has one excerpt: two sentences in paragraphs of their own, or a list, tell more.
    private static bool IsText(PageNode node) => Paragraphs(node) > 1;

    private static int Paragraphs(PageNode node) => node.Children.Sum(child =>
        child.Tag == "p" ? (child.LinkShare < 0.35 && EndsSentence(child) ? 1 : 0)
        : child.Tag is "ul" or "ol" ? (child.LinkLength == 0 && child.Children.Count(c => c.Length > 0) > 1 ? 2 : 0)
        : child.Tag == "#text" ? 0 : Paragraphs(child));

    private static bool EndsSentence(PageNode node)
    {
        var last = node;
        while (last.Children.LastOrDefault(c => c.Length > 0) is { } child)
        {
            last = child;
        }

        return last.Text.AsSpan().Trim() is [.., '.' or '!' or '?' or '。' or '”' or '"'] end && !end.EndsWith("...", StringComparison.Ordinal);
    }

    private static bool IsCutOff(PageNode node) => !EndsSentence(node);

    private static bool LinkedHeading(PageNode node)
    {
        foreach (var child in node.Children)
        {
            if (child.Tag is "h2" or "h3" or "h4" or "h5" && child.Length > 0)
            {
                return child.LinkShare > 0.9;
            }

            if (child.Tag != "#text" && child.Length >= MinLinkedHeadline && LinkedHeading(child))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasBlock(PageNode node) =>
        node.Children.Any(child => child.Tag is "div" or "p" or "h2" or "h3" or "h4" or "section" or "article" || (child.Tag != "#text" && HasBlock(child)));

    private static bool BeginsWithLink(PageNode entry)
    {
        var first = entry;
        while (first.Tag is not ("a" or "#text") && first.Children.FirstOrDefault(c => c.Length > 0) is { } child)
        {
            first = child;
        }

        return first.Tag == "a" && !GoesOn(first) && first.Length >= MinLinkedHeadline && (first.Length > 40 || entry.LinkShare > 0.5);
    }

    // The sentence goes on behind the link: an entry of a list of news in brief, no teaser.
    private static bool GoesOn(PageNode link) =>
        link.Parent is { } parent && parent.Children.SkipWhile(c => !ReferenceEquals(c, link)).Skip(1).FirstOrDefault(c => c.Length > 0) is { Tag: "#text" };
}
