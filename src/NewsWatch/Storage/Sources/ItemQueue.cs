using System.Globalization;
using NewsWatch.Storage.Replicas;
using NewsWatch.Storage.Work;

namespace NewsWatch.Storage.Sources;

/// <summary>An item that waits to become an article, leased to the caller.</summary>
/// <param name="Attempts">How often its processing was started, this time included.</param>
/// <param name="Fence">The number of this claim.</param>
/// <param name="LinkKey">Its canonical link, where that tells it from the source's other items; else null.</param>
/// <param name="Payload">JSON of the FeedItem.</param>
internal sealed record ClaimedItem(
    long Id, string Source, string Key, string? LinkKey, int Revision, DateTimeOffset FirstSeen, int Attempts, long Fence, string Payload)
{
    /// <summary>What ends with its processing.</summary>
    public Lease Lease => new(Stage.Item, Id.ToString(CultureInfo.InvariantCulture), Fence);
}

/// <summary>The queue behind commit 1: items in state "new" that are due.</summary>
internal static class ItemQueue
{
    private static readonly string Due = $"state = 'new' AND due <= @now AND {ReplicaStore.IsDead("replica")}";

    /// <summary>Sources take turns among so many of the oldest due items: more than two of the largest documents bring.</summary>
    private const int MaxLookedAt = 5_000;

    // From its third start on. What stops the process stops it again later; an item that only happened to be there when something else did
    // is not there each time, because others are processed meanwhile.
    private static readonly long WaitPerStart = (long)TimeSpan.FromSeconds(10).TotalMilliseconds;

    private static readonly string OldestTried = $"SELECT id FROM item WHERE {Due} AND attempts > 0 ORDER BY due, id LIMIT 1";

    private static readonly string InTurns =
        $"""
        SELECT id FROM (
          SELECT id, due, row_number() OVER (PARTITION BY source ORDER BY due, id) AS turn
          FROM (SELECT id, source, due FROM item WHERE {Due} ORDER BY due, id LIMIT @lookedAt) AS oldest) AS turns
        ORDER BY turn, due, id LIMIT @most
        """;

    /// <summary>True when there is something to claim: a look that costs no write.</summary>
    public static bool IsAnyDue(Session db, Leases leases, DateTimeOffset now) =>
        db.ExecuteScalar<bool>($"SELECT EXISTS (SELECT 1 FROM item WHERE {Due})", new { now = UnixTime.Of(now), replica = leases.Replica });

    /// <summary>
    /// Claims due items, the oldest of each source in turn, so that a source with thousands keeps no other waiting; "attempt started" is durable when this is
    /// committed. An item that was started before and did not end comes first and alone: if it is what stops the process, nothing else is stopped with it, and
    /// nothing else is blamed for it. If its third start, or a later one, does not end either, the next one waits 10 seconds more each time.
    /// </summary>
    public static IReadOnlyList<ClaimedItem> Claim(Session db, Leases leases, DateTimeOffset now, int most) =>
        Claim(db, leases.Replica, now, OldestTried, 1) is { Count: > 0 } tried ? tried : Claim(db, leases.Replica, now, InTurns, most);

    /// <summary>Ends leases whose work could not be written down: no attempt of theirs.</summary>
    public static void GiveBack(Session db, IEnumerable<Lease> leases) => db.Write(
        "UPDATE item SET replica = NULL, fence = fence + 1, attempts = attempts - 1 WHERE id = @id AND fence = @Fence",
        leases.Select(lease => new { id = long.Parse(lease.Key, CultureInfo.InvariantCulture), lease.Fence }));

    private static IReadOnlyList<ClaimedItem> Claim(Session db, long replica, DateTimeOffset now, string which, int most) =>
    [
        .. db.Query<Row>(
                $"""
                UPDATE item
                SET replica = @replica, fence = fence + 1, attempts = attempts + 1, due = CASE WHEN attempts < 2 THEN due ELSE @now + @wait * (attempts - 1) END
                WHERE id IN (SELECT id FROM item WHERE id IN ({which}) AND {Due}{db.SkipLocked})
                RETURNING id, source, key, link_key AS linkKey, revision, first_seen AS firstSeen, attempts, fence, payload
                """,
                new { now = UnixTime.Of(now), replica, most, lookedAt = MaxLookedAt, wait = WaitPerStart })
            .OrderBy(row => row.Id)
            .Select(row => new ClaimedItem(
                row.Id, row.Source, row.Key, row.LinkKey, (int)row.Revision, UnixTime.At(row.FirstSeen), (int)row.Attempts, row.Fence, row.Payload)),
    ];

    /// <summary>
    /// The item's article is stored, and what the feed said of it is in the archive. An edit that the poller recorded meanwhile (a higher revision) stays new,
    /// to be processed in its turn.
    /// </summary>
    /// <param name="article">Null for an item that becomes none.</param>
    public static void Done(Session db, ClaimedItem item, long? article, string outcome) => db.Write(
        """
        UPDATE item
        SET article = @article, outcome = @outcome, replica = NULL,
            attempts = 0, state = CASE WHEN revision = @Revision THEN 'done' ELSE state END,
            payload = CASE WHEN revision = @Revision THEN '' ELSE payload END
        WHERE id = @Id AND fence = @Fence
        """,
        new { item.Id, item.Revision, item.Fence, article, outcome });

    /// <summary>True while the claim is the item's latest. Whatever ends it asks first, in the same write: another holder's work is not written over.</summary>
    public static bool Holds(Session db, ClaimedItem item) =>
        db.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM item WHERE id = @Id AND fence = @Fence)", new { item.Id, item.Fence });

    /// <summary>An attempt ended without success: again at <paramref name="due"/>.</summary>
    public static void Again(Session db, ClaimedItem item, DateTimeOffset due, string why) => db.Write(
        "UPDATE item SET replica = NULL, due = @due, outcome = @why WHERE id = @Id AND fence = @Fence", new { item.Id, item.Fence, due = UnixTime.Of(due), why });

    /// <summary>The item is given up.</summary>
    public static void Failed(Session db, ClaimedItem item, string why) => db.Write(
        "UPDATE item SET replica = NULL, state = 'failed', outcome = @why WHERE id = @Id AND fence = @Fence", new { item.Id, item.Fence, why });

    private sealed class Row
    {
        public long Id { get; init; }

        public string Source { get; init; } = "";

        public string Key { get; init; } = "";

        public string? LinkKey { get; init; }

        public long Revision { get; init; }

        public long FirstSeen { get; init; }

        public long Attempts { get; init; }

        public long Fence { get; init; }

        public string Payload { get; init; } = "";
    }
}
