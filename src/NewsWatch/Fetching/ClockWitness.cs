namespace NewsWatch.Fetching;

/// <summary>
/// Compares the system's clock with the time in the polled servers' replies (their Date header): the median over hosts of the
/// last hour. If at least three hosts say that the clock is more than five minutes wrong, it no longer decides about the age of news.
/// </summary>
public sealed class ClockWitness(TimeProvider clock)
{
    /// <summary>The error that a clock may have.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>While there are too few hosts, a single reply counts only if it differs by this much: more than any cache or careless server.</summary>
    private static readonly TimeSpan Doubt = TimeSpan.FromHours(1);

    /// <summary>A host's time counts for this long.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>If the system's clock and its stopwatch differ by more than this, the clock was set or the machine slept.</summary>
    private static readonly TimeSpan Jump = TimeSpan.FromMinutes(1);

    private const int MinHosts = 3;
    private const int MaxHosts = 1_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DateTimeOffset Time, long At)> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private (DateTimeOffset Wall, long At) _last = (clock.GetUtcNow(), clock.GetTimestamp());

    /// <summary>How far the system's clock is behind the hosts' time, negative if it is ahead; null while fewer than three hosts have replied.</summary>
    public TimeSpan? Offset
    {
        get
        {
            lock (_lock)
            {
                Forget();
                return _hosts.Count < MinHosts ? null : Median(clock.GetUtcNow());
            }
        }
    }

    /// <summary>The hosts' time if they contradict the system's clock, else the system's time.</summary>
    public DateTimeOffset Now => clock.GetUtcNow() + (Offset is { } offset && offset.Duration() > Tolerance ? offset : TimeSpan.Zero);

    /// <summary>The time by which to judge a reply's news: <see cref="Now"/>, or the reply's own time while there are too few hosts.</summary>
    /// <param name="replied">The reply's own time; null if it has none.</param>
    public DateTimeOffset NowFor(DateTimeOffset? replied) =>
        replied is { } time && Offset is null && (time - clock.GetUtcNow()).Duration() > Doubt ? time : Now;

    /// <summary>Notes a reply whose server gives the current time as <paramref name="time"/>.</summary>
    public void Observe(string host, DateTimeOffset time)
    {
        lock (_lock)
        {
            Forget();
            if (_hosts.Count < MaxHosts || _hosts.ContainsKey(host))
            {
                _hosts[host] = (time, clock.GetTimestamp());
            }
        }
    }

    private void Forget()
    {
        var (wall, at) = (clock.GetUtcNow(), clock.GetTimestamp());
        var jumped = (wall - _last.Wall - clock.GetElapsedTime(_last.At, at)).Duration() > Jump;
        _last = (wall, at);
        foreach (var (host, seen) in _hosts)
        {
            if (jumped || clock.GetElapsedTime(seen.At, at) > Window)
            {
                _hosts.Remove(host);
            }
        }
    }

    private TimeSpan Median(DateTimeOffset now)
    {
        var offsets = _hosts.Values.Select(seen => seen.Time + clock.GetElapsedTime(seen.At) - now).Order().ToList();
        return offsets[offsets.Count / 2];
    }
}
