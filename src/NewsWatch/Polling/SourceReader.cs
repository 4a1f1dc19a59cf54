using NewsWatch.Configuration;
using NewsWatch.Core.Feeds;
using NewsWatch.Fetching;
using NewsWatch.Storage;

namespace NewsWatch.Polling;

/// <summary>Asks a source, whatever its kind, and reads the answer.</summary>
internal sealed class SourceReader(Fetcher fetcher, OlderPages older, SitemapReading sitemaps, RobotsGate robots, PollLimits limits, TimeProvider clock)
{
    /// <summary>One poll's question and answer; nothing is stored here.</summary>
    public async Task<PollAnswer> ReadAsync(Source source, SourceRow row, CancellationToken cancellation)
    {
        if (source.Kind is SourceKind.File)
        {
            return await FileReader.ReadAsync(source.Url, row.BodyHash, cancellation);
        }

        if (await RefusalAsync(source, row, cancellation) is { } refusal)
        {
            return refusal;
        }

        var result = await fetcher.FetchAsync(Request(source, row), cancellation);
        CrashPoint.Reached("fetched");
        return result is FetchResult.Fetched fetched ? await ReadAsync(source, row, fetched, cancellation) : PollAnswer.Of(result);
    }

    private async Task<PollAnswer> ReadAsync(Source source, SourceRow row, FetchResult.Fetched fetched, CancellationToken cancellation) => source.Kind switch
    {
        SourceKind.Sitemap => await sitemaps.ReadAsync(source, fetched, cancellation),
        SourceKind.Page => PageWatching.Read(source, fetched),
        SourceKind.Live => LiveWatching.Read(source, fetched, clock.GetUtcNow()),
        _ => await FeedAsync(source, row, fetched, cancellation),
    };

    /// <summary>A feed is published to be polled; whatever else is read is asked for as its host's robots.txt says. Null: go on.</summary>
    private async Task<PollAnswer.Failed?> RefusalAsync(Source source, SourceRow row, CancellationToken cancellation)
    {
        if (source.Kind is SourceKind.Feed || HttpAddress.Read(row.Address).Url is not { } url)
        {
            return null;
        }

        return await robots.AskAsync(url, cancellation) switch
        {
            RobotsAnswer.Refused => new(RobotsAnswer.Refused.Reason, Transient: false),
            RobotsAnswer.Unknown unknown => new(unknown.Why, Transient: true, unknown.RetryAt),
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

    private async Task<PollAnswer> FeedAsync(Source source, SourceRow row, FetchResult.Fetched fetched, CancellationToken cancellation)
    {
        switch (FeedParser.Parse(fetched.Body, fetched.ContentType, fetched.FinalUrl, cancellation))
        {
            case FeedResult.Parsed parsed:
                var feed = await older.CompleteAsync(source, row, parsed.Feed, fetched.FinalUrl, cancellation);
                return new PollAnswer.News(feed with { Hints = PushHints.Of(feed.Hints, fetched.Facts.Links) }, fetched.Facts, fetched.MovedTo, fetched.Warning is { } warning ? [warning, .. parsed.Warnings] : parsed.Warnings);
            case FeedResult.NotAFeed refused:
                return new PollAnswer.Failed(refused.Reason, Transient: false);
            case var other:
                throw new InvalidOperationException(other.GetType().Name);
        }
    }
}
