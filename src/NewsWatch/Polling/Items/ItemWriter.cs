using NewsWatch.Configuration;
using NewsWatch.Storage;
using NewsWatch.Storage.Sources;

namespace NewsWatch.Polling.Items;

/// <summary>What the items of a document came to.</summary>
/// <param name="New">Items and edits that wait to be processed.</param>
/// <param name="Recorded">Items that were seen for the first time and will not alert: baseline and old.</param>
/// <param name="Known">Items seen before.</param>
/// <param name="NewIds">Known items with another guid.</param>
/// <param name="Arrivals">When first-seen items came.</param>
internal sealed record ItemCounts(int New, int Recorded, int Known, int NewIds, bool SharedIds, IReadOnlyList<DateTimeOffset> Arrivals);

/// <summary>The items' part of commit 1: first sights, edits and repetitions.</summary>
internal sealed class ItemWriter(Source source, bool firstSight, bool unstableIds, DateTimeOffset now)
{
    private const int VersionsKept = 8;

    /// <summary>When the items were seen: by the polled servers where the system's clock is wrong. Items wait in the queue by the system's.</summary>
    public DateTimeOffset Seen { get => field != default ? field : now; init; }

    /// <summary>Writes the items of one document.</summary>
    public ItemCounts Save(Session db, PreparedItems items)
    {
        var (keyed, sharedIds) = items;
        var known = ItemStore.Known(db, source.Id, keyed.Select(item => item.Key), Present(keyed.Select(item => item.LinkKey)), Present(keyed.Select(item => item.TitleKey)));
        var sightings = ItemIdentity.Match(keyed, known, unstableIds);
        var first = sightings.Where(sighting => sighting.Known is null).Select(sighting => sighting.Item).ToList();
        var mayAlert = MayAlert(first);

        // Documents are newest first; the queue works oldest first.
        foreach (var item in Enumerable.Reverse(first))
        {
            ItemStore.Add(db, source.Id, Write(item, FirstState(item, mayAlert), ""), Seen, now);
        }

        var again = sightings.Where(sighting => sighting.Known is not null).ToList();
        ItemStore.Touch(db, again.Select(sighting => sighting.Known!.Id), now);
        var edits = Enumerable.Reverse(again).Count(sighting => Repeat(db, sighting.Item, sighting.Known!, sighting.Edited));
        return new(mayAlert.Count + edits, first.Count - mayAlert.Count, again.Count, again.Count(sighting => sighting.NewId), sharedIds, Arrivals(first));
    }

    private HashSet<ItemKeys> MayAlert(List<ItemKeys> first)
    {
        var fresh = first.Where(item => IsFresh(item.Item.Published));
        return (firstSight ? source.FirstRun.Kind : FirstRunKind.AlertAll) switch
        {
            FirstRunKind.AlertAll => Set(fresh),
            FirstRunKind.AlertLast => Set(fresh.OrderByDescending(item => item.Item.Published ?? DateTimeOffset.MinValue).Take(source.FirstRun.Last)),
            _ => [],
        };

        // By reference: to compare two items would be to read their texts.
        static HashSet<ItemKeys> Set(IEnumerable<ItemKeys> items) => new(items, ReferenceEqualityComparer.Instance);
    }

    private bool IsFresh(DateTimeOffset? published) => published is null || Seen - published <= source.MaxAge;

    private string FirstState(ItemKeys item, HashSet<ItemKeys> mayAlert) => mayAlert.Contains(item) ? "new" : firstSight ? "baseline" : "old";

    /// <summary>True when the edit waits to be processed.</summary>
    private bool Repeat(Session db, ItemKeys item, KnownItem known, bool edited)
    {
        if (edited)
        {
            var state = EditedState(item, known);
            ItemStore.Edit(db, known.Id, Write(item, state, Versions(known)), now);
            return state == "new";
        }

        if (known.Key != item.Key || (item.LinkKey is not null && known.LinkKey != item.LinkKey))
        {
            ItemStore.Rename(db, known.Id, item.Key, item.LinkKey);
        }

        return false;
    }

    /// <summary>
    /// What was processed is processed again. What never was (baseline, old) only with another headline and while it is fresh: a publisher that
    /// rewrites all its descriptions sets off no flood.
    /// </summary>
    private string EditedState(ItemKeys item, KnownItem known) =>
        known.State is "baseline" or "old" && (known.TitleKey == item.TitleKey || !IsFresh(item.Item.Published ?? UnixTime.At(known.FirstSeen))) ? known.State : "new";

    private static ItemWrite Write(ItemKeys item, string state, string versions) =>
        new(item.Key, item.LinkKey, item.Item.Link == item.LinkKey ? null : item.Item.Link, item.TitleKey, item.ContentHash, versions, item.Item.Published, state, item.Written);

    private static string Versions(KnownItem known) =>
        string.Join(' ', known.Versions.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append(known.ContentHash).TakeLast(VersionsKept));

    /// <summary>On first sight the dates tell how often the source publishes; later only when an item came.</summary>
    private IReadOnlyList<DateTimeOffset> Arrivals(List<ItemKeys> first) => (first.Count, firstSight) switch
    {
        (0, _) => [],
        (_, true) when first.Any(item => item.Item.Published is not null) => [.. first.Select(item => item.Item.Published).OfType<DateTimeOffset>()],
        _ => [now],
    };

    private static IEnumerable<string> Present(IEnumerable<string?> keys) => keys.OfType<string>().Distinct();
}
