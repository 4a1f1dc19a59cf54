using NewsWatch.Core.Articles.Metadata;

namespace NewsWatch.Core.Articles.Body;

/// <summary>The distribution of a page's prose, measured over the whole page before any part of it counts as the body.</summary>
internal sealed class ContentMap
{
    // A part that holds this share of the page's prose is no boilerplate, whatever its class names say.
    private const double TooMuchForBoilerplate = 0.45;

    // Letters of prose that may be all of an article, and are more than a summary above it.
    public const int MinArticle = 300;

    private readonly HashSet<PageNode> _aroundHeadline;
    private readonly Dictionary<PageNode, bool> _furnished = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Block> _prose;

    // What else stands around a text is the text where there is no other: a gallery whose pictures tell the story.
    private readonly bool _thingsAreText;
    private readonly int _total;
    private readonly int _byReaders;
    private readonly List<Block> _byOwner;
    private readonly int[] _owners;
    private readonly int[] _lengthsBefore;
    private readonly Dictionary<string, int> _proseByClass = new(StringComparer.Ordinal);

    private ContentMap(PageNode root, List<Block> blocks, PageMetadata page)
    {
        Root = root;
        Blocks = blocks;
        (Headline, ShowsTitle) = ShownHeadline(blocks, TextMeasure.Key(page.Title));
        _aroundHeadline = Headline is null ? [] : [.. Above(Headline)];
        foreach (var block in blocks.Where(b => b.IsProse))
        {
            block.Owner.ProseLength += block.Length;
        }

        _total = SumProse(root);
        Collect(root);
        _byReaders = ByReaders(root);
        Gather(root);
        if (Headline is not null && !OtherStories.IsLive(page))
        {
            OtherStories.Mark(blocks, Headline);
        }

        Prose = OutsideBoilerplate();
        if (Prose.Count == 0 && ShowsTitle)
        {
            _thingsAreText = true;
            _furnished.Clear();
            Forget(root);
            Prose = OutsideBoilerplate();
        }

        _prose = new HashSet<Block>(Prose, ReferenceEqualityComparer.Instance);
        _byOwner = [.. Prose.OrderBy(b => b.Owner.Order)];
        _owners = [.. _byOwner.Select(b => b.Owner.Order)];
        _lengthsBefore = new int[_byOwner.Count + 1];
        for (var i = 0; i < _byOwner.Count; i++)
        {
            _lengthsBefore[i + 1] = _lengthsBefore[i] + _byOwner[i].Length;
        }
    }

    public PageNode Root { get; }

    /// <summary>All blocks of the page in document order.</summary>
    public List<Block> Blocks { get; }

    /// <summary>The elements whose marks say that they hold the text.</summary>
    public List<PageNode> Marked { get; } = [];

    /// <summary>The prose blocks that stand in no boilerplate.</summary>
    public List<Block> Prose { get; }

    /// <summary>Prose outside boilerplate.</summary>
    public bool IsProse(Block block) => _prose.Contains(block);

    /// <summary>The heading that shows the page's title; null when none does.</summary>
    public PageNode? Headline { get; }

    /// <summary>The headline has the words of the title, and not only a heading's rank.</summary>
    public bool ShowsTitle { get; }

    /// <summary>Surveys a tree.</summary>
    /// <param name="root">The page's body.</param>
    /// <param name="page">What the page tells of its article.</param>
    public static ContentMap Create(PageNode root, PageMetadata page) => new(root, new BlockReader(_ => false).Read(root), page);

    /// <summary>No part of the story: by its marks, hidden, of readers, or another story.</summary>
    public bool IsBoilerplate(PageNode node) => node.IsBoilerplate ??= node.Kind switch
    {
        NodeKind.Elsewhere => !_aroundHeadline.Contains(node),
        NodeKind.Comments => IsOfReaders(node),
        _ => IsMarkedBoilerplate(node),
    };

    // Readers may write more than the reporter did; a page of nothing else is a forum.
    private bool IsOfReaders(PageNode node) => !_aroundHeadline.Contains(node) && _total - _byReaders >= Math.Min(MinArticle, _total * TooMuchForBoilerplate);

    // Not so large that the marks must be wrong, and not around the headline.
    private bool IsMarkedBoilerplate(PageNode node) =>
        ((node.Kind == NodeKind.Boilerplate && !node.HoldsPost && !(_thingsAreText && ClassNameClassifier.IsThing(node.ClassNames)) && (!_aroundHeadline.Contains(node) || node.Tag is "nav" or "footer")) || node.Hidden)
        && Math.Max(node.ProseLength, _proseByClass.GetValueOrDefault(node.Classes)) < Math.Max(1, _total * TooMuchForBoilerplate);

    /// <summary>Letters of the prose below an element, outside boilerplate.</summary>
    public int ProseWithin(PageNode node) => _lengthsBefore[From(node.Last + 1)] - _lengthsBefore[From(node.Order)];

    /// <summary>The prose below an element, outside boilerplate.</summary>
    public IEnumerable<Block> ProseIn(PageNode node) => _byOwner.Take(From(node.Order)..From(node.Last + 1));

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
            return prose < MinArticle || !block.IsHeading || !BoilerplatePhrases.StartsComments(block.Text);
        });
    }

    // Bars that stick to the top and lists of what is read most repeat the headline: of the highest, the one that the most prose follows is the story's.
    private static (PageNode? Headline, bool ShowsTitle) ShownHeadline(List<Block> blocks, string title)
    {
        var telling = blocks.Where(b => b.IsHeading && Tells(b, title) && !IsHidden(b.Owner)).ToList();
        if (telling.Count == 0)
        {
            return (blocks.Find(b => b.Owner.Tag == "h1")?.Owner, false);
        }

        var highest = telling.Select(b => b.Owner.Tag).Min(StringComparer.Ordinal);
        var places = telling.Where(b => b.Owner.Tag == highest).Select(b => b.Owner).ToList();
        return (places.Zip(ProseAfterEach(places, blocks)).MaxBy(place => place.Second).First, true);
    }

    // Letters of the prose behind each place, up to the next.
    private static int[] ProseAfterEach(List<PageNode> places, List<Block> blocks)
    {
        var prose = new int[places.Count];
        var at = -1;
        foreach (var block in blocks)
        {
            while (at + 1 < places.Count && places[at + 1].Order <= block.Owner.Order)
            {
                at++;
            }

            if (at >= 0 && block.IsProse)
            {
                prose[at] += block.Length;
            }
        }

        return prose;
    }

    private static bool IsHidden(PageNode node) => node.Hidden || Above(node).Any(a => a.Hidden);

    private static bool Tells(Block heading, string title) => title.Length > 8 && heading.Key.Length > 8
        && (heading.Key == title || (heading.Owner.Tag == "h1" && (title.Contains(heading.Key, StringComparison.Ordinal) || heading.Key.Contains(title, StringComparison.Ordinal))));

    private static IEnumerable<PageNode> Above(PageNode node)
    {
        for (var at = node.Parent; at is not null; at = at.Parent)
        {
            yield return at;
        }
    }

    private void Collect(PageNode node)
    {
        if (node.Kind == NodeKind.Content && node.Tag is not ("body" or "html" or "p" or "span"))
        {
            Marked.Add(node);
        }

        foreach (var child in node.Children)
        {
            Collect(child);
        }
    }

    private List<Block> OutsideBoilerplate() => BeforeComments().Where(b => b.IsProse && !IsBelowBoilerplate(b.Owner)).ToList();

    private static void Forget(PageNode node)
    {
        node.IsBoilerplate = null;
        node.Children.ForEach(Forget);
    }

    private int ByReaders(PageNode node) =>
        node.ProseLength == 0 ? 0 : node.Kind == NodeKind.Comments && !_aroundHeadline.Contains(node) ? node.ProseLength : node.Children.Sum(ByReaders);

    // A body in several pieces of one class name is judged as a whole.
    private void Gather(PageNode node)
    {
        if (node.ProseLength == 0)
        {
            return;
        }

        if (node.Kind == NodeKind.Boilerplate && node.Classes.Length > 0 && node.LinkShare < 0.2)
        {
            _proseByClass[node.Classes] = _proseByClass.GetValueOrDefault(node.Classes) + node.ProseLength;
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

    /// <summary>True if it, or an element around it, is not part of the story. Each element is asked once, whatever hangs below it.</summary>
    public bool IsBelowBoilerplate(PageNode node)
    {
        if (!_furnished.TryGetValue(node, out var below))
        {
            _furnished[node] = below = IsBoilerplate(node) || (node.Parent is { } parent && IsBelowBoilerplate(parent));
        }

        return below;
    }
}
