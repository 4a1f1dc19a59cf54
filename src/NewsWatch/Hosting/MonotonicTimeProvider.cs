namespace NewsWatch.Hosting;

/// <summary>Counts the time since its creation, whatever happens to the system's clock: for waits in memory. Its date is the date of its creation plus that time.</summary>
internal sealed class MonotonicTimeProvider(TimeProvider clock) : TimeProvider
{
    private readonly DateTimeOffset _made = clock.GetUtcNow();
    private readonly long _start = clock.GetTimestamp();

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _made + clock.GetElapsedTime(_start);
}
