namespace NewsWatch.Storage.Shares;

/// <summary>
/// The clock of the database's server, which all replicas share: as it was last read there, and counted on by this process's own stopwatch. The clock of the machine may be wrong
/// or be set without harm. It goes back only when the server's clock did.
/// </summary>
internal sealed class DatabaseClock(TimeProvider stopwatch) : TimeProvider
{
    /// <summary>Differences below this are how long the network took; the time does not jump back for them.</summary>
    private static readonly TimeSpan Jitter = TimeSpan.FromMilliseconds(500);

    private volatile Reading _reading = new(stopwatch.GetUtcNow(), stopwatch.GetTimestamp());

    /// <inheritdoc/>
    public override long TimestampFrequency => stopwatch.TimestampFrequency;

    /// <summary>How far the clock of this machine is ahead of the server's.</summary>
    public TimeSpan Difference => stopwatch.GetUtcNow() - GetUtcNow();

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _reading is var last ? last.At + stopwatch.GetElapsedTime(last.Timestamp) : default;

    /// <inheritdoc/>
    public override long GetTimestamp() => stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => stopwatch.CreateTimer(callback, state, dueTime, period);

    /// <summary>The server's clock was read.</summary>
    /// <param name="now">What it said.</param>
    /// <param name="asked">The timestamp at which it was asked; the reading is taken for the middle between then and now.</param>
    public void Set(DateTimeOffset now, long asked)
    {
        var at = now + (stopwatch.GetElapsedTime(asked) / 2);
        var ahead = GetUtcNow() - at;
        if (ahead < TimeSpan.Zero || ahead > Jitter)
        {
            _reading = new(at, stopwatch.GetTimestamp());
        }
    }

    private sealed record Reading(DateTimeOffset At, long Timestamp);
}
