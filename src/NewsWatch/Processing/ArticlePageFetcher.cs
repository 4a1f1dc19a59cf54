using NewsWatch.Configuration;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Articles.Pages;
using NewsWatch.Core.Feeds;
using NewsWatch.Fetching;
using NewsWatch.Fetching.Documents;
using NewsWatch.Fetching.Hosts;
using NewsWatch.Polling;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Shares;

namespace NewsWatch.Processing;

/// <summary>What became of asking for an article's page.</summary>
internal abstract record PageFetchResult
{
    private PageFetchResult()
    {
    }

    /// <summary>The page has an article.</summary>
    /// <param name="Validators">For the next request; null when there are none.</param>
    public sealed record Read(PageResult.Read Page, Validators? Validators) : PageFetchResult;

    /// <summary>The page is as it was.</summary>
    public sealed record Unchanged : PageFetchResult;

    /// <summary>The article was matched, too.</summary>
    public sealed record Matched(PageResult.Read Page, MatchedArticle Reading, Validators? Validators) : PageFetchResult;

    /// <summary>The page could not be fetched, or has no article.</summary>
    /// <param name="Why">One sentence.</param>
    /// <param name="ForGood">True where asking again is of no use.</param>
    public sealed record Failed(string Why, bool ForGood) : PageFetchResult
    {
        /// <summary>True if the operator gets a notice, because the page is a danger and not just unreadable.</summary>
        public bool IsTold { get; init; }

        /// <summary>404 or 410 where the page is not there; null otherwise.</summary>
        public int? Absent { get; init; }
    }

    /// <summary>A page that took too much processor time.</summary>
    public static Failed TooComplex { get; } = new($"the page is {DocumentReaders.TooComplex}", ForGood: true) { IsTold = true };

    /// <summary>A page that NewsWatch did not survive, or was never given the time to read.</summary>
    public static Failed NeverEnded { get; } = new("reading it was started three times and never ended", ForGood: true) { IsTold = true };

    /// <summary>The host may not be asked before then.</summary>
    public sealed record NotYet(DateTimeOffset Until) : PageFetchResult;
}

/// <summary>Which due pages are read now, and when the others may be.</summary>
internal sealed record PagePlan(List<DuePage> Now, List<(long Article, DateTimeOffset Due)> Later);

/// <summary>Article pages: when they are wanted, and how they are had. Their hosts are asked as politely as for feeds: one request at a time, with a gap.</summary>
public sealed class ArticlePageFetcher
{
    private const string Accept = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5";

    private readonly Func<FetchRequest, CancellationToken, Task<FetchResult>> _fetch;
    private readonly DocumentReaders _readers;
    private readonly HostRateLimiter _gate;
    private readonly RobotsPolicy _robots;
    private readonly TimeProvider _clock;

    public ArticlePageFetcher(Fetcher fetcher, DocumentReaders readers, SourcePoller poller, TimeProvider clock)
        : this(fetcher.FetchAsync, readers, poller.Gate, poller.Robots, clock)
    {
    }

    internal ArticlePageFetcher(Func<FetchRequest, CancellationToken, Task<FetchResult>> fetch, DocumentReaders readers, HostRateLimiter gate, RobotsPolicy robots, TimeProvider clock) =>
        (_fetch, _readers, _gate, _robots, _clock) = (fetch, readers, gate, robots, clock);

    /// <summary>True when the source wants the item's page: always, or because the feed gives a teaser only.</summary>
    internal static bool IsWanted(Source? source, FeedItem item, Defaults defaults) => (source?.FullText ?? defaults.FullText) switch
    {
        FullText.Always => true,
        FullText.Auto => Teaser.Looks(item.Title, item.Text),
        _ => false,
    };

    /// <summary>True when the page of an alerted article is looked at again: it is a page of its own, and the operator wants pages read.</summary>
    internal static bool MayLookAgain(Source? source, string url, Defaults defaults) =>
        source is { Kind: not (SourceKind.Live or SourceKind.File) } && ((FullText?)source.FullText ?? defaults.FullText) != FullText.Never
        && !url.Contains('#') && HttpAddress.Read(url).Url is not null;

    /// <summary>The shard of a page's host.</summary>
    internal static long ShardOf(string url) => OwnedKey.ShardOf(HttpAddress.Read(url).Url?.IdnHost ?? url);

    /// <summary>Enters the gates of hosts that are free now. The reader of one of these pages leaves its gate afterwards.</summary>
    /// <param name="room">How many pages may be read at once.</param>
    internal PagePlan Enter(IReadOnlyList<DuePage> due, int room)
    {
        var now = _clock.GetUtcNow();
        var plan = new PagePlan([], []);
        foreach (var page in due)
        {
            if (plan.Now.Count == room)
            {
                break;
            }

            if (HttpAddress.Read(page.Url).Url is { } address && _gate.TryEnter(address.IdnHost, page.Url, now, isPage: true) is { } later)
            {
                plan.Later.Add((page.Article, later));
            }
            else
            {
                plan.Now.Add(page);
            }
        }

        return plan;
    }

    /// <summary>The page's host may be asked again, after the gap.</summary>
    internal void Leave(string url)
    {
        if (HttpAddress.Read(url).Url is { } address)
        {
            _gate.Leave(address.IdnHost, _clock.GetUtcNow());
        }
    }

    /// <summary>Fetches and reads a page. The caller has entered its host's gate.</summary>
    /// <param name="seen">What the host's other articles had; null to judge the page alone.</param>
    /// <param name="validators">Of the last look at an alerted article's page; null to read it whatever it says.</param>
    /// <param name="memory">The page's account: what is read is counted on it.</param>
    internal async Task<PageFetchResult> ReadAsync(string url, Source? source, RepeatedParagraphs? seen, Validators? validators, Holding memory, CancellationToken cancellationToken)
    {
        if (HttpAddress.Read(url).Url is not { } address)
        {
            return new PageFetchResult.Failed("it has no address on the web", ForGood: true);
        }

        return await _robots.AskAsync(address, cancellationToken) switch
        {
            RobotsVerdict.Refused => new PageFetchResult.Failed(RobotsVerdict.Refused.Reason, ForGood: true),
            RobotsVerdict.Unknown { RetryAt: { } retryAt } => new PageFetchResult.NotYet(retryAt),
            RobotsVerdict.Unknown unknown => new PageFetchResult.Failed(unknown.Why, ForGood: false),
            _ => await AskAsync(url, source, seen, validators, memory, cancellationToken),
        };
    }

    private async Task<PageFetchResult> AskAsync(string url, Source? source, RepeatedParagraphs? seen, Validators? validators, Holding memory, CancellationToken cancellationToken)
    {
        var request = new FetchRequest { Url = url, Accept = Accept, Headers = source?.Headers ?? new Dictionary<string, string>(), HeadersFor = source?.Url, Validators = validators, Memory = memory };
        return await _fetch(request, cancellationToken) switch
        {
            FetchResult.Fetched page => await _readers.PageAsync(page.Body, memory, stop => Read(page, source, seen, stop), cancellationToken) ?? PageFetchResult.TooComplex,
            FetchResult.Failed { RetryAt: { } retryAt } => new PageFetchResult.NotYet(retryAt),
            FetchResult.Failed failed => new PageFetchResult.Failed(failed.Reason, ForGood: !failed.Transient && failed.Why != FailureKind.NotFound) { Absent = failed.Status == 404 ? 404 : null },
            FetchResult.NotModified => new PageFetchResult.Unchanged(),
            FetchResult.Gone gone => new PageFetchResult.Failed(gone.Problem, ForGood: true) { Absent = 410 },
            var other => new PageFetchResult.Failed(other.Problem, ForGood: true),
        };
    }

    private static PageFetchResult Read(FetchResult.Fetched page, Source? source, RepeatedParagraphs? seen, CancellationToken stop)
    {
        var options = new PageOptions(source?.Kind == SourceKind.Page ? null : source?.Select, source?.Remove ?? []) { Seen = seen, Tracking = source?.TrackingParameters ?? [] };
        return PageReader.Read(PageDecoder.Decode(page.Body, page.ContentType), page.FinalUrl, options, stop) switch
        {
            PageResult.Read read => new PageFetchResult.Read(read, page.Facts.Validators),
            PageResult.NoArticle none => new PageFetchResult.Failed($"no article on the page: {none.Reason}", ForGood: true),
            _ => throw new InvalidOperationException("a page has an article or none"),
        };
    }
}
