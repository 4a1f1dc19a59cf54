namespace NewsWatch.Storage;

/// <summary>
/// Rings when there is new work, so that nobody waits for the next sweep. Only a shortcut: a lost ring costs one sweep,
/// because the work itself is in the database.
/// </summary>
public sealed class Bell : IDisposable
{
    private readonly SemaphoreSlim _ring = new(0, 1);

    /// <summary>Wakes the waiter, now or when it next waits.</summary>
    public void Ring()
    {
        try
        {
            _ring.Release();
        }
        catch (SemaphoreFullException)
        {
            // It rings already.
        }
    }

    /// <summary>Waits for a ring, at most <paramref name="atMost"/>.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellation)
    {
        using var tooLong = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, tooLong.Token);
        try
        {
            await _ring.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Time for a sweep.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ring.Dispose();
}

/// <summary>The hand-offs: after commit 1 items wait, after commit 2 deliveries and pages do.</summary>
public sealed class Bells : IDisposable
{
    public Bell Items { get; } = new();

    public Bell Pages { get; } = new();

    public Bell Deliveries { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Items.Dispose();
        Pages.Dispose();
        Deliveries.Dispose();
    }
}
