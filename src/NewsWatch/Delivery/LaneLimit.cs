namespace NewsWatch.Delivery;

/// <summary>
/// How many messages of a channel may be under way at once: as many as are configured, or as many connections as the server turned out to allow.
/// What it allowed is remembered, and one more is tried every two minutes.
/// </summary>
internal sealed class LaneLimit(Func<int> configured, TimeProvider clock)
{
    private static readonly TimeSpan GrowAfter = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private int _running;
    private int? _learned;
    private long _changed;

    /// <summary>How many lanes run.</summary>
    public int Running
    {
        get
        {
            lock (_lock)
            {
                return _running;
            }
        }
    }

    /// <summary>Takes a lane; null when all are taken.</summary>
    public IDisposable? TryEnter()
    {
        lock (_lock)
        {
            if (_running >= Now())
            {
                return null;
            }

            _running++;
            return new Lane(this);
        }
    }

    /// <summary>True when more lanes run than may.</summary>
    public bool IsExceeded
    {
        get
        {
            lock (_lock)
            {
                return _running > Now();
            }
        }
    }

    /// <summary>Notes that the server refused one more connection; returns false if there was no other.</summary>
    public bool Shrink()
    {
        lock (_lock)
        {
            var others = Math.Min(_running, Now()) - 1;
            if (others < 1)
            {
                return false;
            }

            (_learned, _changed) = (others, clock.GetTimestamp());
            return true;
        }
    }

    /// <summary>The server is another one than before: it has come back.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _learned = null;
        }
    }

    private int Now()
    {
        if (_learned is { } learned && clock.GetElapsedTime(_changed) >= GrowAfter)
        {
            (_learned, _changed) = (learned + 1, clock.GetTimestamp());
        }

        return Math.Min(configured(), _learned ?? int.MaxValue);
    }

    private void Leave()
    {
        lock (_lock)
        {
            _running--;
        }
    }

    private sealed class Lane(LaneLimit limit) : IDisposable
    {
        public void Dispose() => limit.Leave();
    }
}
