namespace NewsWatch.Core.Articles.Body;

/// <summary>Takes out what a registration or pay wall says inside a text: a box that begins with such words belongs to it whole.</summary>
internal static class Walls
{
    // Letters of a box that sells; a text is longer.
    private const int MaxBox = 600;

    // A text that has more of them is about walls.
    private const int MaxBoxes = 10;

    /// <summary>The blocks without walls.</summary>
    public static List<Block> Without(List<Block> blocks)
    {
        var walls = blocks.Where(block => BoilerplatePhrases.IsWall(block.Text)).ToHashSet<Block>(ReferenceEqualityComparer.Instance);
        if (walls.Count == 0)
        {
            return blocks;
        }

        var boxes = blocks.Where((block, i) => walls.Contains(block) && (i == 0 || !ReferenceEquals(blocks[i - 1].Owner.Parent, block.Owner.Parent)))
            .Select(block => block.Owner.Parent!).Where(box => box is { Tag: "div" or "section" or "ul", Length: <= MaxBox }).Take(MaxBoxes).ToList();
        return blocks.Where(b => !walls.Contains(b) && !boxes.Exists(box => box.Order < b.Owner.Order && b.Owner.Order <= box.Last)).ToList();
    }
}
