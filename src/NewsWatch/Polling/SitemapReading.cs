using System.IO.Compression;
using NewsWatch.Configuration;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Feeds;
using NewsWatch.Fetching;

namespace NewsWatch.Polling;

/// <summary>Reads a news sitemap; an index or a robots.txt leads to a few more, compressed or not.</summary>
internal sealed class SitemapReading(Fetcher fetcher, TimeProvider clock)
{
    private const int MostSitemaps = 8;
    private const int LargestSitemap = 15 * 1024 * 1024;
    private static readonly TimeSpan OldestNews = TimeSpan.FromDays(2);

    public async Task<PollAnswer> ReadAsync(Source source, FetchResult.Fetched fetched, CancellationToken cancellation)
    {
        var items = new List<FeedItem>();
        var waiting = new Queue<string>();
        var problem = Take(fetched, items, waiting);
        var isList = waiting.Count > 0;
        for (var read = 0; read < MostSitemaps && problem is null && waiting.TryDequeue(out var next); read++)
        {
            var result = await fetcher.FetchAsync(new FetchRequest { Url = next, Headers = source.Headers, HeadersFor = source.Url }, cancellation);
            if (result is FetchResult.Fetched child)
            {
                Take(child, items, waiting);
            }
        }

        return problem is null
            ? new PollAnswer.News(new Feed { Kind = "sitemap", Items = items }, isList ? Unmarked(fetched.Facts) : fetched.Facts, fetched.MovedTo, [])
            : new PollAnswer.Failed(problem, Transient: false);
    }

    /// <summary>A list may stay the same while what it leads to changes, so it is never "not modified".</summary>
    private static HeaderFacts Unmarked(HeaderFacts facts) => facts with { Validators = null, BodyHash = "" };

    /// <summary>Takes the entries of one document, or what it leads to; the answer is what is wrong with it.</summary>
    private string? Take(FetchResult.Fetched fetched, List<FeedItem> items, Queue<string> waiting)
    {
        if (fetched.FinalUrl.AbsolutePath.EndsWith("/robots.txt", StringComparison.OrdinalIgnoreCase))
        {
            return Add(waiting, RobotsTxt.Parse(fetched.Body.Span, "").Sitemaps);
        }

        switch (SitemapParser.Parse(Unpacked(fetched.Body), fetched.FinalUrl, clock.GetUtcNow() - OldestNews))
        {
            case SitemapResult.Entries entries:
                items.AddRange(entries.Feed.Items);
                return null;
            case SitemapResult.Index index:
                return Add(waiting, index.Sitemaps);
            case SitemapResult.NotASitemap refused:
                return refused.Reason;
            case var other:
                throw new InvalidOperationException(other.GetType().Name);
        }
    }

    private static string? Add(Queue<string> waiting, IReadOnlyList<string> sitemaps)
    {
        foreach (var sitemap in sitemaps.OrderByDescending(url => url.Contains("news", StringComparison.OrdinalIgnoreCase)))
        {
            waiting.Enqueue(sitemap);
        }

        return sitemaps.Count > 0 ? null : "no sitemap is named there";
    }

    /// <summary>A .gz file comes without a Content-Encoding; what is larger than the limit unpacked, or broken, stays as it is and is refused as no sitemap.</summary>
    private static ReadOnlyMemory<byte> Unpacked(ReadOnlyMemory<byte> body)
    {
        if (body.Length < 2 || body.Span[0] != 0x1F || body.Span[1] != 0x8B)
        {
            return body;
        }

        try
        {
            using var stream = new GZipStream(new MemoryStream(body.ToArray()), CompressionMode.Decompress);
            var unpacked = new byte[LargestSitemap + 1];
            var length = stream.ReadAtLeast(unpacked, unpacked.Length, throwOnEndOfStream: false);
            return length <= LargestSitemap ? unpacked.AsMemory(0, length) : body;
        }
        catch (InvalidDataException)
        {
            return body;
        }
    }
}
