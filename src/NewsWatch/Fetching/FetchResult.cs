namespace NewsWatch.Fetching;

/// <summary>The result of a fetch.</summary>
public abstract record FetchResult
{
    private FetchResult()
    {
    }

    /// <summary>A body.</summary>
    /// <param name="Body">Decompressed.</param>
    /// <param name="ContentType">As the server wrote it.</param>
    /// <param name="FinalUrl">Where it came from, after redirects.</param>
    /// <param name="Facts">The facts in the headers.</param>
    /// <param name="MovedTo">The address after the leading permanent redirects; null for none.</param>
    /// <param name="Warning">The part of the body that was ignored; null for none.</param>
    public sealed record Fetched(
        ReadOnlyMemory<byte> Body, string? ContentType, Uri FinalUrl, HeaderFacts Facts, string? MovedTo = null, string? Warning = null) : FetchResult;

    /// <summary>304, or a 200 with the known entity tag or body.</summary>
    public sealed record NotModified(HeaderFacts Facts, string? MovedTo = null) : FetchResult;

    /// <summary>410: the address is gone for good.</summary>
    public sealed record Gone : FetchResult;

    /// <summary>The guard refused the address or the port.</summary>
    /// <param name="Reason">E.g. "blocked: non-public address 127.0.0.1".</param>
    public sealed record Blocked(string Reason) : FetchResult;

    /// <summary>A redirect that is not followed: too many, to another scheme, from https to http, without a usable address.</summary>
    public sealed record BadRedirect(string Reason) : FetchResult;

    /// <summary>The body is larger than the limit.</summary>
    /// <param name="Limit">In bytes.</param>
    public sealed record TooLarge(long Limit) : FetchResult;

    /// <summary>Anything else.</summary>
    /// <param name="Why">The class of the failure.</param>
    /// <param name="Reason">One sentence without secrets.</param>
    /// <param name="Status">The HTTP status, if there was a reply.</param>
    /// <param name="RetryAt">From Retry-After, at most 24 h ahead: no request before it.</param>
    public sealed record Failed(FailureKind Why, string Reason, int? Status = null, DateTimeOffset? RetryAt = null) : FetchResult
    {
        /// <summary>True if the failure may be gone by the next poll.</summary>
        public bool Transient => Why is FailureKind.Connection or FailureKind.Timeout or FailureKind.Server or FailureKind.Throttled;
    }

    /// <summary>One line for the operator; empty when nothing is wrong.</summary>
    public string Problem => this switch
    {
        Gone => "410: the publisher says it is gone for good",
        Blocked blocked => blocked.Reason,
        BadRedirect bad => $"bad redirect: {bad.Reason}",
        TooLarge large => $"too large: more than {large.Limit / 1024 / 1024} MiB",
        Failed failed => failed.Reason,
        _ => "",
    };
}

/// <summary>Classes of failures, which decide on retry and back-off.</summary>
public enum FailureKind
{
    /// <summary>Name, TCP, TLS, or the connection broke.</summary>
    Connection,

    /// <summary>The deadline.</summary>
    Timeout,

    /// <summary>5xx.</summary>
    Server,

    /// <summary>429, or anything with Retry-After.</summary>
    Throttled,

    /// <summary>404.</summary>
    NotFound,

    /// <summary>Another 4xx.</summary>
    Refused,

    /// <summary>An unusable reply: unknown encoding, broken compression, not HTTP, an invalid address.</summary>
    Unusable,
}
