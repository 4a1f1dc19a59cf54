using NewsWatch.Storage.Replicas;
using NewsWatch.Storage.Work;

namespace NewsWatch.Storage.Sources;

/// <summary>The table <c>due</c>: when each source is polled, and by whom. What was learned of a source is in <see cref="SourceStore"/>.</summary>
internal static class PollQueue
{
    private const string Columns = "source.id, url, moved_to, moved_seen, moved_asked, failures, last_success, next_due, starts, fence, shard";

    /// <summary>Due sources of this process's shards that nobody polls, those first that are late by the largest part of their interval.</summary>
    /// <param name="failing">Those whose standing is <see cref="SourceStanding.Failing"/>, or all others.</param>
    public static IReadOnlyList<DueSource> Due(Session db, Leases leases, DateTimeOffset now, bool failing, int most) => db.Query<DueSource>(
        $"""
        SELECT {Columns} FROM due JOIN source ON source.id = due.source
        WHERE polled = 1 AND next_due <= @now AND {ReplicaStore.IsDead("replica")} AND (not_before IS NULL OR not_before <= @now)
          AND CASE WHEN failures > 1 OR (failures = 1 AND last_success IS NULL) THEN 1 ELSE 0 END = @failing{(leases.Share.Shards is null ? "" : " AND shard IN @shards")}
        ORDER BY (@now - next_due) * 1.0 / CASE WHEN poll < 1 THEN 1 ELSE poll END DESC, next_due, source.id LIMIT @most
        """,
        new { now = UnixTime.Of(now), replica = leases.Replica, failing, most, shards = leases.Share.Shards });

    /// <summary>When the sources are due that were not asked to pause at <paramref name="now"/>, up to <paramref name="until"/>; whether they are being polled or not.</summary>
    public static IReadOnlyList<(string Id, DateTimeOffset Due)> NextDue(Session db, DateTimeOffset now, DateTimeOffset until) =>
        [.. db.Query<(string Id, long Due)>(
            "SELECT source, next_due FROM due WHERE polled = 1 AND next_due <= @until AND (not_before IS NULL OR not_before <= @now)",
            new { now = UnixTime.Of(now), until = UnixTime.Of(until) }).Select(row => (row.Id, UnixTime.At(row.Due)))];

    /// <summary>Gives these sources to this process, each with the next fence, as far as their rows are still as they were read. Returns all that is known of each.</summary>
    public static IReadOnlyList<SourceRow> Claim(Session db, Leases leases, IReadOnlyList<DueSource> sources)
    {
        var read = sources.ToDictionary(source => source.Id);
        var same = SourceStore.FindFree(db, read.Keys).Where(row => read[row.Id] is var source && row.Fence == source.Fence && row.Url == source.Url).ToList();
        db.Write(
            "UPDATE due SET replica = @replica, fence = fence + 1, starts = starts + 1 WHERE source IN @ids", new { replica = leases.Replica, ids = same.Select(row => row.Id) });
        return [.. same.Select(row => row with { Fence = row.Fence + 1, Starts = row.Starts + 1, AsksConfigured = read[row.Id].AsksConfigured })];
    }

    /// <summary>True while the row's claim is the source's latest.</summary>
    public static bool Holds(Session db, DueSource source) => Held(db, [source]).Count > 0;

    /// <summary>The sources among these whose claims are still their latest.</summary>
    public static IReadOnlySet<string> Held(Session db, IReadOnlyCollection<DueSource> sources)
    {
        var fences = db.Query<(string Id, long Fence)>("SELECT source, fence FROM due WHERE source IN @ids", new { ids = sources.Select(source => source.Id) }).ToDictionary();
        return sources.Where(source => fences.TryGetValue(source.Id, out var fence) && fence == source.Fence).Select(source => source.Id).ToHashSet();
    }

    /// <summary>Ends the leases of polls with what each came to; where the address was changed meanwhile, only the lease ends.</summary>
    public static void End(Session db, IReadOnlyCollection<SourceRow> sources)
    {
        var ended = db.Execute(
            """
            UPDATE due SET replica = NULL, next_due = @NextDue, not_before = @NotBefore, last_poll = @LastPoll, last_success = @LastSuccess, starts = @Starts
            WHERE source = @Id AND fence = @Fence AND EXISTS (SELECT 1 FROM source WHERE id = @Id AND url = @Url)
            """,
            sources);
        if (ended < sources.Count)
        {
            Release(db, sources.Select(source => source.Lease));
        }
    }

    /// <summary>Ends leases without a poll: the sources stay due.</summary>
    public static void Release(Session db, IEnumerable<Lease> leases) => db.Write(
        "UPDATE due SET replica = NULL, fence = fence + 1, starts = starts - 1 WHERE source = @Key AND fence = @Fence AND replica IS NOT NULL",
        leases.Select(lease => new { lease.Key, lease.Fence }));

    /// <summary>Ends leases whose polls could not be written down: the sources are due again, at <paramref name="due"/> at the soonest.</summary>
    public static void GiveBack(Session db, IEnumerable<Lease> leases, DateTimeOffset due) => db.Write(
        "UPDATE due SET replica = NULL, fence = fence + 1, starts = starts - 1, next_due = CASE WHEN next_due < @due THEN @due ELSE next_due END WHERE source = @Key AND fence = @Fence",
        leases.Select(lease => new { lease.Key, lease.Fence, due = UnixTime.Of(due) }));

    /// <summary>Sources whose hosts belong to other shards than their rows say.</summary>
    public static void SetShards(Session db, IEnumerable<(string Id, long Shard)> shards) =>
        db.Write("UPDATE due SET shard = @shard WHERE source = @id", shards.Select(one => new { id = one.Id, shard = one.Shard }));

    /// <summary>Sets when sources are due.</summary>
    public static void SetDue(Session db, IEnumerable<(string Id, DateTimeOffset Due)> times) => db.Write(
        "UPDATE due SET next_due = @due WHERE source = @id",
        times.Select(time => new { id = time.Id, due = UnixTime.Of(time.Due) }));

    /// <summary>Everything is due now, but what asked for a pause.</summary>
    public static void SetAllDue(Session db, DateTimeOffset now) => db.Write(
        "UPDATE due SET next_due = @now WHERE polled = 1 AND (not_before IS NULL OR not_before <= @now)",
        new { now = UnixTime.Of(now) });

    /// <summary>A source that is new here is due at once.</summary>
    public static void Add(Session db, string id, DateTimeOffset now) => db.Write(
        "INSERT INTO due (source, polled, next_due) VALUES (@id, 1, @now) ON CONFLICT (source) DO NOTHING", new { id, now = UnixTime.Of(now) });

    /// <summary>The source has another address: it is due now, whatever the old one asked for.</summary>
    public static void BeginAnew(Session db, string id, DateTimeOffset now) => db.Write(
        "UPDATE due SET next_due = @now, not_before = NULL, starts = 0 WHERE source = @id", new { id, now = UnixTime.Of(now) });

    /// <summary>Sources were taken into or out of the configuration, or are gone: only those that are in it and not gone are polled.</summary>
    public static void SetPolled(Session db, IEnumerable<string> ids) => db.Write(
        """
        UPDATE due SET polled = CASE WHEN EXISTS (SELECT 1 FROM source WHERE source.id = due.source AND configured = 1 AND state <> 'gone') THEN 1 ELSE 0 END
        WHERE source IN @ids
        """,
        new { ids });
}
