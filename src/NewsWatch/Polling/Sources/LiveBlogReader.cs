using NewsWatch.Configuration;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Articles.Pages;
using NewsWatch.Core.Feeds;
using NewsWatch.Fetching;

namespace NewsWatch.Polling.Sources;

/// <summary>Reads a live blog: each of its updates is an item with an id of its own.</summary>
internal static class LiveBlogReader
{
    /// <summary>After the announced end of coverage an hour between two polls is enough.</summary>
    private static readonly TimeSpan AfterTheEnd = TimeSpan.FromHours(1);

    public static PollResult Read(Source source, FetchResult.Fetched fetched, DateTimeOffset now, CancellationToken cancellationToken) =>
        PageReader.Read(PageDecoder.Decode(fetched.Body, fetched.ContentType), fetched.FinalUrl, new PageOptions(source.Select, source.Remove), cancellationToken) switch
        {
            PageResult.Read { LiveBlog: { Updates.Count: > 0 } blog } read => new PollResult.Updated(Feed(read.Article, blog, fetched.FinalUrl, now), fetched.Facts, fetched.MovedTo, []),
            PageResult.Read => new PollResult.Failed("the page holds no live blog that can be read", Transient: false),
            PageResult.NoArticle refused => new PollResult.Failed(refused.Reason, Transient: false),
            var other => throw new InvalidOperationException(other.GetType().Name),
        };

    private static Feed Feed(Article page, LiveBlog blog, Uri url, DateTimeOffset now) => new()
    {
        Kind = "live",
        Title = page.Title,
        Language = page.Language,
        Hints = new FeedHints { UpdateEvery = blog.CoverageEnds < now ? AfterTheEnd : null },
        Items = [.. blog.Updates.Select(update => new FeedItem { Id = update.Id, Link = update.Url ?? url.OriginalString, Title = update.Title, Text = update.Text, Published = update.Published })],
    };
}
