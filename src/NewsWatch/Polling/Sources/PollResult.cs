using NewsWatch.Core.Feeds;
using NewsWatch.Fetching;
using NewsWatch.Fetching.Documents;

namespace NewsWatch.Polling.Sources;

/// <summary>What one poll of a source came to.</summary>
internal abstract record PollResult
{
    private PollResult()
    {
    }

    /// <summary>A readable document, with or without new items.</summary>
    /// <param name="MovedTo">Where permanent redirects led.</param>
    /// <param name="Warnings">The repairs to the document.</param>
    public sealed record Updated(Feed Feed, HeaderFacts Facts, string? MovedTo, IReadOnlyList<string> Warnings) : PollResult;

    /// <summary>The same as the last time.</summary>
    public sealed record Unchanged(HeaderFacts Facts, string? MovedTo) : PollResult;

    /// <summary>No document.</summary>
    /// <param name="Reason">One sentence for the operator.</param>
    /// <param name="Transient">It may be gone by itself: three in a row make the source failing; anything else does at once.</param>
    /// <param name="RetryAt">The time that the server asked for.</param>
    public sealed record Failed(string Reason, bool Transient, DateTimeOffset? RetryAt = null) : PollResult
    {
        /// <summary>404: asked for more and more rarely.</summary>
        public bool NotFound { get; init; }

        /// <summary>Starts that stay counted: so many polls less kill the process before the source is set aside again.</summary>
        public int Starts { get; init; }
    }

    /// <summary>A source whose polls the process did not survive. One more that does not end sets it aside again.</summary>
    public static Failed Deadly { get; } = new($"reading it stopped NewsWatch {PollLimits.MaxStarts} times", Transient: false) { Starts = PollLimits.MaxStarts - 1 };

    /// <summary>A document that took too much processor time.</summary>
    public static Failed TooComplex { get; } = new(DocumentReaders.TooComplex, Transient: false);

    /// <summary>There will be nothing more: 410, or the feed says that it is finished.</summary>
    public sealed record Gone(string Reason) : PollResult;

    /// <summary>A fetch that brought no document.</summary>
    public static PollResult From(FetchResult result) => result switch
    {
        FetchResult.NotModified same => new Unchanged(same.Facts, same.MovedTo),
        FetchResult.Gone => new Gone(result.Problem),
        FetchResult.Failed failed => new Failed(failed.Reason, failed.Transient, failed.RetryAt) { NotFound = failed.Why is FailureKind.NotFound },
        _ => new Failed(result.Problem, Transient: false),
    };
}
