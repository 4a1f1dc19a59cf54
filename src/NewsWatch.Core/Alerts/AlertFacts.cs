namespace NewsWatch.Core.Alerts;

/// <summary>What routes, groups and subscribers look at in an alert.</summary>
public sealed record AlertFacts
{
    /// <summary>The rule's id.</summary>
    public required string Rule { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>The rule's labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The story's id.</summary>
    public required long Story { get; init; }

    /// <summary>The story's key: stable for ever, also after a restore from a backup.</summary>
    public required string StoryKey { get; init; }

    /// <summary>The id of the source that brought the article.</summary>
    public string Source { get; init; } = "";

    /// <summary>The group of that source; empty for none.</summary>
    public string Group { get; init; } = "";

    /// <summary>The publisher's id; empty when unknown.</summary>
    public string Publisher { get; init; } = "";

    /// <summary>BCP 47 language tag of the article; empty when unknown.</summary>
    public string Language { get; init; } = "";

    /// <summary>Why it alerts.</summary>
    public AlertReason Reason { get; init; }

    /// <summary>How long until the first deadline that it tells has passed; null where it tells none, or none that is to come.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>How many publishers tell the story.</summary>
    public int Publishers { get; init; }

    /// <summary>How many independent sources the story has.</summary>
    public int Independent { get; init; }
}
