namespace NewsWatch.Core.Articles.Body;

/// <summary>A text may go on in the boxes beside the one that was found: after an advertisement, after a picture, for the last paragraph.</summary>
internal static class StoryParts
{
    // Letters of a box, of which this share is prose, are paragraphs and little else.
    private const double MostlyProse = 0.7;

    /// <summary>The container and the boxes of plain paragraphs that follow it inside the same frame, in reading order.</summary>
    public static List<PageNode> From(PageNode container, ContentMap map)
    {
        var parts = new List<PageNode> { container };
        var forms = Paragraphs(container, map).Select(Form).ToHashSet(StringComparer.Ordinal);
        for (var at = container; at.Parent is { Tag: not ("body" or "html") } parent && (ReferenceEquals(at, container) || map.ProseWithin(parent) == map.ProseWithin(at)); at = parent)
        {
            if (Following(at, parent, map, forms) is { Count: > 0 } further)
            {
                parts.AddRange(further);
                break;
            }
        }

        return parts;
    }

    private static List<PageNode> Following(PageNode part, PageNode parent, ContentMap map, HashSet<string> forms) =>
        parent.Children.SkipWhile(c => !ReferenceEquals(c, part)).Skip(1)
            .TakeWhile(c => map.ProseWithin(c) == 0 || IsMore(c, map, forms))
            .Where(c => IsMore(c, map, forms)).ToList();

    private static bool IsMore(PageNode box, ContentMap map, HashSet<string> forms) =>
        box.Tag is "p" or "div" or "section" && box.LinkShare < 0.2
        && map.ProseWithin(box) is > 0 and var prose && prose >= box.Length * MostlyProse
        && Paragraphs(box, map).All(p => p.Tag == "p" && forms.Contains(Form(p)));

    private static IEnumerable<PageNode> Paragraphs(PageNode box, ContentMap map) => map.ProseIn(box).Select(b => b.Owner);

    // Paragraphs of one text are made alike.
    private static string Form(PageNode paragraph) => $"{paragraph.Tag} {paragraph.Classes}";
}
