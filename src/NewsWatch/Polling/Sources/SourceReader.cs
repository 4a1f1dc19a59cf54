using NewsWatch.Configuration;
using NewsWatch.Core.Feeds;
using NewsWatch.Fetching;
using NewsWatch.Fetching.Documents;
using NewsWatch.Fetching.Hosts;
using NewsWatch.Storage;
using NewsWatch.Storage.Sources;

namespace NewsWatch.Polling.Sources;

/// <summary>Asks a source, whatever its kind, and reads the answer.</summary>
internal sealed class SourceReader(Fetcher fetcher, DocumentReaders readers, FeedBackfill older, SitemapReader sitemaps, RobotsPolicy robots, PollLimits limits, TimeProvider clock)
{
    private readonly FileReader _files = new(readers, clock);

    /// <summary>One poll's question and answer; nothing is stored here.</summary>
    /// <param name="memory">The poll's account: what is read is counted on it until the poll ends.</param>
    public async Task<PollResult> ReadAsync(Source source, SourceRow row, Holding memory, CancellationToken cancellationToken)
    {
        if (source.Kind is SourceKind.File)
        {
            return await _files.ReadAsync(source.Url, row.BodyHash, memory, cancellationToken);
        }

        if (await RefusalAsync(source, row, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var result = await fetcher.FetchAsync(Request(source, row) with { Memory = memory }, cancellationToken);
        CrashPoint.Reached("fetched");
        return result is FetchResult.Fetched fetched ? await ReadAsync(source, row, fetched, memory, cancellationToken) : PollResult.From(result);
    }

    private async Task<PollResult> ReadAsync(Source source, SourceRow row, FetchResult.Fetched fetched, Holding memory, CancellationToken cancellationToken) => source.Kind switch
    {
        SourceKind.Sitemap => await sitemaps.ReadAsync(source, fetched, memory, cancellationToken),
        SourceKind.Page => await PageAsync(fetched, memory, stop => PageWatcher.Read(source, fetched, stop), cancellationToken),
        SourceKind.Live => await PageAsync(fetched, memory, stop => LiveBlogReader.Read(source, fetched, clock.GetUtcNow(), stop), cancellationToken),
        _ => await FeedAsync(source, row, fetched, memory, cancellationToken),
    };

    private async Task<PollResult> PageAsync(FetchResult.Fetched fetched, Holding memory, Func<CancellationToken, PollResult> read, CancellationToken cancellationToken) =>
        await readers.PageAsync(fetched.Body, memory, read, cancellationToken) ?? PollResult.TooComplex;

    /// <summary>A feed is published to be polled; whatever else is read is asked for as its host's robots.txt says. Null: go on.</summary>
    private async Task<PollResult.Failed?> RefusalAsync(Source source, SourceRow row, CancellationToken cancellationToken)
    {
        if (source.Kind is SourceKind.Feed || HttpAddress.Read(row.Address).Url is not { } url)
        {
            return null;
        }

        return await robots.AskAsync(url, cancellationToken) switch
        {
            RobotsVerdict.Refused => new(RobotsVerdict.Refused.Reason, Transient: false),
            RobotsVerdict.Unknown unknown => new(unknown.Why, Transient: true, unknown.RetryAt),
            _ => null,
        };
    }

    private FetchRequest Request(Source source, SourceRow row) => new()
    {
        Url = row.Address,
        Validators = row.ValidatorsUrl is { } url ? new(url, row.ETag, row.LastModified) : null,
        KnownHash = row.BodyHash,
        Headers = source.Headers,
        HeadersFor = source.Url,
        AnswerWithin = row.Standing is SourceStanding.Proven ? null : limits.AnswerWithin,
    };

    private async Task<PollResult> FeedAsync(Source source, SourceRow row, FetchResult.Fetched fetched, Holding memory, CancellationToken cancellationToken)
    {
        switch (await readers.FeedAsync(fetched.Body.Length, memory, stop => FeedParser.Parse(fetched.Body, fetched.ContentType, fetched.FinalUrl, stop), cancellationToken))
        {
            case FeedResult.Parsed parsed:
                var feed = await older.CompleteAsync(source, row, parsed.Feed, fetched.FinalUrl, memory, cancellationToken);
                return new PollResult.Updated(feed with { Hints = PushHints.Merge(feed.Hints, fetched.Facts.Links) }, fetched.Facts, fetched.MovedTo, fetched.Warning is { } warning ? [warning, .. parsed.Warnings] : parsed.Warnings);
            case FeedResult.NotAFeed refused:
                return new PollResult.Failed(refused.Reason, Transient: false);
            case null:
                return PollResult.TooComplex;
            case var other:
                throw new InvalidOperationException(other.GetType().Name);
        }
    }
}
