namespace NewsWatch.Storage.Work;

/// <summary>
/// Is set when there is new work, so that nobody waits for the next sweep. Only a shortcut: a lost signal costs one sweep,
/// because the work itself is in the database.
/// </summary>
public sealed class WorkSignal : IDisposable
{
    private readonly SemaphoreSlim _semaphore = new(0, 1);

    /// <summary>Wakes the waiter, now or when it next waits.</summary>
    public void Set()
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
    public WorkSignal Items { get; } = new();

    public WorkSignal Pages { get; } = new();

    public WorkSignal Deliveries { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Items.Dispose();
        Pages.Dispose();
        Deliveries.Dispose();
    }
}
