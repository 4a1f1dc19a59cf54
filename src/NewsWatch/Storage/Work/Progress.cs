namespace NewsWatch.Storage.Work;

/// <summary>When the poller last went through a whole cycle, and which channels accept nothing: what a health check needs to know and the database need not keep.</summary>
public sealed class Progress(TimeProvider clock)
{
    private volatile Cycle? _last;

    /// <summary>The channels that accept nothing.</summary>
    public ChannelSilence Channels { get; } = new(clock);

    /// <summary>When the last cycle ended; null before the first.</summary>
    public DateTimeOffset? LastCycle => _last?.At;

    /// <summary>How long ago that was, whatever the clock was set to meanwhile.</summary>
    public TimeSpan? SinceLastCycle => _last is { } last ? clock.GetElapsedTime(last.Timestamp) : null;

    /// <summary>A cycle has ended.</summary>
    public void CycleEnded() => _last = new(clock.GetUtcNow(), clock.GetTimestamp());

    private sealed record Cycle(DateTimeOffset At, long Timestamp);
}
