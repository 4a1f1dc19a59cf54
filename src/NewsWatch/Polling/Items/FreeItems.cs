using NewsWatch.Storage.Sources;

namespace NewsWatch.Polling.Items;

/// <summary>Known items that no item of the feed has the key of: what an item with another guid may be. Few are looked at for each, however many there are.</summary>
internal sealed class FreeItems
{
    /// <summary>Most items of one link or one title that are looked at.</summary>
    public const int MaxCandidates = 20;

    private readonly Dictionary<string, List<KnownItem>> _byLink;
    private readonly Dictionary<string, List<KnownItem>> _byTitle;

    /// <summary>Groups the known items.</summary>
    /// <param name="items">In the order of their numbers.</param>
    /// <param name="sharedLinks">Links that identify nothing.</param>
    public FreeItems(IReadOnlyList<KnownItem> items, HashSet<string> sharedLinks)
    {
        _byLink = Grouped(items.Where(item => item.LinkKey is not null && !sharedLinks.Contains(item.LinkKey)), item => item.LinkKey!);
        _byTitle = Grouped(items.Where(item => item.TitleKey is not null), item => item.TitleKey!);
    }

    /// <summary>The items of a link; at most 20.</summary>
    public IEnumerable<KnownItem> WithLink(string? link) => Last(_byLink, link);

    /// <summary>The latest items of a title; at most 20.</summary>
    public IEnumerable<KnownItem> WithTitle(string? title) => Last(_byTitle, title);

    /// <summary>The item has been found; it is nobody else.</summary>
    public void Remove(KnownItem item)
    {
        Remove(_byLink, item.LinkKey, item);
        Remove(_byTitle, item.TitleKey, item);
    }

    private static Dictionary<string, List<KnownItem>> Grouped(IEnumerable<KnownItem> items, Func<KnownItem, string> by) =>
        items.GroupBy(by).ToDictionary(group => group.Key, group => group.ToList());

    private static IEnumerable<KnownItem> Last(Dictionary<string, List<KnownItem>> groups, string? key) =>
        key is not null && groups.TryGetValue(key, out var group) ? group.Skip(group.Count - MaxCandidates) : [];

    // From the end: what is removed was among the last.
    private static void Remove(Dictionary<string, List<KnownItem>> groups, string? key, KnownItem item)
    {
        if (key is not null && groups.TryGetValue(key, out var group) && group.LastIndexOf(item) is >= 0 and var place)
        {
            group.RemoveAt(place);
        }
    }
}
