namespace NewsWatch.Delivery;

/// <summary>What came of one attempt to send one message.</summary>
internal abstract record SendResult
{
    private SendResult()
    {
    }

    /// <summary>The server took it: from here on it is theirs.</summary>
    /// <param name="Reply">The server's answer, cleaned.</param>
    public sealed record Accepted(string Reply) : SendResult;

    /// <summary>Not now.</summary>
    /// <param name="Reason">One sentence, without secrets.</param>
    /// <param name="RetryAfter">Not before that, where the server said so; 1 s to 24 h.</param>
    /// <param name="EndpointTrouble">True when the endpoint as a whole is in trouble, not this one message.</param>
    public sealed record TryAgain(string Reason, TimeSpan? RetryAfter = null, bool EndpointTrouble = false) : SendResult;

    /// <summary>This message will never be taken for this recipient.</summary>
    public sealed record Refused(string Reason) : SendResult;

    /// <summary>The endpoint wants nothing any more (HTTP 410).</summary>
    public sealed record EndpointGone(string Reason) : SendResult;
}
