using System.Data.Common;
using System.Diagnostics.Metrics;
using NewsWatch.Configuration;
using NewsWatch.Storage;
using NewsWatch.Storage.Operators;

namespace NewsWatch.Backtest;

/// <summary>
/// Backtests of the desk: one runs at a time, the next wait in their order. A page that is closed ends none; the service's end does, and its row stays as it was.
/// </summary>
internal sealed class BacktestQueue : IAsyncDisposable
{
    /// <summary>Backtests that may wait or run at a time.</summary>
    public const int MaxOpen = 5;

    private readonly Database _database;
    private readonly TimeProvider _clock;
    private readonly Counter<long> _ended;
    private readonly Histogram<double> _seconds;
    private readonly Lock _lock = new();
    private readonly List<Job> _open = [];
    private readonly CancellationTokenSource _stopping = new();
    private Task _last = Task.CompletedTask;

    public BacktestQueue(Database database, IMeterFactory meters, TimeProvider clock)
    {
        (_database, _clock) = (database, clock);
        var meter = meters.Create("newswatch");
        _ended = meter.CreateCounter<long>("backtests_total", description: "Backtests of the desk, by outcome.");
        _seconds = meter.CreateHistogram<double>("backtest_seconds", "s", "One backtest of the desk, without its wait for a turn.");
    }

    /// <summary>The number of the backtest that runs, and how much of it is done in percent; 0 for none.</summary>
    public (long Id, int Share) Running
    {
        get
        {
            lock (_lock)
            {
                return _open.Count > 0 ? (_open[0].Id, _open[0].Share) : default;
            }
        }
    }

    /// <summary>Starts a backtest, or lets it wait for its turn.</summary>
    /// <param name="asked">JSON: what was asked for, to be kept with the result.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="key">The form's own key; null for none.</param>
    /// <returns>Its number; null where too many wait.</returns>
    public async Task<long?> StartAsync(BacktestRequest request, string asked, string by, string? key, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_open.Count >= MaxOpen)
            {
                return null;
            }
        }

        var (id, isNew) = await _database.WriteAsync(db => BacktestStore.Add(db, _clock.GetUtcNow(), by, asked, Product.Version, key), cancellationToken);
        if (isNew)
        {
            lock (_lock)
            {
                var job = new Job(id, request, CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token));
                _open.Add(job);
                _last = RunAfterAsync(_last, job);
            }
        }

        return id;
    }

    /// <summary>How many stand before it; 0 for the one that runs, null for one that is not open.</summary>
    public int? PlaceOf(long id)
    {
        lock (_lock)
        {
            return _open.FindIndex(job => job.Id == id) is >= 0 and var place ? place : null;
        }
    }

    /// <summary>Stops a backtest that waits or runs: within a reading.</summary>
    /// <returns>False for one that is not open.</returns>
    public bool Cancel(long id)
    {
        lock (_lock)
        {
            var job = _open.Find(job => job.Id == id);
            job?.Stop.Cancel();
            return job is not null;
        }
    }

    /// <summary>For tests: ends when all that were started have ended.</summary>
    internal Task IdleAsync()
    {
        lock (_lock)
        {
            return _last;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await IdleAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task RunAfterAsync(Task before, Job job)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var begun = _clock.GetTimestamp();
        try
        {
            var (state, result) = await ResultAsync(job);
            if (!_stopping.IsCancellationRequested)
            {
                await _database.WriteAsync(db => BacktestStore.End(db, job.Id, state, result));
                _ended.Add(1, new KeyValuePair<string, object?>("outcome", StoredName.Of(state)));
                _seconds.Record(_clock.GetElapsedTime(begun).TotalSeconds);
            }
        }
        finally
        {
            lock (_lock)
            {
                _open.Remove(job);
            }

            job.Stop.Dispose();
        }
    }

    private async Task<(BacktestState State, string? Result)> ResultAsync(Job job)
    {
        try
        {
            return (BacktestState.Done, StoredJson.Write(await Backtester.RunAsync(_database, job.Request, job, job.Stop.Token)));
        }
        catch (OperationCanceledException)
        {
            return (BacktestState.Cancelled, null);
        }
        catch (DbException unreadable)
        {
            return (BacktestState.Failed, StoredJson.Write($"The archive could not be read: {unreadable.Message}"));
        }
    }

    private sealed class Job(long id, BacktestRequest request, CancellationTokenSource stop) : IProgress<BacktestProgress>
    {
        private int _share;

        public long Id => id;

        public BacktestRequest Request => request;

        public CancellationTokenSource Stop => stop;

        public int Share => Volatile.Read(ref _share);

        public void Report(BacktestProgress value) => Volatile.Write(ref _share, value.Total == 0 ? 0 : (int)(100L * value.Done / value.Total));
    }
}
