using NewsWatch.Core.Articles;
using NewsWatch.Fetching;

namespace NewsWatch.Polling;

/// <summary>What a host's robots.txt says about an address.</summary>
internal abstract record RobotsAnswer
{
    private RobotsAnswer()
    {
    }

    /// <summary>It may be asked for.</summary>
    public sealed record Allowed : RobotsAnswer;

    /// <summary>It may not.</summary>
    public sealed record Refused : RobotsAnswer
    {
        /// <summary>For the operator.</summary>
        public const string Reason = "robots.txt does not allow this address";
    }

    /// <summary>Nobody knows: the file exists perhaps and could not be had, so nothing is allowed yet.</summary>
    /// <param name="Why">One sentence.</param>
    /// <param name="RetryAt">The server's wish.</param>
    public sealed record Unknown(string Why, DateTimeOffset? RetryAt) : RobotsAnswer;
}

/// <summary>
/// Asks each host's robots.txt (RFC 9309) before pages of it: no file allows everything, an unreachable one nothing. What was read is kept
/// for a day at most, and goes on to hold while the host cannot be reached.
/// </summary>
internal sealed class RobotsGate(Func<FetchRequest, CancellationToken, Task<FetchResult>> fetch, TimeProvider clock)
{
    private const string Product = "NewsWatch";
    private const int MostHosts = 10_000;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan UnreachableFor = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Known> _known = [];

    /// <summary>Asks, or remembers. The caller holds the host's gate.</summary>
    public async Task<RobotsAnswer> AskAsync(Uri url, CancellationToken cancellation)
    {
        if (url.AbsolutePath == "/robots.txt")
        {
            return new RobotsAnswer.Allowed();
        }

        var origin = url.GetLeftPart(UriPartial.Authority);
        var known = Find(origin);
        if (known is null || known.Until <= clock.GetUtcNow())
        {
            known = Learned(await fetch(new FetchRequest { Url = origin + "/robots.txt", Accept = "text/plain, */*;q=0.5" }, cancellation), known);
            Keep(origin, known);
        }

        return known.Rules is null ? known.Trouble! : known.Rules.Allows(url) ? new RobotsAnswer.Allowed() : new RobotsAnswer.Refused();
    }

    private Known Learned(FetchResult result, Known? before)
    {
        var now = clock.GetUtcNow();
        return result switch
        {
            FetchResult.Fetched file => new(RobotsTxt.Parse(file.Body.Span, Product), now + Kept(file.Facts.FreshFor)),
            FetchResult.Failed { RetryAt: { } retryAt } throttled => Unreachable(throttled.Reason, retryAt),
            FetchResult.Failed { Status: null or >= 500 } failed => Unreachable(failed.Reason, null),
            FetchResult.TooLarge => Unreachable(result.Problem, null),
            _ => new(RobotsTxt.None, now + Longest),
        };

        Known Unreachable(string why, DateTimeOffset? retryAt) => new(before?.Rules, retryAt ?? now + UnreachableFor)
        {
            Trouble = new($"robots.txt could not be had: {why}", retryAt),
        };
    }

    /// <summary>As long as the answer is fresh, between ten minutes and a day.</summary>
    private static TimeSpan Kept(TimeSpan? fresh) => fresh is not { } span || span > Longest ? Longest : span < Shortest ? Shortest : span;

    private Known? Find(string origin)
    {
        lock (_lock)
        {
            return _known.GetValueOrDefault(origin);
        }
    }

    private void Keep(string origin, Known known)
    {
        lock (_lock)
        {
            if (_known.Count >= MostHosts)
            {
                foreach (var old in _known.OrderBy(pair => pair.Value.Until).Take(MostHosts / 10).Select(pair => pair.Key).ToList())
                {
                    _known.Remove(old);
                }
            }

            _known[origin] = known;
        }
    }

    private sealed record Known(RobotsTxt? Rules, DateTimeOffset Until)
    {
        public RobotsAnswer.Unknown? Trouble { get; init; }
    }
}
