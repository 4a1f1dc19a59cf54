namespace NewsWatch.Fetching;

/// <summary>
/// What the servers that are asked say the time is (the Date header of their answers), held against the system's clock: the median over hosts of the
/// last hour. The system's clock decides nothing about the age of news when at least three hosts say that it is more than five minutes wrong.
/// </summary>
public sealed class ClockWitness(TimeProvider clock)
{
    /// <summary>A clock that is wrong by no more than this is right enough.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>How much a single answer must differ to be believed while there are too few hosts: more than any cache or careless server.</summary>
    private static readonly TimeSpan Doubt = TimeSpan.FromHours(1);

    /// <summary>So long a host's word counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>A system's clock and its stopwatch that part by more than this: the clock was set, or the machine slept.</summary>
    private static readonly TimeSpan Jump = TimeSpan.FromMinutes(1);

    private const int MinHosts = 3;
    private const int MaxHosts = 1_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DateTimeOffset Time, long At)> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private (DateTimeOffset Wall, long At) _last = (clock.GetUtcNow(), clock.GetTimestamp());

    /// <summary>By how much the system's clock is behind what the hosts say, negative when it is ahead; null while fewer than three have said so.</summary>
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

    /// <summary>The time as the hosts have it where they contradict the system's clock, else the system's.</summary>
    public DateTimeOffset Now => clock.GetUtcNow() + (Offset is { } offset && offset.Duration() > Tolerance ? offset : TimeSpan.Zero);

    /// <summary>The time to judge an answer's news by: <see cref="Now"/>, or what the answer itself says while there are too few hosts.</summary>
    /// <param name="answered">The answer's own time; null when it has none.</param>
    public DateTimeOffset NowFor(DateTimeOffset? answered) =>
        answered is { } told && Offset is null && (told - clock.GetUtcNow()).Duration() > Doubt ? told : Now;

    /// <summary>An answer has come whose server says that it is <paramref name="time"/> now.</summary>
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
        foreach (var (host, told) in _hosts)
        {
            if (jumped || clock.GetElapsedTime(told.At, at) > Window)
            {
                _hosts.Remove(host);
            }
        }
    }

    private TimeSpan Median(DateTimeOffset now)
    {
        var offsets = _hosts.Values.Select(told => told.Time + clock.GetElapsedTime(told.At) - now).Order().ToList();
        return offsets[offsets.Count / 2];
    }
}
