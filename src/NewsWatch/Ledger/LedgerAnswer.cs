namespace NewsWatch.Ledger;

/// <summary>Why a subscriber got an alert about an article, or what stopped it first.</summary>
/// <param name="Title">The article's headline; null when no article is kept.</param>
/// <param name="Url">Its address, or the requested one.</param>
/// <param name="Lines">One line for each rule with a result, the nearest to a delivery first; the first line is the answer.</param>
internal sealed record LedgerAnswer(string? Title, string Url, IReadOnlyList<LedgerLine> Lines)
{
    /// <summary>What was told of the article and each change since, oldest first; empty where nothing changed.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>How the article came to its story, and the merges and splits of that story; empty where stories are told by their headline.</summary>
    public IReadOnlyList<string> Story { get; init; } = [];

    /// <summary>The answer.</summary>
    public LedgerLine First => Lines[0];
}

/// <summary>The result of one rule for one subscriber, or of the article as a whole.</summary>
/// <param name="Stage">How far it came.</param>
/// <param name="Rule">The rule; null where none was looked at.</param>
/// <param name="Text">One sentence.</param>
internal sealed record LedgerLine(LedgerStage Stage, string? Rule, string Text)
{
    /// <summary>When it was sent; null when it was not.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>The Message-ID or webhook-id of the message.</summary>
    public string? MessageId { get; init; }

    /// <summary>The server's reply.</summary>
    public string? Reply { get; init; }
}

/// <summary>How far an article came on its way to a subscriber, the farthest first.</summary>
internal enum LedgerStage
{
    /// <summary>The server accepted it.</summary>
    Sent,

    /// <summary>It is on its way, or held for a time.</summary>
    Waiting,

    /// <summary>Every attempt failed, or the server refused it.</summary>
    Dead,

    /// <summary>Cancelled before it was sent.</summary>
    Cancelled,

    /// <summary>The subscriber has unsubscribed.</summary>
    Unsubscribed,

    /// <summary>Muted in the configuration, or silenced by an operator.</summary>
    Muted,

    /// <summary>No route leads to the subscriber, or the subscriber's rules do not include it.</summary>
    NotRouted,

    /// <summary>The story has fewer sources than the rule asks for.</summary>
    WaitsForSources,

    /// <summary>No alerted article has changed in the way that the rule asks for.</summary>
    WaitsForChange,

    /// <summary>The story has alerted already.</summary>
    SameStory,

    /// <summary>Older than MaxAge.</summary>
    TooOld,

    /// <summary>The rule does not fire.</summary>
    NoMatch,

    /// <summary>It waits to be processed.</summary>
    Unprocessed,

    /// <summary>Processing failed for good.</summary>
    Failed,

    /// <summary>The source showed it before the watching began.</summary>
    Baseline,

    /// <summary>The configuration has no such subscriber.</summary>
    NoSubscriber,

    /// <summary>No source showed it.</summary>
    NeverSeen,
}
