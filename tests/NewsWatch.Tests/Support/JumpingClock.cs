using Microsoft.Extensions.Time.Testing;

namespace NewsWatch.Tests.Support;

/// <summary>A clock that is set forward and back as an administrator or a time server does: timers and stopwatches do not notice.</summary>
internal sealed class JumpingClock(FakeTimeProvider steady) : TimeProvider
{
    /// <summary>By how much it is wrong now.</summary>
    public TimeSpan SetBy { get; set; }

    public override long TimestampFrequency => steady.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => steady.GetUtcNow() + SetBy;

    public override long GetTimestamp() => steady.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => steady.CreateTimer(callback, state, dueTime, period);
}
