namespace NewsWatch.Core.Articles.Body;

/// <summary>Where a page's prose stands: measured over the whole page before any part of it is believed to be the body.</summary>
internal sealed class Survey
{
    // A part that holds this share of the page's prose is no furniture, whatever its class names say.
    private const double TooMuchForFurniture = 0.45;

    // Letters of prose that may be all of an article, and are more than a summary above it.
    private const int LeastArticle = 300;

    private readonly int _total;
    private readonly Dictionary<string, int> _proseByMarks = new(StringComparer.Ordinal);

    private Survey(PageNode root, List<Block> blocks)
    {
        Root = root;
        Blocks = blocks;
        foreach (var block in blocks.Where(b => b.IsProse))
        {
            for (var at = block.Owner; at is not null; at = at.Parent)
            {
                at.ProseLength += block.Length;
            }
        }

        _total = root.ProseLength;
        Gather(root);
        Prose = BeforeComments().Where(b => b.IsProse && !IsBelowFurniture(b.Owner)).ToList();
    }

    public PageNode Root { get; }

    /// <summary>All blocks of the page in document order.</summary>
    public List<Block> Blocks { get; }

    /// <summary>The prose blocks that stand in no furniture.</summary>
    public List<Block> Prose { get; }

    /// <summary>Surveys a tree.</summary>
    public static Survey Of(PageNode root) => new(root, new BlockReader(_ => false).Read(root));

    /// <summary>Furniture by its marks or hidden, and not so large that the marks must be wrong.</summary>
    public bool IsFurniture(PageNode node) =>
        ((node.Kind == NodeKind.Furniture && !node.HoldsPost) || node.Hidden)
        && Math.Max(node.ProseLength, _proseByMarks.GetValueOrDefault(node.Marks)) < Math.Max(1, _total * TooMuchForFurniture);

    // Readers may write more than the reporter did.
    private IEnumerable<Block> BeforeComments()
    {
        var prose = 0;
        return Blocks.TakeWhile(block =>
        {
            prose += block.IsProse ? block.Length : 0;
            return prose < LeastArticle || !block.IsHeading || !Phrases.StartsComments(block.Text);
        });
    }

    // A body that stands in several pieces of one name is judged as a whole.
    private void Gather(PageNode node)
    {
        if (node.ProseLength == 0)
        {
            return;
        }

        if (node.Kind == NodeKind.Furniture && node.Marks.Length > 0 && node.LinkShare < 0.2)
        {
            _proseByMarks[node.Marks] = _proseByMarks.GetValueOrDefault(node.Marks) + node.ProseLength;
        }

        foreach (var child in node.Children)
        {
            Gather(child);
        }
    }

    private bool IsBelowFurniture(PageNode node)
    {
        for (var at = node; at is not null; at = at.Parent)
        {
            if (IsFurniture(at))
            {
                return true;
            }
        }

        return false;
    }
}
