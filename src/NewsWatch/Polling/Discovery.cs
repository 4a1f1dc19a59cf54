using NewsWatch.Core.Articles.Pages;
using NewsWatch.Core.Feeds;
using NewsWatch.Fetching;
using NewsWatch.Fetching.Documents;

namespace NewsWatch.Polling;

/// <summary>A feed that was found.</summary>
/// <param name="Url">Its address after redirects.</param>
/// <param name="Newest">When its newest item was published; null when no item says.</param>
public sealed record FoundFeed(string Url, string Kind, string Title, int Items, DateTimeOffset? Newest);

/// <summary>What became of a search.</summary>
public abstract record DiscoveryResult
{
    private DiscoveryResult()
    {
    }

    /// <summary>Feeds, those that the page names first.</summary>
    public sealed record Found(IReadOnlyList<FoundFeed> Feeds) : DiscoveryResult;

    /// <summary>The address could not be fetched, or there is no feed, neither named by the page nor at a usual address.</summary>
    public sealed record Nothing(string Reason) : DiscoveryResult;
}

/// <summary>Finds the feeds of a site: the address itself, what its page names, else the usual paths.</summary>
public sealed class Discovery(Fetcher fetcher, DocumentReaders readers)
{
    private const int MaxFeeds = 20;

    /// <summary>Looks around at an address; every request goes through the guard.</summary>
    public async Task<DiscoveryResult> FindAsync(string url, CancellationToken cancellationToken)
    {
        using var memory = readers.Open();
        switch (await fetcher.FetchAsync(new FetchRequest { Url = url, Accept = "text/html, application/xml;q=0.9, */*;q=0.8", Memory = memory }, cancellationToken))
        {
            case FetchResult.Fetched page:
                return await ReadAsync(page, memory, cancellationToken) is { } feed ? new DiscoveryResult.Found([feed]) : await OfPageAsync(page, memory, cancellationToken);
            case var failed:
                return new DiscoveryResult.Nothing(failed.Problem);
        }
    }

    private async Task<DiscoveryResult> OfPageAsync(FetchResult.Fetched page, Holding memory, CancellationToken cancellationToken)
    {
        var links = await readers.PageAsync(page.Body, memory, stop => PageFeeds.Of(PageDecoder.Decode(page.Body, page.ContentType), page.FinalUrl, stop), cancellationToken);
        var named = await ReadAllAsync(links ?? [], memory, cancellationToken);
        if (named.Count > 0)
        {
            return new DiscoveryResult.Found(named);
        }

        var usual = await ReadAllAsync([.. PageFeeds.UsualPaths.Select(path => new Uri(page.FinalUrl, path).AbsoluteUri)], memory, cancellationToken);
        return usual.Count > 0
            ? new DiscoveryResult.Found(usual)
            : new DiscoveryResult.Nothing("the page names no feed, and none lies where feeds usually lie; Kind \"page\" can watch its links");
    }

    /// <summary>One after the other: it is one host that is asked.</summary>
    private async Task<List<FoundFeed>> ReadAllAsync(IReadOnlyList<string> urls, Holding memory, CancellationToken cancellationToken)
    {
        var feeds = new List<FoundFeed>();
        foreach (var url in urls.Take(MaxFeeds))
        {
            if (await fetcher.FetchAsync(new FetchRequest { Url = url, Memory = memory }, cancellationToken) is FetchResult.Fetched fetched
                && await ReadAsync(fetched, memory, cancellationToken) is { } feed && feeds.TrueForAll(known => known.Url != feed.Url))
            {
                feeds.Add(feed);
            }
        }

        return feeds;
    }

    private async Task<FoundFeed?> ReadAsync(FetchResult.Fetched fetched, Holding memory, CancellationToken cancellationToken) =>
        await readers.FeedAsync(fetched.Body.Length, memory, stop => FeedParser.Parse(fetched.Body, fetched.ContentType, fetched.FinalUrl, stop), cancellationToken) is FeedResult.Parsed { Feed: var feed }
            ? new(fetched.FinalUrl.OriginalString, feed.Kind, feed.Title, feed.Items.Count, feed.Items.Max(item => item.Published))
            : null;
}
