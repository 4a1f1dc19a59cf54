namespace NewsWatch.Fetching;

/// <summary>What is wanted from an address.</summary>
public sealed record FetchRequest
{
    /// <summary>An absolute http(s) address; it goes out byte for byte.</summary>
    public required string Url { get; init; }

    /// <summary>From the last answer; sent only to exactly the address they belong to.</summary>
    public Validators? Validators { get; init; }

    /// <summary>Hash of the body known already; the same body again is "not modified".</summary>
    public string? KnownHash { get; init; }

    /// <summary>The source's own headers, perhaps credentials: sent only to the origin of <see cref="HeadersFor"/>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The address that <see cref="Headers"/> are meant for; null when that is <see cref="Url"/>.</summary>
    public string? HeadersFor { get; init; }

    /// <summary>The account that the answer's body is counted on, for a caller that goes on to read it; null to count it while it is received only.</summary>
    public Holding? Memory { get; init; }

    /// <summary>How long the server may take until its answer begins, over all redirects; null for <see cref="FetchLimits.Deadline"/>.</summary>
    public TimeSpan? AnswerWithin { get; init; }

    /// <summary>The Accept header.</summary>
    public string Accept { get; init; } = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.8";
}

/// <summary>What makes the next request conditional (RFC 9110, 8.8), exactly as the server wrote it.</summary>
/// <param name="Url">The address of the answer that carried them.</param>
/// <param name="ETag">The entity tag, odd forms included; null when there was none that is safe to send.</param>
/// <param name="LastModified">The date as written; null when there was none that is safe to send.</param>
public sealed record Validators(string Url, string? ETag, string? LastModified)
{
    private const int MaxValueLength = 1024;

    /// <summary>The value if it may go into a request header: printable ASCII, no line breaks, at most 1,024 characters; else null.</summary>
    public static string? Safe(string? value) =>
        value is { Length: > 0 and <= MaxValueLength } && value.All(c => c is >= ' ' and <= '~') ? value : null;
}
