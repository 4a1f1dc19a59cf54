using Dapper;

namespace NewsWatch.Storage;

/// <summary>Whether the work goes on, told from the work itself.</summary>
/// <param name="Ready">True when there is no problem.</param>
/// <param name="Problems">Each one sentence, with what is late and since when.</param>
/// <param name="LastCycle">When the poller last looked for due sources; null before the first time.</param>
/// <param name="OldestItem">When the oldest waiting item became due; null when none waits.</param>
/// <param name="OldestDelivery">When the oldest waiting delivery is due; null when none waits.</param>
internal sealed record HealthReport(
    bool Ready,
    IReadOnlyList<string> Problems,
    DateTimeOffset? LastCycle,
    DateTimeOffset? OldestItem,
    DateTimeOffset? OldestDelivery);

/// <summary>Looks at the three places where work can get stuck: polling, processing, delivering.</summary>
internal sealed class Health(Database database, Progress progress, TimeProvider clock)
{
    private static readonly TimeSpan LateCycle = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);
    private static readonly TimeSpan LateWork = TimeSpan.FromMinutes(10);

    /// <summary>Looks now.</summary>
    public HealthReport Look()
    {
        var now = clock.GetUtcNow();
        var (item, delivery) = database.Read(db => (
            UnixTime.At(db.ExecuteScalar<long?>("SELECT min(due) FROM item WHERE state = 'new'")),
            UnixTime.At(db.ExecuteScalar<long?>("SELECT min(due) FROM delivery WHERE state IN ('pending', 'held')"))));
        var problems = new List<string>();
        if (!(progress.SinceLastCycle <= LateCycle))
        {
            problems.Add($"no poll cycle ended in the last {LateCycle.TotalSeconds:0} s");
        }

        if (Untold(now) is { } untold)
        {
            problems.Add(untold);
        }

        Late(item, "item waits to be processed");
        Late(delivery, "delivery is due");
        return new HealthReport(problems.Count == 0, problems, progress.LastCycle, item, delivery);

        void Late(DateTimeOffset? since, string what)
        {
            if (since is { } due && now - due > LateWork)
            {
                problems.Add($"the oldest {what} since {due:u}");
            }
        }
    }

    /// <summary>A notice that does not reach the operator: then this page, and the heartbeat that falls silent, are the other way.</summary>
    private string? Untold(DateTimeOffset now) => database.Read(db => db.QueryFirstOrDefault<long?>(
        """
        SELECT created FROM delivery
        WHERE kind = 'notice' AND ((state IN ('pending', 'leased') AND created < @late) OR (state = 'dead' AND created > @forgotten))
        ORDER BY created LIMIT 1
        """,
        new { late = UnixTime.Of(now - LateWork), forgotten = UnixTime.Of(now - Forgotten) })) is { } notice
        ? $"a notice of {UnixTime.At(notice):u} does not reach the operator"
        : null;
}
