using Dapper;
using Microsoft.Data.Sqlite;

namespace NewsWatch.Storage;

/// <summary>An item that waits to become an article, leased to whoever reads this.</summary>
/// <param name="Attempts">How often its processing was started, this time included.</param>
/// <param name="LinkKey">Its canonical link, where that tells it from the source's other items; else null.</param>
/// <param name="Payload">JSON of the FeedItem.</param>
internal sealed record ClaimedItem(
    long Id, string Source, string Key, string? LinkKey, int Revision, DateTimeOffset FirstSeen, int Attempts, string Payload);

/// <summary>The queue behind commit 1: items in state "new" that are due.</summary>
internal static class ItemQueue
{
    /// <summary>How long a claimed item belongs to its claimer.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private const string Due = "state = 'new' AND due <= @now AND (lease_until IS NULL OR lease_until <= @now)";

    /// <summary>
    /// Claims due items, oldest first; "attempt started" is durable when this is committed. An item that was started before and did not end
    /// comes first and alone: if it is what stops the process, nothing else is stopped with it, and nothing else is blamed for it.
    /// </summary>
    public static IReadOnlyList<ClaimedItem> Claim(SqliteConnection db, DateTimeOffset now, int most) =>
        Claim(db, now, $"{Due} AND attempts > 0", 1) is { Count: > 0 } tried ? tried : Claim(db, now, Due, most);

    private static IReadOnlyList<ClaimedItem> Claim(SqliteConnection db, DateTimeOffset now, string which, int most) =>
    [
        .. db.Query<Row>(
                $"""
                UPDATE item SET lease_until = @lease, attempts = attempts + 1
                WHERE id IN (SELECT id FROM item WHERE {which} ORDER BY due, id LIMIT @most)
                RETURNING id, source, key, link_key AS linkKey, revision, first_seen AS firstSeen, attempts, payload
                """,
                new { now = UnixTime.Of(now), lease = UnixTime.Of(now + Lease), most })
            .OrderBy(row => row.Id)
            .Select(row => new ClaimedItem(
                row.Id, row.Source, row.Key, row.LinkKey, (int)row.Revision, UnixTime.At(row.FirstSeen), (int)row.Attempts, row.Payload)),
    ];

    /// <summary>
    /// The item's article is stored. An edit that the poller recorded meanwhile (a higher revision) stays new, to be processed in its turn.
    /// </summary>
    public static void Done(SqliteConnection db, ClaimedItem item, long article, string outcome) => db.Execute(
        """
        UPDATE item
        SET article = @article, outcome = @outcome, lease_until = NULL,
            attempts = 0, state = CASE WHEN revision = @Revision THEN 'done' ELSE state END
        WHERE id = @Id
        """,
        new { item.Id, item.Revision, article, outcome });

    /// <summary>An attempt ended without success: again at <paramref name="due"/>.</summary>
    public static void Again(SqliteConnection db, ClaimedItem item, DateTimeOffset due, string why) => db.Execute(
        "UPDATE item SET lease_until = NULL, due = @due, outcome = @why WHERE id = @Id", new { item.Id, due = UnixTime.Of(due), why });

    /// <summary>The item is given up.</summary>
    public static void Failed(SqliteConnection db, ClaimedItem item, string why) => db.Execute(
        "UPDATE item SET lease_until = NULL, state = 'failed', outcome = @why WHERE id = @Id", new { item.Id, why });

    /// <summary>After a start: what the last process had claimed is free at once. Attempts stay counted.</summary>
    public static void ReleaseAll(SqliteConnection db) => db.Execute("UPDATE item SET lease_until = NULL WHERE state = 'new' AND lease_until IS NOT NULL");

    private sealed class Row
    {
        public long Id { get; init; }

        public string Source { get; init; } = "";

        public string Key { get; init; } = "";

        public string? LinkKey { get; init; }

        public long Revision { get; init; }

        public long FirstSeen { get; init; }

        public long Attempts { get; init; }

        public string Payload { get; init; } = "";
    }
}
