namespace NewsWatch.Delivery;

/// <summary>Counts the time from its making, whatever the system's clock is set to: for waits that live in memory. Its date means nothing.</summary>
internal sealed class SteadyClock(TimeProvider clock) : TimeProvider
{
    private readonly long _start = clock.GetTimestamp();

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + clock.GetElapsedTime(_start);
}
