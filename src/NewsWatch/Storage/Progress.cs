namespace NewsWatch.Storage;

/// <summary>When the poller last went through a whole cycle: what a health check needs to know and the database need not keep.</summary>
public sealed class Progress
{
    private long _lastCycle;

    /// <summary>When the last cycle ended; null before the first.</summary>
    public DateTimeOffset? LastCycle => Interlocked.Read(ref _lastCycle) is var at and > 0 ? UnixTime.At(at) : null;

    /// <summary>A cycle has ended.</summary>
    public void CycleEnded(DateTimeOffset at) => Interlocked.Exchange(ref _lastCycle, UnixTime.Of(at));
}
