namespace NewsWatch.Storage.Work;

/// <summary>
/// Is set when there is new work, so that nobody waits for the next sweep. Only a shortcut: a lost signal costs one sweep,
/// because the work itself is in the database.
/// </summary>
/// <param name="toTell">Is set, too, so that other processes hear of the work; null where they need not.</param>
public sealed class WorkSignal(WorkSignal? toTell = null) : IDisposable
{
    private readonly SemaphoreSlim _semaphore = new(0, 1);
    private int _untold;

    /// <summary>Wakes the waiter, now or when it next waits; there is new work.</summary>
    public void Set()
    {
        Hear();
        if (toTell is not null)
        {
            Interlocked.Exchange(ref _untold, 1);
            toTell.Set();
        }
    }

    /// <summary>True when there was new work that other processes were not told of; they are by the caller.</summary>
    internal bool TakeUntold() => Interlocked.Exchange(ref _untold, 0) == 1;

    /// <summary>Wakes the waiter: another process has told of the work.</summary>
    internal void Hear()
    {
        try
        {
            _semaphore.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is set already.
        }
    }

    /// <summary>Waits until it is set, at most <paramref name="atMost"/>.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellation)
    {
        using var tooLong = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, tooLong.Token);
        try
        {
            await _semaphore.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Time for a sweep.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _semaphore.Dispose();
}

/// <summary>The hand-offs: after commit 1 items wait, after commit 2 deliveries and pages do.</summary>
public sealed class WorkSignals : IDisposable
{
    public WorkSignals() => (Pages, Deliveries, Shares) = (new(Others), new(Others), new(Others));

    /// <summary>Whoever made the items can decide on them, too: no other process is told.</summary>
    public WorkSignal Items { get; } = new();

    public WorkSignal Pages { get; }

    public WorkSignal Deliveries { get; }

    /// <summary>A replica joined, left or was removed, or gave work away: the others look at once what is theirs now.</summary>
    internal WorkSignal Shares { get; }

    /// <summary>Is set when other processes may have to be told of pages, deliveries or shares that are theirs.</summary>
    internal WorkSignal Others { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Items.Dispose();
        Pages.Dispose();
        Deliveries.Dispose();
        Shares.Dispose();
        Others.Dispose();
    }
}
