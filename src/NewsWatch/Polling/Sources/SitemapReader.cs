using NewsWatch.Configuration;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Feeds;
using NewsWatch.Fetching;
using NewsWatch.Fetching.Documents;

namespace NewsWatch.Polling.Sources;

/// <summary>Reads a news sitemap; an index or a robots.txt leads to a few more, compressed or not.</summary>
internal sealed class SitemapReader(Fetcher fetcher, DocumentReaders readers, TimeProvider clock)
{
    private const int MaxSitemaps = 8;
    private const int MaxSitemap = FetchLimits.MaxBody;
    private static readonly TimeSpan OldestNews = TimeSpan.FromDays(2);

    /// <summary>Reads the document, and those that it leads to.</summary>
    /// <param name="memory">The poll's account: what is read is counted on it.</param>
    public async Task<PollResult> ReadAsync(Source source, FetchResult.Fetched fetched, Holding memory, CancellationToken cancellationToken)
    {
        var items = new List<FeedItem>();
        var waiting = new Queue<string>();
        var warnings = new List<string>();
        var problem = await TakeAsync(fetched, items, warnings, waiting, memory, cancellationToken);
        var isList = waiting.Count > 0;
        var bytes = 0;
        for (var read = 0; read < MaxSitemaps && bytes < MaxSitemap && problem is null && waiting.TryDequeue(out var next); read++)
        {
            var result = await fetcher.FetchAsync(new FetchRequest { Url = next, Headers = source.Headers, HeadersFor = source.Url, Memory = memory }, cancellationToken);
            if (result is FetchResult.Fetched child)
            {
                bytes += child.Body.Length;
                await TakeAsync(child, items, warnings, waiting, memory, cancellationToken);
            }
        }

        // A list leads to sitemaps that are no news as well.
        return problem is null
            ? new PollResult.Updated(new Feed { Kind = "sitemap", Items = items }, isList ? Unmarked(fetched.Facts) : fetched.Facts, fetched.MovedTo, isList && items.Count > 0 ? [] : [.. warnings.Distinct()])
            : new PollResult.Failed(problem, Transient: false);
    }

    /// <summary>A list may stay the same while what it leads to changes, so it is never "not modified".</summary>
    private static HeaderFacts Unmarked(HeaderFacts facts) => facts with { Validators = null, BodyHash = "" };

    /// <summary>Takes the entries of one document, or what it leads to; returns what is wrong with it.</summary>
    private async Task<string?> TakeAsync(FetchResult.Fetched fetched, List<FeedItem> items, List<string> warnings, Queue<string> waiting, Holding memory, CancellationToken cancellationToken)
    {
        var body = await UnpackedAsync(fetched.Body, memory, cancellationToken);
        switch (await readers.FeedAsync(body.Length, memory, stop => Read(fetched.FinalUrl, body, stop), cancellationToken))
        {
            case SitemapResult.Entries entries:
                items.AddRange(entries.Feed.Items);
                warnings.AddRange(entries.Warnings);
                return null;
            case SitemapResult.Index index:
                return Add(waiting, index.Sitemaps);
            case SitemapResult.NotASitemap refused:
                return refused.Reason;
            case null:
                return DocumentReaders.TooComplex;
            case var other:
                throw new InvalidOperationException(other.GetType().Name);
        }
    }

    private SitemapResult Read(Uri url, ReadOnlyMemory<byte> body, CancellationToken stop) =>
        url.AbsolutePath.EndsWith("/robots.txt", StringComparison.OrdinalIgnoreCase)
            ? new SitemapResult.Index(RobotsTxt.Parse(body.Span, "").SitemapsAt(url))
            : SitemapParser.Parse(body, url, clock.GetUtcNow() - OldestNews, stop);

    private static string? Add(Queue<string> waiting, IReadOnlyList<string> sitemaps)
    {
        foreach (var sitemap in sitemaps.OrderByDescending(url => url.Contains("news", StringComparison.OrdinalIgnoreCase)))
        {
            waiting.Enqueue(sitemap);
        }

        return sitemaps.Count > 0 ? null : "no sitemap is named there";
    }

    /// <summary>A .gz file comes without a Content-Encoding; what is larger than the limit unpacked, or broken, stays as it is and is refused as no sitemap.</summary>
    private static async Task<ReadOnlyMemory<byte>> UnpackedAsync(ReadOnlyMemory<byte> body, Holding memory, CancellationToken cancellationToken) =>
        body.Length > 2 && body.Span[0] == 0x1F && body.Span[1] == 0x8B && await BodyReader.UnpackAsync(body.ToArray(), MaxSitemap, memory.Received, cancellationToken) is { } unpacked
            ? unpacked
            : body;
}
