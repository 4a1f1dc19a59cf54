using NewsWatch.Configuration;
using NewsWatch.Core.Alerts.Replay;
using NewsWatch.Storage;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Subscribers;

namespace NewsWatch.Backtest;

/// <summary>
/// Takes the archive's readings through a configuration, with the engine and the decisions of the service, and compares the result with another configuration's.
/// Only reads: it sends nothing, and the service goes on beside it.
/// </summary>
internal static class Backtester
{
    /// <summary>Readings of one look into the database: the next look begins a new one, so that no snapshot is held for long.</summary>
    private const int PageSize = 512;

    /// <summary>How far before the window messages count for caps and groups.</summary>
    private static readonly TimeSpan PastMessagesOf = TimeSpan.FromDays(7);

    /// <summary>Runs on a thread of its own, below the service's priority.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled: it is looked at with every reading.</exception>
    public static Task<BacktestResult> RunAsync(Database database, BacktestRequest request, IProgress<BacktestProgress>? progress, CancellationToken cancellationToken) => Task.Factory.StartNew(
        () =>
        {
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
            return Run(database, request, progress, cancellationToken);
        },
        cancellationToken,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    /// <summary>What began to wait for sources before the window, and the deadlines that were set before it, in stories that go on in it.</summary>
    private static void Remember(Database database, BacktestRun run, ReplayWindow window, CancellationToken cancellationToken)
    {
        for (long? after = 0; after is not null;)
        {
            after = database.Read(db =>
            {
                long? last = null;
                foreach (var reading in ReplayStore.Before(db, window, after.Value, PageSize))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    run.Remember(db, reading, cancellationToken);
                    last = reading.Id;
                }

                return last;
            });
        }
    }

    private static BacktestResult Run(Database database, BacktestRequest request, IProgress<BacktestProgress>? progress, CancellationToken cancellationToken)
    {
        var (window, configurations) = database.Read(db => ReplayStore.Window(db, request.Since, request.Until) is var found ? (found, ReplayStore.ConfigurationsOf(db, found)) : default);
        var (threads, beside) = database.Read(db => (new MergedThreads(ReplayStore.Merges(db)), window.From is null ? [] : ReplayStore.BesideReadings(db, window)));
        var run = database.Read(db => new BacktestRun(
            request, Side(request.Candidate), request.Baseline is { } baseline ? Side(baseline) : null, threads, SentOf(db), beside.Count(one => request.Rule is null || one.Alert.Rule == request.Rule)));
        if (request.Level == BacktestLevel.Alerts && (LooksBack(request.Candidate) || (request.Baseline is { } other && LooksBack(other))))
        {
            Remember(database, run, window, cancellationToken);
        }

        var (after, done) = (window.First - 1, 0);
        while (done < window.Readings)
        {
            var before = done;
            database.Read(db =>
            {
                foreach (var reading in ReplayStore.Page(db, window, after, PageSize))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    run.Add(db, reading, cancellationToken);
                    (after, done) = (reading.Id, done + 1);
                }

                return done;
            });
            CrashPoint.Reached("backtest");
            progress?.Report(new(done, window.Readings));
            if (done == before)
            {
                break; // retention took the rest meanwhile
            }
        }

        return database.Read(db => run.Result(db, window, configurations));

        ReplayedSide Side(WatchConfiguration configuration) => database.Read(db =>
        {
            var start = window.From ?? DateTimeOffset.MinValue;
            var alerts = new PastAlerts(threads);
            foreach (var (place, alert) in window.From is null ? [] : ReplayStore.AlertsBefore(db, start))
            {
                alerts.Add(place, alert);
            }

            return new ReplayedSide(configuration, alerts, new(
                UnsubscribeStore.All(db).Select(entry => new PastUnsubscription(entry.Subscriber, entry.Scope, entry.At)),
                window.From is null ? [] : ReplayStore.MessagesOf(db, start - PastMessagesOf, start)), SilenceStore.Since(db, start), threads, beside);
        });

        static bool LooksBack(WatchConfiguration configuration) => configuration.AsksForSources || configuration.RuleSet.AsksForDeadlines;

        HashSet<string> SentOf(Session db) => request.Baseline is null || window.From is null
            ? []
            : [.. ReplayStore.KeysOf(db, window).Where(alert => request.Rule is null || alert.Rule == request.Rule).Select(alert => alert.Key)];
    }
}
