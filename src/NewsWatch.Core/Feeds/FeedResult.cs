namespace NewsWatch.Core.Feeds;

/// <summary>What became of bytes that should have been a feed.</summary>
public abstract record FeedResult
{
    private FeedResult()
    {
    }

    /// <summary>A feed, perhaps repaired on the way.</summary>
    /// <param name="Feed">What was read.</param>
    /// <param name="Warnings">What was wrong and repaired, for the operator.</param>
    public sealed record Parsed(Feed Feed, IReadOnlyList<string> Warnings) : FeedResult;

    /// <summary>Not a feed: an HTML page, an empty body, an error page, rubbish, or beyond a limit.</summary>
    /// <param name="Reason">One sentence for the operator, e.g. "the answer is an HTML page, not a feed".</param>
    public sealed record NotAFeed(string Reason) : FeedResult;
}
