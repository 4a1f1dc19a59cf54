namespace NewsWatch.Core.Stories;

/// <summary>What stories need of an article.</summary>
public sealed record StoryArticle
{
    /// <summary>The article's number; larger ones are later.</summary>
    public required long Id { get; init; }

    /// <summary>The headline as plain text.</summary>
    public required string Title { get; init; }

    /// <summary>The text as far as it was read; empty where only the headline is known.</summary>
    public string Text { get; init; } = "";

    /// <summary>Who published it: its id or name; empty when unknown.</summary>
    public string Publisher { get; init; } = "";

    /// <summary>BCP 47 language tag; empty when unknown.</summary>
    public string Language { get; init; } = "";

    /// <summary>What rules found in it, as it is written: all that a rule finds shares such words, so that they witness no fact.</summary>
    public IReadOnlyCollection<string> Found { get; init; } = [];

    /// <summary>The entities (@name) and lists (#name) of the watch that it names: they join articles of different languages, and none that is known to be English.</summary>
    public IReadOnlyCollection<string> Watched { get; init; } = [];
}
