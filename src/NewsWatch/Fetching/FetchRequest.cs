namespace NewsWatch.Fetching;

/// <summary>A request for an address.</summary>
public sealed record FetchRequest
{
    /// <summary>An absolute http(s) address; it goes out byte for byte.</summary>
    public required string Url { get; init; }

    /// <summary>From the last reply; sent only to exactly the address they belong to.</summary>
    public Validators? Validators { get; init; }

    /// <summary>Hash of the body known already; the same body again is "not modified".</summary>
    public string? KnownHash { get; init; }

    /// <summary>The source's own headers, perhaps credentials: sent only to the origin of <see cref="HeadersFor"/>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The address that <see cref="Headers"/> are meant for; null when that is <see cref="Url"/>.</summary>
    public string? HeadersFor { get; init; }

    /// <summary>The memory account for the body, if the caller goes on to read it; null to count the body only while it arrives.</summary>
    public Holding? Memory { get; init; }

    /// <summary>The time until the reply begins, over all redirects; null for <see cref="FetchLimits.Deadline"/>.</summary>
    public TimeSpan? AnswerWithin { get; init; }

    /// <summary>The Accept header.</summary>
    public string Accept { get; init; } = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.8";
}

/// <summary>The validators that make the next request conditional (RFC 9110, 8.8), exactly as the server wrote them.</summary>
/// <param name="Url">The address of the reply that carried them.</param>
/// <param name="ETag">The entity tag, odd forms included; null if there was none that is safe to send.</param>
/// <param name="LastModified">The date as written; null if there was none that is safe to send.</param>
public sealed record Validators(string Url, string? ETag, string? LastModified)
{
    private const int MaxValueLength = 1024;

    /// <summary>The value if it may go into a request header: printable ASCII, no line breaks, at most 1,024 characters; else null.</summary>
    public static string? Safe(string? value) =>
        value is { Length: > 0 and <= MaxValueLength } && value.All(c => c is >= ' ' and <= '~') ? value : null;
}
