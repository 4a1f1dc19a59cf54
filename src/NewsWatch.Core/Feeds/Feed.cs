namespace NewsWatch.Core.Feeds;

/// <summary>A feed as read from bytes, whatever its format.</summary>
public sealed record Feed
{
    /// <summary>rss20, rss091, rss10, atom10, atom03, json11, cdf, ...</summary>
    public required string Kind { get; init; }

    /// <summary>The channel's title as plain text; empty when there is none.</summary>
    public string Title { get; init; } = "";

    /// <summary>The site the feed belongs to, absolute where a base is known.</summary>
    public string? Link { get; init; }

    /// <summary>BCP 47 language tag; empty when unknown.</summary>
    public string Language { get; init; } = "";

    /// <summary>What the feed itself says about how often to ask and where to listen.</summary>
    public FeedHints Hints { get; init; } = new();

    /// <summary>The items in document order.</summary>
    public IReadOnlyList<FeedItem> Items { get; init; } = [];

    /// <summary>Items beyond the limit, which were not read.</summary>
    public int Dropped { get; init; }
}

/// <summary>One entry of a feed.</summary>
public sealed record FeedItem
{
    /// <summary>guid, atom:id or JSON id exactly as written; null when there is none.</summary>
    public string? Id { get; init; }

    /// <summary>The link to the article, absolute where a base is known.</summary>
    public string? Link { get; init; }

    /// <summary>The headline as plain text.</summary>
    public string Title { get; init; } = "";

    /// <summary>Plain text of the longest of content, summary, description; paragraphs separated by a blank line.</summary>
    public string Text { get; init; } = "";

    /// <summary>Published, else updated, else created; null when none could be read for certain.</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>When it was last changed, where the feed says so.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>Bylines.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>Categories and tags.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>The item's own language; the poller puts the feed's in where there is none, as a BCP 47 tag, so that an item can be judged without its feed.</summary>
    public string Language { get; init; } = "";
}

/// <summary>What a feed says about polling it: bounds are the poller's business.</summary>
public sealed record FeedHints
{
    /// <summary>RSS ttl or sy:updatePeriod / updateFrequency.</summary>
    public TimeSpan? UpdateEvery { get; init; }

    /// <summary>RSS skipHours: UTC hours 0-23 without news.</summary>
    public IReadOnlyList<int> SkipHours { get; init; } = [];

    /// <summary>RSS skipDays.</summary>
    public IReadOnlyList<DayOfWeek> SkipDays { get; init; } = [];

    /// <summary>WebSub hubs (rel=hub).</summary>
    public IReadOnlyList<string> Hubs { get; init; } = [];

    /// <summary>The feed's own address (rel=self), which is the WebSub topic.</summary>
    public string? Self { get; init; }

    /// <summary>The next older page: RFC 5005 prev-archive or next, JSON Feed next_url.</summary>
    public string? OlderPage { get; init; }

    /// <summary>The feed says that it is finished (JSON Feed expired, RFC 5005 complete is not meant).</summary>
    public bool Expired { get; init; }
}
