namespace NewsWatch.Bench;

/// <summary>How far the process's memory (its resident set) rises above where it was, looked at every few milliseconds.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private readonly long _before = Environment.WorkingSet;
    private readonly Timer _timer;
    private long _most;

    public MemoryWatch() => _timer = new Timer(_ => Look(), null, 0, 5);

    /// <summary>Bytes, at least 0.</summary>
    public long Grown
    {
        get
        {
            Look();
            return Math.Max(0, Interlocked.Read(ref _most) - _before);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var now = Environment.WorkingSet;
        for (var most = Interlocked.Read(ref _most); now > most && Interlocked.CompareExchange(ref _most, now, most) != most; most = Interlocked.Read(ref _most))
        {
        }
    }
}
