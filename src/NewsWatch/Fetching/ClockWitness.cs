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

    /// <summary>A host is heard again after this time, or if its clock was set by more than <see cref="Blur"/>: a median over all hosts at each reply would cost more than the poll.</summary>
    private static readonly TimeSpan HeardFor = TimeSpan.FromMinutes(1);

    /// <summary>What a Date header, which has whole seconds, and the way of a reply add.</summary>
    private static readonly TimeSpan Blur = TimeSpan.FromSeconds(5);

    /// <summary>If the system's clock and its stopwatch differ by more than this, the clock was set or the machine slept.</summary>
    private static readonly TimeSpan Jump = TimeSpan.FromMinutes(1);

    private const int MinHosts = 3;
    private const int MaxHosts = 1_000;
    private readonly Lock _lock = new();
    private readonly long _start = clock.GetTimestamp();
    private readonly Dictionary<string, (DateTimeOffset AtStart, long Heard)> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private (DateTimeOffset Wall, long At) _last = (clock.GetUtcNow(), clock.GetTimestamp());
    private long? _firstHeard;
    private DateTimeOffset? _medianAtStart;

    /// <summary>How far the system's clock is behind the hosts' time, negative if it is ahead; null while fewer than three hosts have replied.</summary>
    public TimeSpan? Offset
    {
        get
        {
            lock (_lock)
            {
                Forget();
                return _hosts.Count < MinHosts ? null : MedianAtStart() + clock.GetElapsedTime(_start) - clock.GetUtcNow();
            }
        }
    }

    /// <summary>The hosts' time if they contradict the system's clock, else the system's time.</summary>
    public DateTimeOffset Now => NowFor(null);

    /// <summary>The time by which to judge a reply's news: <see cref="Now"/>, or the reply's own time while there are too few hosts.</summary>
    /// <param name="replied">The reply's own time; null if it has none.</param>
    public DateTimeOffset NowFor(DateTimeOffset? replied)
    {
        var (now, offset) = (clock.GetUtcNow(), Offset);
        return offset is null && replied is { } time && (time - now).Duration() > Doubt ? time
            : offset is { } wrong && wrong.Duration() > Tolerance ? now + wrong
            : now;
    }

    /// <summary>Notes a reply whose server gives the current time as <paramref name="time"/>.</summary>
    public void Observe(string host, DateTimeOffset time)
    {
        lock (_lock)
        {
            Forget();
            var now = clock.GetTimestamp();
            var atStart = time - clock.GetElapsedTime(_start, now);
            var isKnown = _hosts.TryGetValue(host, out var known);
            var isHeard = isKnown && clock.GetElapsedTime(known.Heard, now) < HeardFor && (known.AtStart - atStart).Duration() <= Blur;
            if (!isHeard && (isKnown || _hosts.Count < MaxHosts))
            {
                _hosts[host] = (atStart, now);
                _firstHeard ??= now;
                _medianAtStart = null;
            }
        }
    }

    private void Forget()
    {
        var (wall, at) = (clock.GetUtcNow(), clock.GetTimestamp());
        var jumped = (wall - _last.Wall - clock.GetElapsedTime(_last.At, at)).Duration() > Jump;
        _last = (wall, at);
        if (!jumped && !(_firstHeard is { } first && clock.GetElapsedTime(first, at) > Window))
        {
            return;
        }

        foreach (var (host, seen) in _hosts)
        {
            if (jumped || clock.GetElapsedTime(seen.Heard, at) > Window)
            {
                _hosts.Remove(host);
            }
        }

        _firstHeard = _hosts.Count > 0 ? _hosts.Values.Min(seen => seen.Heard) : null;
        _medianAtStart = null;
    }

    /// <summary>What the hosts' clocks showed when this object was made: it stays the same while no host is heard, however the system's clock is set.</summary>
    private DateTimeOffset MedianAtStart() => _medianAtStart ??= _hosts.Values.Select(seen => seen.AtStart).Order().ElementAt(_hosts.Count / 2);
}
