using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Hosting;
using NewsWatch.Configuration;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Shares;
using NewsWatch.Storage.Views;
using NewsWatch.Storage.Work;

namespace NewsWatch.Health;

/// <summary>
/// Looks at the PostgreSQL server as its administrator would: how far this machine's clock is from the server's, and whether somebody keeps a transaction open. While
/// one is open, nothing that was deleted since is tidied, and each claim of work reads past it; so the operator hears of one that is older than ten minutes.
/// </summary>
internal sealed class ServerWatch : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);
    private readonly Database _database;
    private readonly ConfigurationHolder _configurations;
    private readonly ServiceLoop _loop;
    private readonly TimeProvider _clock;

    public ServerWatch(Database database, ConfigurationHolder configurations, ServiceLoop loop, IMeterFactory meters, TimeProvider clock)
    {
        (_database, _configurations, _loop, _clock) = (database, configurations, loop, clock);
        var meter = meters.Create("newswatch");
        meter.CreateObservableGauge("clock_difference_seconds", () => (database.Server?.Replica?.Clock as DatabaseClock)?.Difference.TotalSeconds ?? 0, "s", "How far this machine's clock is ahead of the database server's.");
        meter.CreateObservableGauge("oldest_transaction_seconds", Oldest, "s", "For how long the oldest open transaction on the database has been open.");
    }

    /// <summary>Looks once, and writes a notice about a transaction that is open for too long: one a day.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (PostgresInspection.Oldest(_database) is not { } oldest || oldest.Age < MaxAge)
        {
            return;
        }

        var now = _clock.GetUtcNow();
        var notice = new Notice(
            $"old-transaction/{now.UtcDateTime:yyyy-MM-dd}",
            "A transaction on the database has been open for long",
            string.Create(
                CultureInfo.InvariantCulture,
                $"It has been open for {oldest.Age.TotalMinutes:0} minutes ({oldest.Owner}). While it is, the server tidies nothing behind the work, and NewsWatch gets slower. End it there: SELECT pg_terminate_backend({oldest.Process});"));
        await _database.WriteAsync(db => OperatorNotices.Add(db, _configurations.Current, notice, now), cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _loop.RunByLeadAsync("looking at the database's server", TurnAsync, stoppingToken);

    private async Task TurnAsync(CancellationToken stopping)
    {
        await LookAsync(stopping);
        await Task.Delay(Interval, _clock, stopping);
    }

    private IEnumerable<Measurement<double>> Oldest() => _database.Share.Leads ? [new(PostgresInspection.Oldest(_database)?.Age.TotalSeconds ?? 0)] : [];
}
