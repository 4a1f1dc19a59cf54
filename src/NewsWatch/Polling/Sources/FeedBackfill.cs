using NewsWatch.Configuration;
using NewsWatch.Core.Feeds;
using NewsWatch.Fetching;
using NewsWatch.Fetching.Documents;
using NewsWatch.Polling.Items;
using NewsWatch.Storage;
using NewsWatch.Storage.Sources;

namespace NewsWatch.Polling.Sources;

/// <summary>
/// After an outage a feed's first page may not reach back to what was seen last: older pages are read until one does (RFC 5005 prev-archive and next,
/// JSON Feed next_url), within bounds.
/// </summary>
internal sealed class FeedBackfill(Fetcher fetcher, DocumentReaders readers, Database database, TimeProvider clock)
{
    private const int MaxPages = 10;
    private const int MaxBytes = FetchLimits.MaxBody;
    private static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(1);

    /// <summary>The feed with the items of its older pages, as far as they are needed; as it is when nothing is missing or nothing older can be had.</summary>
    public async Task<Feed> CompleteAsync(Source source, SourceRow row, Feed feed, Uri location, Holding memory, CancellationToken cancellationToken)
    {
        var items = feed.Items.ToList();
        var started = clock.GetTimestamp();
        var visited = new HashSet<string> { location.OriginalString };
        var (page, at, bytes) = (feed, location, 0);
        while (row.Baselined is not null && page.Hints.OlderPage is not null && IsGap(source, page.Items) && visited.Count <= MaxPages && bytes < MaxBytes && clock.GetElapsedTime(started) < MaxTime)
        {
            if (await OlderAsync(source, page, at, visited, memory, cancellationToken) is not var (older, from, size))
            {
                break;
            }

            items.AddRange(older.Items);
            (page, at, bytes) = (older, from, bytes + size);
        }

        return feed with { Items = items };
    }

    private bool IsGap(Source source, IReadOnlyList<FeedItem> items)
    {
        var (keyed, _) = ItemKeys.Of(items, source);
        return keyed.Count > 0
            && database.Read(db => ItemStore.Known(db, source.Id, keyed.Select(item => item.Key), keyed.Select(item => item.LinkKey).OfType<string>(), [])).Count == 0;
    }

    private async Task<(Feed Feed, Uri Location, int Bytes)?> OlderAsync(Source source, Feed page, Uri at, HashSet<string> visited, Holding memory, CancellationToken cancellationToken)
    {
        if (page.Hints.OlderPage is not { } link || !Uri.TryCreate(new Uri(at.AbsoluteUri), link, out var next) || !visited.Add(next.OriginalString))
        {
            return null;
        }

        var result = await fetcher.FetchAsync(new FetchRequest { Url = next.OriginalString, Headers = source.Headers, HeadersFor = source.Url, Memory = memory }, cancellationToken);
        return result is FetchResult.Fetched fetched
            && await readers.FeedAsync(fetched.Body.Length, memory, stop => FeedParser.Parse(fetched.Body, fetched.ContentType, fetched.FinalUrl, stop), cancellationToken) is FeedResult.Parsed parsed
            ? (parsed.Feed, fetched.FinalUrl, fetched.Body.Length)
            : null;
    }
}
