namespace NewsWatch.Core.Articles;

/// <summary>How much of the article NewsWatch could read.</summary>
public enum Completeness
{
    /// <summary>The whole text.</summary>
    Full,

    /// <summary>Headline and summary only: the page could not be fetched, or was not asked for.</summary>
    Partial,

    /// <summary>The headline and the text before the paywall.</summary>
    Paywalled,
}

/// <summary>The document behind one or more items; one per canonical URL.</summary>
public sealed record Article
{
    /// <summary>The canonical URL: the article's identity.</summary>
    public required string Url { get; init; }

    /// <summary>The headline as plain text.</summary>
    public required string Title { get; init; }

    /// <summary>The body as plain text; paragraphs are separated by a blank line.</summary>
    public required string Text { get; init; }

    /// <summary>Bylines, one name each.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>When it was published, as the source says; never used as a cursor.</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>When it was last changed, as the source says.</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>BCP 47 language tag; empty when unknown.</summary>
    public string Language { get; init; } = "";

    /// <summary>The section, e.g. "World"; empty when unknown.</summary>
    public string Section { get; init; } = "";

    /// <summary>Keywords and categories.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>How much of it was read.</summary>
    public Completeness Completeness { get; init; }
}
