namespace NewsWatch.Core.Alerts;

/// <summary>What a decision needs to know of a subscriber's recent past.</summary>
public sealed record SubscriberState
{
    /// <summary>Nothing happened yet.</summary>
    public static SubscriberState Fresh { get; } = new();

    /// <summary>What the subscriber does not want any more: <c>all</c>, <c>rule:ID</c>, <c>story:ID</c>.</summary>
    public IReadOnlySet<string> Unsubscribed { get; init; } = new HashSet<string>();

    /// <summary>What operators silenced, for whomever.</summary>
    public IReadOnlyList<Silence> Silences { get; init; } = [];

    /// <summary>When messages that are no digests left or will leave, over all channels, oldest first; at least those of the cap's last window.</summary>
    public IReadOnlyList<DateTimeOffset> Messages { get; init; } = [];

    /// <summary>The last message of the alert's group; null for none.</summary>
    public EarlierMessage? Group { get; init; }

    /// <summary>The last overflow digest of the alert's channel; null for none.</summary>
    public EarlierMessage? Overflow { get; init; }
}

/// <summary>A message that holds several alerts.</summary>
/// <param name="Bundle">Its name.</param>
/// <param name="At">When it left or will leave.</param>
/// <param name="IsOpen">True while it can still take alerts: no attempt to send it was started.</param>
public sealed record EarlierMessage(string Bundle, DateTimeOffset At, bool IsOpen);
