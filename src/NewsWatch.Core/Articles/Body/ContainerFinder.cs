namespace NewsWatch.Core.Articles.Body;

/// <summary>Finds the element that holds the article's text: several cheap witnesses, and what they agree on.</summary>
internal static class ContainerFinder
{
    // Letters of lines that are a story.
    private const int MinLines = 100;

    // Letters of a line that is no label, and of a sentence that may be a whole story.
    private const int MinLine = 12;
    private const int MinFlash = 20;

    /// <summary>The container and the witness that named it; null when the page has no prose.</summary>
    public static Container? Find(ContentMap map, string? anchorText)
    {
        if (OfLines(map) is { } lines)
        {
            return lines;
        }

        if (map.Prose.Count == 0)
        {
            return OfShortLines(map);
        }

        var dense = Dense(map, map.Prose);
        return Anchored(map, anchorText) ?? Marked(map, dense) ?? new Container(dense, "density");
    }

    // A story of short lines, in the place that is marked for the text: fixtures, results, a list of quakes. Prose elsewhere on the page is not its own.
    private static Container? OfLines(ContentMap map) =>
        map.Marked.Where(node => !map.IsBelowBoilerplate(node) && map.ProseWithin(node) == 0 && Own(map, node) is var own && own >= MinLines && own > Shown(map, node) * 0.7)
            .MaxBy(node => Own(map, node)) is { } marked && (map.Headline is null || marked.Order > map.Headline.Order) && map.Marked.All(node => map.ProseWithin(node) == 0)
            ? new Container(marked, "lines") : null;

    // No prose anywhere: the lines below the headline of an article are its text. A flash is one short sentence.
    private static Container? OfShortLines(ContentMap map)
    {
        var lines = map.Headline is { } headline && map.ShowsTitle
            ? map.Blocks.Where(b => b.Owner.Order > headline.Order && !b.IsHeading && b.LinkShare < 0.35 && b.Length >= MinLine && !map.IsBelowBoilerplate(b.Owner)).ToList() : [];
        return lines.Sum(b => b.Length) >= MinLines || lines.Exists(b => b.EndsSentence && b.Length >= MinFlash) ? new Container(Dense(map, lines), "lines") : null;
    }

    // The page's JSON-LD carries the text: whatever holds most of its paragraphs is the body.
    private static Container? Anchored(ContentMap map, string? anchorText)
    {
        if (anchorText is not { Length: > 400 })
        {
            return null;
        }

        var anchor = TextMeasure.Key(anchorText);
        var known = AnchorFilter.IsComparable(map.Prose, anchor) ? map.Prose.Where(b => anchor.Contains(Probe(b.Key), StringComparison.Ordinal)).ToList() : [];
        return known.Sum(b => b.Length) >= anchor.Length * 0.5 ? new Container(Common(known, map.Root), "json-ld") : null;
    }

    private static string Probe(string key) => key.Length <= 80 ? key : key[10..70];

    // JSON-LD may hold only the opening: one paragraph is enough to find the place of the others.
    private static bool IsOneParagraph(PageNode node) => node.Parent is { } parent && (node.Tag == "p" || parent.Children.Count(c => c.Tag == node.Tag && c.ProseLength > 0 && c.Classes == node.Classes) > 1);

    // The smallest element with nearly all of these blocks.
    private static PageNode Common(List<Block> blocks, PageNode root)
    {
        var held = new Dictionary<PageNode, int>(ReferenceEqualityComparer.Instance);
        foreach (var block in blocks)
        {
            held[block.Owner] = held.GetValueOrDefault(block.Owner) + block.Length;
        }

        var (smallest, enough) = (root, blocks.Sum(b => b.Length) * 0.92);
        Sum(root);
        return IsOneParagraph(smallest) ? smallest.Parent! : smallest;

        // The deepest of those with the least prose: the children come first, and do not give way to an equal parent.
        int Sum(PageNode node)
        {
            var sum = held.GetValueOrDefault(node);
            foreach (var child in node.Children)
            {
                sum += Sum(child);
            }

            if (sum >= enough && (ReferenceEquals(smallest, root) || node.ProseLength < smallest.ProseLength))
            {
                smallest = node;
            }

            return sum;
        }
    }

    // An element that says of itself that it is the text, if it holds about as much prose as the densest part.
    private static Container? Marked(ContentMap map, PageNode dense)
    {
        var owners = map.Prose.GroupBy(b => MarkedAncestor(b.Owner), b => b.Length, ReferenceEqualityComparer.Instance as IEqualityComparer<PageNode?>);
        var best = owners.Where(g => g.Key is not null).Select(g => (Node: g.Key!, Prose: g.Sum())).OrderByDescending(g => g.Node.IsArticleBody).ThenByDescending(g => g.Prose).ToList();
        if (best.Count == 0)
        {
            return null;
        }

        var densest = map.ProseWithin(dense);
        var found = best.Find(g => g.Prose >= densest * (g.Node.IsArticleBody ? 0.5 : 0.75));
        return found.Node is null ? null : new Container(Widened(map, found.Node, found.Prose), "marks");
    }

    private static PageNode? MarkedAncestor(PageNode node)
    {
        PageNode? found = null;
        for (var at = node; at is not null; at = at.Parent)
        {
            if (at.IsArticleBody)
            {
                return at;
            }

            if (at.Kind == NodeKind.Content && at.Tag is not ("body" or "html" or "p" or "span"))
            {
                found ??= at;
            }
        }

        return found;
    }

    // Bodies split by advertisements stand side by side in one parent.
    private static PageNode Widened(ContentMap map, PageNode node, int prose)
    {
        for (var at = node.Parent; at is not null && at.Tag is not ("body" or "html"); at = at.Parent)
        {
            var siblings = at.Children.Count(c => c.ClassNames == node.ClassNames && c.Tag == node.Tag && c.ProseLength > 0);
            var wide = map.ProseWithin(at);
            if (siblings > 1 && wide <= prose * 4)
            {
                return at;
            }

            if (wide > prose * 1.02)
            {
                break;
            }
        }

        return node;
    }

    // Paragraphs speak for their parents, less so for those further up.
    private static PageNode Dense(ContentMap map, List<Block> blocks)
    {
        var scores = new Dictionary<PageNode, double>(ReferenceEqualityComparer.Instance);
        foreach (var block in blocks)
        {
            var weight = 1 + Math.Min(block.Length / 100.0, 4) + Math.Min(block.Text.Count(c => c is ',' or '、' or '，'), 5);
            var share = 1.0;
            var start = block.Owner.Tag is "p" or "li" or "blockquote" ? block.Owner.Parent : block.Owner;
            for (var (at, step) = (start, 0); at is not null && step < 5; (at, step) = (at.Parent, step + 1))
            {
                scores[at] = scores.GetValueOrDefault(at) + (weight * share);
                share = step == 0 ? 0.6 : share * 0.6;
            }
        }

        var best = scores.MaxBy(pair => pair.Value * (1 - pair.Key.LinkShare) * (pair.Key.Kind == NodeKind.Content ? 1.25 : 1)).Key;
        return Climbed(map, best);
    }

    // Up, while that brings in much more prose without bringing in much else.
    private static PageNode Climbed(ContentMap map, PageNode node)
    {
        var best = node;
        var prose = map.ProseWithin(node);
        for (var at = node.Parent; at is not null && at.Tag is not ("body" or "html"); at = at.Parent)
        {
            var wider = map.ProseWithin(at);
            if (wider > prose * 1.3 && wider >= Own(map, at) * 0.6)
            {
                (best, prose) = (at, wider);
            }
        }

        return best;
    }

    // Letters outside boilerplate.
    private static int Shown(ContentMap map, PageNode node) =>
        node.Tag == "#text" ? node.Length : node.Children.Sum(child => map.IsBoilerplate(child) ? 0 : Shown(map, child));

    // Letters outside links and boilerplate.
    private static int Own(ContentMap map, PageNode node) => node.OwnLength ??=
        (node.Tag == "#text" ? node.Length - node.LinkLength : 0) + node.Children.Sum(child => map.IsBoilerplate(child) ? 0 : Own(map, child));
}

/// <summary>Where the text is.</summary>
/// <param name="Node">The element.</param>
/// <param name="Evidence">What named it.</param>
internal sealed record Container(PageNode Node, string Evidence);
