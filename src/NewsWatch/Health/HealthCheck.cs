using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Shares;
using NewsWatch.Storage.Upkeep;
using NewsWatch.Storage.Work;

namespace NewsWatch.Health;

/// <summary>Whether the service makes progress, judged by its work.</summary>
/// <param name="Ready">True when there is no problem.</param>
/// <param name="Problems">One sentence each: what is late, and since when.</param>
/// <param name="LastCycle">The time when the poller last looked for due sources; null before the first time.</param>
/// <param name="OldestItem">The due time of the oldest waiting item; null for none.</param>
/// <param name="OldestDelivery">The due time of the oldest waiting delivery; null for none.</param>
internal sealed record HealthReport(
    bool Ready,
    IReadOnlyList<string> Problems,
    DateTimeOffset? LastCycle,
    DateTimeOffset? OldestItem,
    DateTimeOffset? OldestDelivery);

/// <summary>Checks the three places where work can get stuck: polling, processing, delivering.</summary>
internal sealed class HealthCheck(Database database, Progress progress, ServiceLoop loop, TimeProvider clock)
{
    private static readonly TimeSpan LateCycle = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);
    private static readonly TimeSpan LateWork = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Checks now. An unreadable database is a problem like the others, not an exception. What is late is everybody's: a replica is not unready for it, or a balancer
    /// would lose all of them at once.
    /// </summary>
    /// <param name="ofAll">True for what all replicas together owe, too; so it is always where one service runs.</param>
    public HealthReport Look(bool ofAll = false)
    {
        var now = clock.GetUtcNow();
        var problems = loop.Troubles.Select(trouble => $"{trouble.Loop}: {trouble.What}, since {trouble.Since:u}").ToList();
        if (!(progress.SinceLastCycle <= LateCycle))
        {
            problems.Add($"no poll cycle ended in the last {LateCycle.TotalSeconds:0} s");
        }

        if (!database.Share.IsCurrent)
        {
            // To ask the database more would last as long as nobody answers.
            return new(false, [.. problems, $"the database has not been reached for {WorkShare.MaxSilence.TotalSeconds:0} s: this replica begins nothing"], progress.LastCycle, null, null);
        }

        try
        {
            var (item, delivery) = Oldest();
            if (ofAll || database.Share.IsWhole)
            {
                problems.AddRange(new[] { database.Read(WrongClock.Words), Untold(now), Late(item, "item waits to be processed", now), Late(delivery, "delivery is due", now) }.OfType<string>());
            }

            problems.AddRange(progress.Channels.All
                .Where(silent => silent.For >= LateWork && DeliveryStore.Waits(database, silent.Channel))
                .Select(silent => $"channel {silent.Channel} has accepted nothing for {silent.For.TotalMinutes:0} min"));
            return new HealthReport(problems.Count == 0, problems, progress.LastCycle, item, delivery);
        }
        catch (Exception trouble) when (StorageTrouble.IsAny(trouble))
        {
            return new HealthReport(false, [.. problems, StorageTrouble.Describe(trouble)], progress.LastCycle, null, null);
        }
    }

    /// <summary>Checks what all replicas together owe, too, where this one leads: one of them says so, and the others are asked about themselves.</summary>
    public HealthReport LookAtAll() => Look(ofAll: database.Share.Leads);

    private (DateTimeOffset? Item, DateTimeOffset? Delivery) Oldest() => database.Read(db => (WorkStore.OldestItem(db), WorkStore.OldestDelivery(db)));

    private static string? Late(DateTimeOffset? since, string what, DateTimeOffset now) =>
        since is { } due && now - due > LateWork ? $"the oldest {what} since {due:u}" : null;

    /// <summary>If a notice cannot reach the operator, this page and the missing heartbeat are the fallback.</summary>
    private string? Untold(DateTimeOffset now) => database.Read(db => WorkStore.OldestFailingNotice(db, now - LateWork, now - Forgotten)) is { } notice
        ? $"a notice of {notice:u} does not reach the operator"
        : null;
}
