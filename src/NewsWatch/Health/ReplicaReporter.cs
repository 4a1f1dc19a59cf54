using System.Globalization;
using Microsoft.Extensions.Hosting;
using NewsWatch.Configuration;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Views;
using NewsWatch.Storage.Work;

namespace NewsWatch.Health;

/// <summary>
/// Says for <c>status</c> and the desk how this replica does, every ten seconds. The lead compares what the replicas say: where they work by different configurations for
/// five minutes, somebody forgot a machine, and the operator gets a notice.
/// </summary>
internal sealed class ReplicaReporter(Database database, HealthCheck health, Progress progress, ConfigurationHolder configurations, ServiceLoop loop, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AtFirst = TimeSpan.FromSeconds(1); // what it says before its first cycle is soon untrue
    private static readonly TimeSpan MaxDifference = TimeSpan.FromMinutes(5);
    private long? _differSince;

    /// <summary>Says it once.</summary>
    internal async Task TellAsync(CancellationToken cancellationToken)
    {
        var problems = health.Look().Problems;
        var report = new ReplicaReport(configurations.Current.Version, progress.LastCycle, problems.Count == 0 ? null : string.Join("; ", problems));
        await database.WriteAsync(db => ReplicaViews.Tell(db, database.Share.Id, report), WritePriority.Usual, cancellationToken);
        if (database.Share.Leads)
        {
            await CompareAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loop.RunAsync("reporting how this replica does", TurnAsync, stoppingToken);

    private async Task TurnAsync(CancellationToken stopping)
    {
        await TellAsync(stopping);
        await Task.Delay(progress.LastCycle is null ? AtFirst : Interval, clock, stopping);
    }

    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var versions = database.Read(ReplicaViews.All).Where(replica => replica.Report is not null).ToLookup(replica => replica.Report!.Configuration, replica => replica.Row.Name);
        _differSince = versions.Count < 2 ? null : _differSince ?? clock.GetTimestamp();
        if (_differSince is not { } since || clock.GetElapsedTime(since) < MaxDifference)
        {
            return;
        }

        var which = string.Join("; ", versions.Select(version => $"{string.Join(", ", version)} by {version.Key}"));
        var notice = new Notice(
            string.Create(CultureInfo.InvariantCulture, $"configurations-differ/{now.UtcDateTime:yyyy-MM-dd}"),
            "The replicas work by different configurations",
            $"For five minutes or longer: {which}. Each alerts by its own. Give all of them the same files; newswatch status shows who works by which.");
        await database.WriteAsync(db => OperatorNotices.Add(db, configurations.Current, notice, now), cancellationToken);
    }
}
