namespace NewsWatch.Core.Articles.Body;

/// <summary>Where a page's prose stands: measured over the whole page before any part of it is believed to be the body.</summary>
internal sealed class Survey
{
    // A part that holds this share of the page's prose is no furniture, whatever its class names say.
    private const double TooMuchForFurniture = 0.45;

    // Letters of prose that may be all of an article, and are more than a summary above it.
    private const int LeastArticle = 300;

    private readonly int _total;
    private readonly int[] _owners;
    private readonly int[] _lengthsBefore;
    private readonly Dictionary<string, int> _proseByMarks = new(StringComparer.Ordinal);

    private Survey(PageNode root, List<Block> blocks)
    {
        Root = root;
        Blocks = blocks;
        foreach (var block in blocks.Where(b => b.IsProse))
        {
            block.Owner.ProseLength += block.Length;
        }

        _total = SumProse(root);
        Gather(root);
        var furnished = new Dictionary<PageNode, bool>(ReferenceEqualityComparer.Instance);
        Prose = BeforeComments().Where(b => b.IsProse && !IsBelowFurniture(b.Owner, furnished)).ToList();
        var byOwner = Prose.OrderBy(b => b.Owner.Order).ToList();
        _owners = [.. byOwner.Select(b => b.Owner.Order)];
        _lengthsBefore = new int[byOwner.Count + 1];
        for (var i = 0; i < byOwner.Count; i++)
        {
            _lengthsBefore[i + 1] = _lengthsBefore[i] + byOwner[i].Length;
        }
    }

    public PageNode Root { get; }

    /// <summary>All blocks of the page in document order.</summary>
    public List<Block> Blocks { get; }

    /// <summary>The prose blocks that stand in no furniture.</summary>
    public List<Block> Prose { get; }

    /// <summary>Surveys a tree.</summary>
    public static Survey Of(PageNode root) => new(root, new BlockReader(_ => false).Read(root));

    /// <summary>Furniture by its marks or hidden, and not so large that the marks must be wrong.</summary>
    public bool IsFurniture(PageNode node) => node.IsFurniture ??=
        ((node.Kind == NodeKind.Furniture && !node.HoldsPost) || node.Hidden)
        && Math.Max(node.ProseLength, _proseByMarks.GetValueOrDefault(node.Marks)) < Math.Max(1, _total * TooMuchForFurniture);

    /// <summary>Letters of the prose below an element that stands in no furniture.</summary>
    public int ProseWithin(PageNode node) => _lengthsBefore[From(node.Last + 1)] - _lengthsBefore[From(node.Order)];

    // The first block of the prose whose owner has this place or a later one.
    private int From(int order)
    {
        var (low, high) = (0, _owners.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _owners[middle] < order ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

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

    private static int SumProse(PageNode node)
    {
        foreach (var child in node.Children)
        {
            node.ProseLength += SumProse(child);
        }

        return node.ProseLength;
    }

    // Each element is asked once, whatever hangs below it.
    private bool IsBelowFurniture(PageNode node, Dictionary<PageNode, bool> known)
    {
        if (!known.TryGetValue(node, out var below))
        {
            known[node] = below = IsFurniture(node) || (node.Parent is { } parent && IsBelowFurniture(parent, known));
        }

        return below;
    }
}
