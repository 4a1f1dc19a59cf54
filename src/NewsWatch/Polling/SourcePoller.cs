using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NewsWatch.Configuration;
using NewsWatch.Fetching;
using NewsWatch.Fetching.Documents;
using NewsWatch.Fetching.Hosts;
using NewsWatch.Polling.Items;
using NewsWatch.Polling.Sources;
using NewsWatch.Storage;
using NewsWatch.Storage.Locks;
using NewsWatch.Storage.Sources;
using NewsWatch.Storage.Work;

namespace NewsWatch.Polling;

/// <summary>
/// Polls what is due: claim with a lease, one request per host, fetch, read, commit 1, signal. The due times are in the database; what was
/// claimed and not committed when the process died is due again.
/// </summary>
public sealed partial class SourcePoller : IDisposable
{
    private readonly Database _database;
    private readonly Leases _leases;
    private readonly ConfigurationHolder _configurations;
    private readonly SourceReader _reader;
    private readonly DocumentReaders _readers;
    private readonly SourceClaimer _claimer;
    private readonly QuietPolls _quiet;
    private readonly ClockWitness _witness;
    private readonly WorkSignals _signals;
    private readonly PollLimits _limits;
    private readonly PollMetrics _metrics;
    private readonly FirstLookTurn _firstLook;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly ConcurrentDictionary<Task, SourceStanding> _inFlight = [];
    private readonly SemaphoreSlim _claiming = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();

    public SourcePoller(
        Database database, Leases leases, ConfigurationHolder configurations, Fetcher fetcher, DocumentReaders readers, WorkSignals signals, PollLimits limits, PollMetrics metrics, FirstLookTurn firstLook, TimeProvider clock, ILogger<SourcePoller> logger)
    {
        (_database, _leases, _configurations, _readers, _signals, _limits, _metrics, _firstLook, _clock, _log) = (database, leases, configurations, readers, signals, limits, metrics, firstLook, clock, logger);
        Robots = new RobotsPolicy(fetcher.FetchAsync, readers, clock);
        _reader = new SourceReader(fetcher, readers, new FeedBackfill(fetcher, readers, database, clock), new SitemapReader(fetcher, readers, clock), Robots, limits, clock);
        Gate = new HostRateLimiter(limits.HostGap);
        _claimer = new SourceClaimer(database, leases, configurations, limits, Gate, clock);
        _quiet = new QuietPolls(database);
        _witness = fetcher.Witness;
    }

    /// <summary>Polls in flight.</summary>
    public int InFlight => _inFlight.Count;

    /// <summary>The rate limit of each host; all other requests to hosts go through it too.</summary>
    internal HostRateLimiter Gate { get; }

    /// <summary>What hosts let be asked for, where it is no feed.</summary>
    internal RobotsPolicy Robots { get; }

    /// <summary>Claims and polls the due sources and waits for them; returns their number.</summary>
    public async Task<int> PollDueAsync(CancellationToken cancellationToken)
    {
        var started = await StartDueAsync(cancellationToken);
        await Task.WhenAll(started);
        return started.Count;
    }

    /// <summary>Claims what is due now, as far as there is room, and begins to poll it; the tasks never fail.</summary>
    public async Task<IReadOnlyList<Task>> StartDueAsync(CancellationToken cancellationToken) => [.. (await BeginDueAsync(cancellationToken)).Select(begun => begun.Poll)];

    /// <summary>Polls every source once, due or not (those that asked for a pause excepted), and waits for it.</summary>
    public async Task PollAllAsync(CancellationToken cancellationToken)
    {
        await _claimer.SynchronizeAsync(cancellationToken);
        var started = _clock.GetUtcNow();
        await _database.WriteAsync(db => PollQueue.SetAllDue(db, started), cancellationToken);
        var asked = new HashSet<string>();
        while (NextUnasked(started, asked) is { } due)
        {
            if (due > _clock.GetUtcNow())
            {
                await Task.Delay(due - _clock.GetUtcNow(), _clock, cancellationToken);
            }

            var begun = await BeginDueAsync(cancellationToken);
            asked.UnionWith(begun.Select(one => one.Source));
            await Task.WhenAll(begun.Select(one => one.Poll));
        }
    }

    /// <summary>Waits for the polls in flight; when <paramref name="cancellationToken"/> is cancelled they are given back instead.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await using var givenUp = cancellationToken.Register(_stopping.Cancel);
        await Task.WhenAll(_inFlight.Keys);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        _claiming.Dispose();
        _quiet.Dispose();
    }

    private async Task<IReadOnlyList<(string Source, Task Poll)>> BeginDueAsync(CancellationToken cancellationToken)
    {
        await _claiming.WaitAsync(cancellationToken);
        try
        {
            var configuration = await _claimer.SynchronizeAsync(cancellationToken);
            var slots = new PollSlots(_limits.InFlight, _inFlight.Values);
            return [.. (await _claimer.ClaimAsync(configuration, slots)).Select(row => (row.Id, Start(configuration, row)))];
        }
        finally
        {
            _claiming.Release();
        }
    }

    private Task Start(WatchConfiguration configuration, SourceRow row)
    {
        var poll = Task.Run(() => PollAsync(configuration, configuration.Sources[row.Id], row));
        _inFlight[poll] = row.Standing;
        return ForgetAsync(poll);
    }

    private async Task ForgetAsync(Task poll)
    {
        // A poll whose end could not be written down has abandoned its lease.
        await poll.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _inFlight.TryRemove(poll, out _);
    }

    private async Task PollAsync(WatchConfiguration configuration, Source source, SourceRow row)
    {
        try
        {
            await EndAsync(configuration, source, row, _clock.GetUtcNow());
        }
        catch
        {
            _leases.Abandon(row.Lease);
            throw;
        }
        finally
        {
            _claimer.Leave(source, row);
        }
    }

    private async Task EndAsync(WatchConfiguration configuration, Source source, SourceRow row, DateTimeOffset asked)
    {
        using var stopping = _leases.Share.UntilCut(_stopping.Token);
        try
        {
            using var memory = _readers.Open();
            await KeepAsync(configuration, source, row, asked, row.Starts > PollLimits.MaxStarts ? PollResult.Deadly : await _reader.ReadAsync(source, row, memory, stopping.Token));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await _database.WriteAsync(db => PollQueue.Release(db, [row.Lease]));
        }
#pragma warning disable CA1031 // one source that cannot be polled must not stop the others; it backs off, and the operator gets a notice
        catch (Exception failure) when (!StorageTrouble.Is(failure))
#pragma warning restore CA1031
        {
            PollFailed(_log, failure, source.Id);
            await KeepAsync(configuration, source, row.Unlearned(), asked, new PollResult.Failed($"reading it broke NewsWatch ({failure.GetType().Name}); the log has the details", Transient: false));
        }
    }

    private async Task KeepAsync(WatchConfiguration configuration, Source source, SourceRow row, DateTimeOffset asked, PollResult answer)
    {
        var isFirstLook = _firstLook.IsOn; // before the commit: the report may follow at once
        var seen = _witness.NowFor((answer as PollResult.Updated)?.Facts.ServerTime);
        var commit = new SourceWriter(configuration, source, row, asked, _clock.GetUtcNow()) { Seen = seen };
        var committed = await CommitAsync(source, commit, answer, seen);
        CrashPoint.Reached("commit1.after");
        if (committed is null)
        {
            _leases.Lost(Stage.Poll);
            LeaseLost(_log, source.Id);
            return;
        }

        if (committed.Items is { New: > 0 })
        {
            _signals.Items.Set();
        }

        _metrics.Count(answer, asked - row.NextDue, committed.Items);
        new PollLog(_log, _clock).Tell(answer, committed, isFirstLook);
    }

    private Task<PollCommit?> CommitAsync(Source source, SourceWriter commit, PollResult answer, DateTimeOffset seen)
    {
        if (answer is PollResult.Unchanged same)
        {
            return _quiet.EndAsync(commit, same, _stopping.Token);
        }

        var items = answer is PollResult.Updated news ? PreparedItems.From(_database, source, news.Feed, seen) : null;
        return _database.WriteAsync(LockSet.Of(LockKey.Source(source.Id)), db => commit.Save(db, answer, items), _stopping.Token);
    }

    private DateTimeOffset? NextUnasked(DateTimeOffset since, HashSet<string> asked)
    {
        var unasked = _database.Read(db => PollQueue.NextDue(db, since, since + TimeSpan.FromHours(1))).Where(next => !asked.Contains(next.Id)).ToList();
        return unasked.Count > 0 ? unasked.Min(next => next.Due) : null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Source {Source} is polled by another process by now; this poll is not written down")]
    private static partial void LeaseLost(ILogger logger, string source);

    [LoggerMessage(Level = LogLevel.Error, Message = "Poll of source {Source} broke")]
    private static partial void PollFailed(ILogger logger, Exception failure, string source);
}
