namespace NewsWatch.Core.Articles.Metadata;

/// <summary>What one kind of signal tells about an article; null or empty for what it does not tell.</summary>
internal sealed record PageFacts
{
    /// <summary>Name of the signal, as <c>newswatch try</c> shows it.</summary>
    public required string Signal { get; init; }

    public string? Headline { get; init; }

    /// <summary>The headline as given to another network, or in another place for it.</summary>
    public string? Alternative { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<string> Authors { get; init; } = [];

    public PageDate? Published { get; init; }

    public PageDate? Modified { get; init; }

    public string? Section { get; init; }

    public IReadOnlyList<string> Keywords { get; init; } = [];

    public string? Language { get; init; }

    /// <summary>The address that the signal gives as the article's own; not yet trusted.</summary>
    public string? Url { get; init; }

    /// <summary>The text that the signal carries, as plain text.</summary>
    public string? Body { get; init; }

    /// <summary>The publisher's name: no author.</summary>
    public string? Publisher { get; init; }

    /// <summary>False behind a paywall.</summary>
    public bool? IsFree { get; init; }

    /// <summary>CSS selectors of the text behind the paywall.</summary>
    public IReadOnlyList<string> PaywallSelectors { get; init; } = [];

    /// <summary>Facts and updates of a live blog; null when the page is none.</summary>
    public LiveBlog? LiveBlog { get; init; }
}
