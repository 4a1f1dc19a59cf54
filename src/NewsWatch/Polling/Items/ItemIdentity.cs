using NewsWatch.Storage;
using NewsWatch.Storage.Sources;

namespace NewsWatch.Polling.Items;

/// <summary>An item of a feed, and the item it is known as; null for one that is seen for the first time.</summary>
internal sealed record ItemMatch(ItemKeys Item, KnownItem? Known)
{
    /// <summary>The publisher gave it another guid.</summary>
    public bool NewId => Known is not null && Item.HasId && ItemKeys.IsId(Known.Key) && Known.Key != Item.Key;

    /// <summary>Its words are neither those of the last time nor those of an earlier version.</summary>
    public bool Edited => Known is not null && Known.ContentHash != Item.ContentHash && !Known.Versions.Split(' ').Contains(Item.ContentHash);
}

/// <summary>
/// Which items of a feed are known already. The order is guid, canonical link, title and day: another guid with the same link and title is the
/// same item, a few other words in the title make no difference unless both are in the document; the same link with another guid and quite another title
/// is another item; an edited entry is an update. Dates are never the cursor.
/// </summary>
internal static class ItemIdentity
{
    /// <summary>Finds each item's known self; a known item is found once at most.</summary>
    /// <param name="items">The feed's items, each key once.</param>
    /// <param name="known">Every known item that shares a key, link or title with one of them.</param>
    /// <param name="unstableIds">The source's guids mean nothing: the same link is the same item.</param>
    public static IReadOnlyList<ItemMatch> Match(IReadOnlyList<ItemKeys> items, IReadOnlyList<KnownItem> known, bool unstableIds)
    {
        var byKey = known.ToDictionary(item => item.Key);
        var present = items.Select(item => item.Key).ToHashSet();
        var free = new FreeItems([.. known.Where(item => !present.Contains(item.Key))], SharedLinks(items, known));
        var together = LinksOfSeveral(items);
        var titles = new TitleComparison();
        return WithOwnLinks([.. items.Select(item => new ItemMatch(item, byKey.GetValueOrDefault(item.Key) ?? Take(item)))], known, titles);

        KnownItem? Take(ItemKeys item)
        {
            var found = free.WithLink(item.LinkKey).Where(one => item.LinkKey is { } link && together.Contains(link) ? one.TitleKey == item.TitleKey : SameByLink(item, one, unstableIds, titles))
                .OrderByDescending(one => one.TitleKey == item.TitleKey).ThenByDescending(one => one.Id).FirstOrDefault()
                ?? free.WithTitle(item.TitleKey).LastOrDefault(one => SameByTitle(item, one));
            if (found is not null)
            {
                free.Remove(found);
            }

            return found;
        }
    }

    /// <summary>Links that more items have than any page has, such as a front page: they identify none of them.</summary>
    private static HashSet<string> SharedLinks(IReadOnlyList<ItemKeys> items, IReadOnlyList<KnownItem> known) =>
    [
        .. items.Select(item => (item.Key, item.LinkKey)).Concat(known.Select(item => (item.Key, item.LinkKey)))
            .Where(item => item.LinkKey is not null).Distinct().CountBy(item => item.LinkKey!)
            .Where(link => link.Value > FreeItems.MaxCandidates).Select(link => link.Key),
    ];

    /// <summary>Links that several items of one document share, each with its own guid and title: a bulletin page, a live page.</summary>
    private static HashSet<string> LinksOfSeveral(IReadOnlyList<ItemKeys> items) =>
        [.. items.Where(item => item.LinkKey is not null && item.HasId).GroupBy(item => item.LinkKey!).Where(group => group.DistinctBy(item => item.TitleKey).Count() > 1).Select(group => group.Key)];

    private static bool SameByLink(ItemKeys item, KnownItem known, bool unstableIds, TitleComparison titles) =>
        unstableIds || !item.HasId || !ItemKeys.IsId(known.Key) || titles.AreAlike(item.TitleKey, known.TitleKey);

    /// <summary>A page that shows one thing after another under the same address: the link belongs to the item that had it first, the others do without.</summary>
    private static ItemMatch[] WithOwnLinks(ItemMatch[] sightings, IReadOnlyList<KnownItem> known, TitleComparison titles)
    {
        var shown = sightings.Select(sighting => sighting.Known?.Id).OfType<long>().ToHashSet();
        var owners = new Dictionary<string, Owner>();
        foreach (var item in known.Where(item => item.LinkKey is not null).OrderBy(item => item.Id))
        {
            owners.TryAdd(item.LinkKey!, new Owner(item.Id, item.TitleKey, shown.Contains(item.Id)));
        }

        // Documents are newest first.
        for (var place = sightings.Length - 1; place >= 0; place--)
        {
            var (item, self) = sightings[place];
            if (item.LinkKey is { } link && !owners.TryAdd(link, new Owner(self?.Id, item.TitleKey, IsShown: true))
                && item.HasId && (self is null || owners[link].Id != self.Id) && !IsSame(owners[link], item))
            {
                sightings[place] = sightings[place] with { Item = item with { LinkKey = null } };
            }
        }

        return sightings;

        // Another entry of the same document is another item, however alike their titles.
        bool IsSame(Owner owner, ItemKeys item) => owner.IsShown ? owner.Title == item.TitleKey : titles.AreAlike(owner.Title, item.TitleKey);
    }

    /// <summary>The same title is the same item when the instants agree, or on the same day when only the host of the link differs or there is no link.</summary>
    private static bool SameByTitle(ItemKeys item, KnownItem known)
    {
        if (item.Item.Published?.ToUnixTimeMilliseconds() is { } published && known.Published is { } before && published == before)
        {
            return true;
        }

        var sameDay = item.Item.Published is null || known.Published is null || Day(item.Item.Published.Value) == Day(UnixTime.At(known.Published.Value));
        return sameDay && (item.LinkKey is null || known.LinkKey is null || (PathOf(item.LinkKey) is { Length: > 1 } path && path == PathOf(known.LinkKey)));
    }

    /// <summary>The item that has a link.</summary>
    /// <param name="Id">Null for one that is seen for the first time.</param>
    /// <param name="IsShown">True if the present document contains it.</param>
    private sealed record Owner(long? Id, string? Title, bool IsShown);

    private static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private static string PathOf(string link) => Uri.TryCreate(link, UriKind.Absolute, out var url) ? url.PathAndQuery : "";
}
