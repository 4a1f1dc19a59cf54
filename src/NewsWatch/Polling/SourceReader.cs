using NewsWatch.Configuration;
using NewsWatch.Core.Feeds;
using NewsWatch.Fetching;
using NewsWatch.Storage;

namespace NewsWatch.Polling;

/// <summary>Asks a source, whatever its kind, and reads the answer.</summary>
internal sealed class SourceReader(Fetcher fetcher)
{
    /// <summary>One poll's question and answer; nothing is stored here.</summary>
    public async Task<PollAnswer> ReadAsync(Source source, SourceRow row, CancellationToken cancellation)
    {
        if (source.Kind is SourceKind.File)
        {
            return await FileReader.ReadAsync(source.Url, row.BodyHash, cancellation);
        }

        var result = await fetcher.FetchAsync(Request(source, row), cancellation);
        CrashPoint.Reached("fetched");
        return result is FetchResult.Fetched fetched ? Read(fetched) : PollAnswer.Of(result);
    }

    private static FetchRequest Request(Source source, SourceRow row) => new()
    {
        Url = row.Address,
        Validators = row.ValidatorsUrl is { } url ? new(url, row.ETag, row.LastModified) : null,
        KnownHash = row.BodyHash,
        Headers = source.Headers,
        HeadersFor = source.Url,
    };

    private static PollAnswer Read(FetchResult.Fetched fetched) => FeedParser.Parse(fetched.Body, fetched.ContentType, fetched.FinalUrl) switch
    {
        FeedResult.Parsed parsed => new PollAnswer.News(parsed.Feed, fetched.Facts, fetched.MovedTo, parsed.Warnings),
        FeedResult.NotAFeed refused => new PollAnswer.Failed(refused.Reason, Transient: false),
        var other => throw new InvalidOperationException(other.GetType().Name),
    };
}
