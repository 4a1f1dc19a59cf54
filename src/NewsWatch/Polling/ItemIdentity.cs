using NewsWatch.Storage;

namespace NewsWatch.Polling;

/// <summary>An item of a feed, and the item it is known as; null for one that is seen for the first time.</summary>
internal sealed record Sighting(ItemKeys Item, KnownItem? Known)
{
    /// <summary>The publisher gave it another guid.</summary>
    public bool NewId => Known is not null && Item.HasId && ItemKeys.IsId(Known.Key) && Known.Key != Item.Key;

    /// <summary>Its words are neither those of the last time nor those of an earlier version.</summary>
    public bool Edited => Known is not null && Known.ContentHash != Item.ContentHash && !Known.Versions.Split(' ').Contains(Item.ContentHash);
}

/// <summary>
/// Which items of a feed are known already. The order is guid, canonical link, title and day: another guid with the same link and title is the
/// same item, a few other words in the title make no difference; the same link with another guid and quite another title is another item; an edited
/// entry is an update. Dates are never the cursor.
/// </summary>
internal static class ItemIdentity
{
    /// <summary>Finds each item's known self; a known item is found once at most.</summary>
    /// <param name="items">The feed's items, each key once.</param>
    /// <param name="known">Every known item that shares a key, link or title with one of them.</param>
    /// <param name="unstableIds">The source's guids mean nothing: the same link is the same item.</param>
    public static IReadOnlyList<Sighting> Match(IReadOnlyList<ItemKeys> items, IReadOnlyList<KnownItem> known, bool unstableIds)
    {
        var byKey = known.ToDictionary(item => item.Key);
        var present = items.Select(item => item.Key).ToHashSet();
        var free = new FreeItems([.. known.Where(item => !present.Contains(item.Key))], SharedLinks(items, known));
        var titles = new TitleComparison();
        return WithOwnLinks([.. items.Select(item => new Sighting(item, byKey.GetValueOrDefault(item.Key) ?? Take(item)))], known, titles);

        KnownItem? Take(ItemKeys item)
        {
            var found = free.WithLink(item.LinkKey).Where(one => SameByLink(item, one, unstableIds, titles))
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

    private static bool SameByLink(ItemKeys item, KnownItem known, bool unstableIds, TitleComparison titles) =>
        unstableIds || !item.HasId || !ItemKeys.IsId(known.Key) || titles.AreAlike(item.TitleKey, known.TitleKey);

    /// <summary>A page that shows one thing after another under the same address: the link belongs to the item that had it first, the others do without.</summary>
    private static Sighting[] WithOwnLinks(Sighting[] sightings, IReadOnlyList<KnownItem> known, TitleComparison titles)
    {
        var owners = new Dictionary<string, (long? Id, string? Title)>();
        foreach (var item in known.Where(item => item.LinkKey is not null).OrderBy(item => item.Id))
        {
            owners.TryAdd(item.LinkKey!, (item.Id, item.TitleKey));
        }

        // Documents are newest first.
        for (var place = sightings.Length - 1; place >= 0; place--)
        {
            var (item, self) = sightings[place];
            if (item.LinkKey is { } link && !owners.TryAdd(link, (self?.Id, item.TitleKey))
                && item.HasId && (self is null || owners[link].Id != self.Id) && !titles.AreAlike(owners[link].Title, item.TitleKey))
            {
                sightings[place] = sightings[place] with { Item = item with { LinkKey = null } };
            }
        }

        return sightings;
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

    private static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private static string PathOf(string link) => Uri.TryCreate(link, UriKind.Absolute, out var url) ? url.PathAndQuery : "";
}
