using NewsWatch.Core.Feeds;

namespace NewsWatch.Fetching;

/// <summary>The limits of one fetch.</summary>
public sealed record FetchLimits
{
    /// <summary>Bytes of a document, however it comes: 15 MiB.</summary>
    internal const int MaxBody = FeedParser.MaxBytes;

    /// <summary>From the first byte sent to the last byte read, over all redirects and the one retry.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For name, TCP and TLS together.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of a body, counted after decompression.</summary>
    public int Body { get; init; } = MaxBody;

    /// <summary>Redirects that are followed.</summary>
    public int Hops { get; init; } = 5;

    /// <summary>Before the one retry of a failed connection or a 5xx.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest Retry-After that is honoured.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromHours(24);
}
