using NewsWatch.Core.Articles;
using NewsWatch.Fetching.Documents;

namespace NewsWatch.Fetching.Hosts;

/// <summary>The verdict of a host's robots.txt on an address.</summary>
internal abstract record RobotsVerdict
{
    private RobotsVerdict()
    {
    }

    /// <summary>It may be asked for.</summary>
    public sealed record Allowed : RobotsVerdict;

    /// <summary>It may not.</summary>
    public sealed record Refused : RobotsVerdict
    {
        /// <summary>For the operator.</summary>
        public const string Reason = "robots.txt does not allow this address";
    }

    /// <summary>robots.txt may exist but could not be fetched, so nothing is allowed yet.</summary>
    /// <param name="Why">One sentence.</param>
    /// <param name="RetryAt">The time that the server asked for.</param>
    public sealed record Unknown(string Why, DateTimeOffset? RetryAt) : RobotsVerdict;
}

/// <summary>
/// Reads each host's robots.txt (RFC 9309) before its pages: a missing file allows everything, an unreachable one nothing. A file is kept
/// for up to a day, and stays in force while the host is unreachable.
/// </summary>
internal sealed class RobotsPolicy(Func<FetchRequest, CancellationToken, Task<FetchResult>> fetch, DocumentReaders readers, TimeProvider clock)
{
    private const string Product = "NewsWatch";
    private const int MaxHosts = 10_000;
    private const long MaxCharacters = 16 * 1024 * 1024;
    private static readonly TimeSpan MaxKept = TimeSpan.FromHours(24);
    private static readonly TimeSpan MinKept = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan UnreachableFor = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Known> _known = [];
    private long _characters;

    /// <summary>The remembered files: up to 10,000 hosts, fewer if the files are long.</summary>
    public int Remembered => _known.Count;

    /// <summary>Returns the verdict of the remembered or fetched file. The caller holds the host's gate.</summary>
    public async Task<RobotsVerdict> AskAsync(Uri url, CancellationToken cancellationToken)
    {
        if (url.AbsolutePath == "/robots.txt")
        {
            return new RobotsVerdict.Allowed();
        }

        var origin = url.GetLeftPart(UriPartial.Authority);
        var known = Find(origin);
        if (known is null || known.Until <= clock.GetUtcNow())
        {
            using var memory = readers.Open();
            known = await LearnedAsync(await fetch(new FetchRequest { Url = origin + "/robots.txt", Accept = "text/plain, */*;q=0.5", Memory = memory }, cancellationToken), known, memory, cancellationToken);
            Keep(origin, known);
        }

        return known.Rules is null ? known.Trouble! : known.Rules.Allows(url) ? new RobotsVerdict.Allowed() : new RobotsVerdict.Refused();
    }

    private async Task<Known> LearnedAsync(FetchResult result, Known? before, Holding memory, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return result switch
        {
            FetchResult.Fetched file => await ReadAsync(file, memory, cancellationToken) is { } rules ? new(rules, now + Kept(file.Facts.FreshFor)) : Unreachable(DocumentReaders.TooComplex, null),
            FetchResult.Failed { RetryAt: { } retryAt } throttled => Unreachable(throttled.Reason, retryAt),
            FetchResult.Failed { Status: null or >= 500 } failed => Unreachable(failed.Reason, null),
            FetchResult.TooLarge => Unreachable(result.Problem, null),
            _ => new(RobotsTxt.None, now + MaxKept),
        };

        Known Unreachable(string why, DateTimeOffset? retryAt) => new(before?.Rules, retryAt ?? now + UnreachableFor)
        {
            Trouble = new($"robots.txt could not be fetched: {why}", retryAt),
        };
    }

    private Task<RobotsTxt?> ReadAsync(FetchResult.Fetched file, Holding memory, CancellationToken cancellationToken) =>
        readers.FeedAsync(Math.Min(file.Body.Length, RobotsTxt.MaxFile), memory, _ => RobotsTxt.Parse(file.Body.Span, Product), cancellationToken);

    /// <summary>As long as the reply is fresh, between ten minutes and a day.</summary>
    private static TimeSpan Kept(TimeSpan? fresh) => fresh is not { } span || span > MaxKept ? MaxKept : span < MinKept ? MinKept : span;

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
            Forget(origin);
            if (_known.Count >= MaxHosts || _characters + known.Size > MaxCharacters)
            {
                _known.OrderBy(pair => pair.Value.Until).Take((_known.Count / 10) + 1).Select(pair => pair.Key).ToList().ForEach(Forget);
            }

            _known[origin] = known;
            _characters += known.Size;
        }
    }

    private void Forget(string origin)
    {
        if (_known.Remove(origin, out var known))
        {
            _characters -= known.Size;
        }
    }

    private sealed record Known(RobotsTxt? Rules, DateTimeOffset Until)
    {
        public RobotsVerdict.Unknown? Trouble { get; init; }

        public int Size { get; } = Rules?.Size ?? 0;
    }
}
