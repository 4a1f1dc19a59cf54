namespace NewsWatch.Core.Articles.Body;

/// <summary>Where the page's JSON-LD carries nearly all of the text, what it lacks is no part of the article.</summary>
internal static class AnchorFilter
{
    // Below this the JSON-LD has a cut or another text, and says nothing about what it lacks.
    private const double Complete = 0.8;

    // Blocks times letters.
    private const long MaxCompared = 100_000_000;

    /// <summary>The blocks that the anchor confirms, and the headings between them; all blocks when it cannot judge.</summary>
    public static List<Block> Apply(List<Block> blocks, string? anchorText)
    {
        if (anchorText is not { Length: > 400 })
        {
            return blocks;
        }

        var anchor = TextMeasure.Key(anchorText);
        if (!IsComparable(blocks, anchor))
        {
            return blocks;
        }

        var known = blocks.ConvertAll(b => b.Key.Length > 0 && anchor.Contains(Probe(b.Key), StringComparison.Ordinal));
        var prose = blocks.Sum(b => b.IsProse ? b.Length : 0);
        var confirmed = blocks.Where((b, i) => b.IsProse && known[i]).Sum(b => b.Length);
        return confirmed >= prose * Complete && !IsCut(blocks, known) ? Confirmed(blocks, known) : blocks;
    }

    private static List<Block> Confirmed(List<Block> blocks, List<bool> known)
    {
        var (first, last) = (known.IndexOf(true), known.LastIndexOf(true));
        var places = blocks.Where((_, i) => known[i]).Select(Place).ToHashSet();
        return blocks.Where((b, i) => known[i] || (first < i && (IsHeadingBetween(blocks, known, i) || (i < last && b.IsProse && places.Contains(Place(b)))))).ToList();
    }

    // A paragraph beside confirmed ones and made like them is part of the text: publishers leave out drop capitals, quotations and posts.
    private static (PageNode? Parent, string Tag, string Classes) Place(Block block) => (block.Owner.Parent, block.Owner.Tag, block.Owner.Classes);

    /// <summary>No real page has so many blocks beside so long a text that looking for each would take long.</summary>
    public static bool IsComparable(List<Block> blocks, string anchor) => (long)blocks.Count * anchor.Length <= MaxCompared;

    private static string Probe(string key) => key.Length <= 60 ? key : key[..60];

    // The JSON-LD stops early: several last paragraphs are missing in it.
    private static bool IsCut(List<Block> blocks, List<bool> known)
    {
        var last = known.LastIndexOf(true);
        return blocks.Skip(last + 1).Count(b => b.IsProse) > 3;
    }

    private static bool IsHeadingBetween(List<Block> blocks, List<bool> known, int index) =>
        blocks[index].IsHeading && blocks[index].LinkShare < 0.5 && index > 0 && index + 1 < known.Count && known[index + 1];
}
