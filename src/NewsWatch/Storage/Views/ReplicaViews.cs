using NewsWatch.Storage.Replicas;

namespace NewsWatch.Storage.Views;

/// <summary>What a replica says of itself.</summary>
/// <param name="Configuration">The version that it works by.</param>
/// <param name="Cycle">When its last poll cycle ended; null before the first.</param>
/// <param name="Problem">Why it is not ready; null when it is.</param>
public sealed record ReplicaReport(string Configuration, DateTimeOffset? Cycle, string? Problem);

/// <summary>A replica as operators see it.</summary>
/// <param name="Row">Its name, its version and what it owns.</param>
/// <param name="Report">What it said of itself last; null before it said anything.</param>
/// <param name="LateSources">Sources of its shards that are due and not polled yet.</param>
/// <param name="Lag">For how long the first of them has been due.</param>
public sealed record ReplicaView(ReplicaRow Row, ReplicaReport? Report, long LateSources, TimeSpan Lag);

/// <summary>Replicas for people: the table <c>replica_report</c>, beside what <see cref="ReplicaStore"/> keeps.</summary>
internal static class ReplicaViews
{
    /// <summary>All replicas, by name; none for a file. Their lag is as of the last time that one of them was heard of.</summary>
    public static IReadOnlyList<ReplicaView> All(Session db)
    {
        var replicas = ReplicaStore.All(db);
        if (replicas.Count == 0)
        {
            return [];
        }

        var reports = db.Query<(long Replica, string Configuration, long? Cycle, string? Problem)>("SELECT replica, configuration, cycle, problem FROM replica_report")
            .ToDictionary(row => row.Replica, row => new ReplicaReport(row.Configuration, UnixTime.At(row.Cycle), row.Problem));
        var now = replicas.Max(replica => replica.Seen);
        var late = db.Query<(long Replica, long Count, long Due)>(
            """
            SELECT owned.replica, count(*), min(next_due) FROM due JOIN owned ON owned.kind = 'shard' AND owned.key = CAST(due.shard AS TEXT)
            WHERE polled = 1 AND next_due < @now AND due.replica IS NULL AND owned.replica IS NOT NULL GROUP BY owned.replica
            """,
            new { now = UnixTime.Of(now) }).ToDictionary(row => row.Replica);
        return [.. replicas.Select(row => new ReplicaView(row, reports.GetValueOrDefault(row.Id), late.GetValueOrDefault(row.Id).Count, late.TryGetValue(row.Id, out var one) ? now - UnixTime.At(one.Due) : TimeSpan.Zero))];
    }

    /// <summary>Writes what a replica says of itself, and removes what those that are gone said.</summary>
    public static void Tell(Session db, long replica, ReplicaReport report)
    {
        db.Execute("DELETE FROM replica_report WHERE replica <> @replica AND replica NOT IN (SELECT id FROM replica)", new { replica });
        db.Execute(
            """
            INSERT INTO replica_report (replica, configuration, cycle, problem) VALUES (@replica, @Configuration, @cycle, @Problem)
            ON CONFLICT (replica) DO UPDATE SET configuration = excluded.configuration, cycle = excluded.cycle, problem = excluded.problem
            """,
            new { replica, report.Configuration, cycle = UnixTime.Of(report.Cycle), report.Problem });
    }
}
