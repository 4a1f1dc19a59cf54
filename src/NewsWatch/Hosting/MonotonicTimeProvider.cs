namespace NewsWatch.Hosting;

/// <summary>Counts the time from its making, whatever the system's clock is set to: for waits that live in memory. Its date is the one of its making, plus that time.</summary>
internal sealed class MonotonicTimeProvider(TimeProvider clock) : TimeProvider
{
    private readonly DateTimeOffset _made = clock.GetUtcNow();
    private readonly long _start = clock.GetTimestamp();

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _made + clock.GetElapsedTime(_start);
}
