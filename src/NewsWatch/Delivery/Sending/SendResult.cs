namespace NewsWatch.Delivery.Sending;

/// <summary>The result of one attempt to send one message.</summary>
internal abstract record SendResult
{
    private SendResult()
    {
    }

    /// <summary>The server accepted the message and is now responsible for it.</summary>
    /// <param name="Reply">The server's reply, cleaned.</param>
    public sealed record Accepted(string Reply) : SendResult;

    /// <summary>The attempt failed; the message is retried.</summary>
    /// <param name="Reason">One sentence, without secrets.</param>
    /// <param name="RetryAfter">Not before that, where the server said so; 1 s to 24 h.</param>
    /// <param name="EndpointTrouble">True when the endpoint as a whole is in trouble, not this one message.</param>
    /// <param name="Slower">True when the server may have meant that too much comes at once.</param>
    /// <param name="Patience">For how long it is tried.</param>
    public sealed record TryAgain(
        string Reason, TimeSpan? RetryAfter = null, bool EndpointTrouble = false, bool Slower = false, Patience Patience = Patience.Days) : SendResult;

    /// <summary>There was no connection, or no login, to send anything over: the message was not tried and goes back as it was.</summary>
    /// <param name="Reason">One sentence, without secrets.</param>
    /// <param name="Pause">How long the endpoint is left alone when this goes on; null for the usual 5 s.</param>
    public sealed record NoConnection(string Reason, TimeSpan? Pause = null) : SendResult
    {
        /// <summary>Others may have taken the message over meanwhile.</summary>
        public static NoConnection StoodStill { get; } = new("this process stood still, or was cut off from the database, before it could send");
    }

    /// <summary>The server takes less, or nothing, from this channel for now, whatever the message: it goes back as it was and the channel gets slower.</summary>
    /// <param name="Reason">One sentence, without secrets.</param>
    /// <param name="Wait">How long this message lets others go first.</param>
    public sealed record SlowDown(string Reason, TimeSpan Wait) : SendResult;

    /// <summary>The whole message was handed over and no answer came: the server has it, or not. After three of these in a row it is quarantined.</summary>
    public sealed record Unfinished(string Reason) : SendResult;

    /// <summary>A rule of the server forbids it (5.7.x): for this recipient, or for everything that this channel sends, which the next messages show.</summary>
    public sealed record Forbidden(string Reason) : SendResult;

    /// <summary>The server refuses this message for this recipient for good.</summary>
    public sealed record Refused(string Reason) : SendResult;

    /// <summary>The endpoint is gone (HTTP 410).</summary>
    public sealed record EndpointGone(string Reason) : SendResult;
}

/// <summary>For how long a message that fails is tried.</summary>
internal enum Patience
{
    /// <summary>To the end of the <see cref="RetrySchedule"/>.</summary>
    Days,

    /// <summary>About a day: a full mailbox.</summary>
    OneDay,

    /// <summary>Three attempts: a body that the receiver cannot read will not get better.</summary>
    ThreeAttempts,
}
