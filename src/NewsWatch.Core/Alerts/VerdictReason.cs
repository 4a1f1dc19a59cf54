namespace NewsWatch.Core.Alerts;

/// <summary>Why a match became what it did for a subscriber; the sentence beside it says it with names and times.</summary>
public enum VerdictReason
{
    /// <summary>A message of its own, at once.</summary>
    AtOnce,

    /// <summary>The route groups by story or rule.</summary>
    Grouped,

    /// <summary>The subscriber's quiet hours.</summary>
    QuietHours,

    /// <summary>The route gathers for a time of day.</summary>
    Digest,

    /// <summary>The subscriber's cap is reached.</summary>
    Cap,

    /// <summary>The rule, source, subscriber or channel is muted in the configuration, or an operator silenced it.</summary>
    Muted,

    /// <summary>The article was older than MaxAge when it was first seen.</summary>
    TooOld,

    /// <summary>The story has alerted already, and the article brings nothing new.</summary>
    SameStory,

    /// <summary>The story has fewer publishers or independent sources than the rule asks for; the match alerts as soon as it has them.</summary>
    WaitsForSources,

    /// <summary>The rule asks for a change of an alerted article, and there was none of that kind.</summary>
    WaitsForChange,

    /// <summary>No route and no subscriber asks for the rule.</summary>
    NotRouted,

    /// <summary>A route brings it, but the subscriber's own rules leave it out.</summary>
    NotWanted,

    /// <summary>The subscriber unsubscribed.</summary>
    Unsubscribed,
}
