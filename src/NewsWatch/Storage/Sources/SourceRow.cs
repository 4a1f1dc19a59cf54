using NewsWatch.Core.Articles;
using NewsWatch.Storage.Work;

namespace NewsWatch.Storage.Sources;

/// <summary>A source that is due: what decides whether it may be polled now.</summary>
internal record DueSource
{
    public required string Id { get; init; }

    /// <summary>The configured address.</summary>
    public required string Url { get; init; }

    public string? MovedTo { get; init; }

    /// <summary>Polls in a row that were redirected there for good.</summary>
    public int MovedSeen { get; init; }

    /// <summary>When <see cref="Url"/> was last asked.</summary>
    public DateTimeOffset? MovedAsked { get; init; }

    /// <summary>This poll asks <see cref="Url"/> again although the source has moved; not stored.</summary>
    public bool AsksConfigured { get; init; }

    /// <summary>In a row.</summary>
    public int Failures { get; init; }

    public DateTimeOffset? LastSuccess { get; init; }

    public DateTimeOffset NextDue { get; init; }

    /// <summary>The number of its latest claim.</summary>
    public long Fence { get; init; }

    /// <summary>The shard of its host, as far as it is known; read for the choice of due sources alone.</summary>
    public long Shard { get; init; }

    /// <summary>What ends with its poll.</summary>
    internal Lease Lease => new(Stage.Poll, Id, Fence);

    /// <summary>Polls in a row that were started and did not end, the one of this claim included.</summary>
    public int Starts { get; init; }

    /// <summary>Redirects seen before a permanent move is believed.</summary>
    public const int Confirmations = 2;

    /// <summary>The move is confirmed and stays on the site: one to another site waits for the operator, because a lapsed domain or a break-in looks the same.</summary>
    public bool IsMoved => MovedTo is { } moved && MovedSeen >= Confirmations && SiteOf(moved) == SiteOf(Url);

    /// <summary>Where the next request goes: the address moved to, once that is believed.</summary>
    public string Address => IsMoved && !AsksConfigured ? MovedTo! : Url;

    /// <summary>How it did so far, as far as its share of the polls depends on it; <see cref="PollQueue.Due"/> tells failing ones apart in the same way.</summary>
    public SourceStanding Standing => (Failures, LastSuccess) switch
    {
        ( > 1, _) or (1, null) => SourceStanding.Failing,
        (_, null) => SourceStanding.New,
        _ => SourceStanding.Proven,
    };

    private static string SiteOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) ? RegistrableHost.Of(address) : "";
}

/// <summary>What is known of a source between two polls.</summary>
internal sealed record SourceRow : DueSource
{
    /// <summary>The configured interval that <see cref="DueSource.NextDue"/> was computed with.</summary>
    public TimeSpan Poll { get; init; }

    /// <summary><see cref="Poll"/> as its column holds it, in milliseconds.</summary>
    public long PollMs
    {
        get => (long)Poll.TotalMilliseconds;
        init => Poll = TimeSpan.FromMilliseconds(value);
    }

    /// <summary>The time of the notice about <see cref="DueSource.MovedTo"/>.</summary>
    public DateTimeOffset? MovedTold { get; init; }

    public string? ValidatorsUrl { get; init; }

    public string? ETag { get; init; }

    public string? LastModified { get; init; }

    public string? BodyHash { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public SourceState State { get; init; }

    public DateTimeOffset StateSince { get; init; }

    public string StateReason { get; init; } = "";

    public string? LastError { get; init; }

    public DateTimeOffset? LastPoll { get; init; }

    public DateTimeOffset? LastItem { get; init; }

    public DateTimeOffset? Baselined { get; init; }

    /// <summary>Its guids change from poll to poll, so that links identify its items.</summary>
    public bool UnstableIds { get; init; }

    /// <summary>JSON: arrival times of recent items.</summary>
    public string Rhythm { get; init; } = "[]";

    /// <summary>JSON: what the feed says about polling it.</summary>
    public string Hints { get; init; } = "{}";

    /// <summary>Without what every poll changes, which is stored apart.</summary>
    internal SourceRow Learned => this with { NextDue = default, NotBefore = null, LastPoll = null, LastSuccess = null, Starts = 0, Fence = 0, AsksConfigured = false };

    /// <summary>Without what polls taught: that may be what broke the last one. Its items and its state stay.</summary>
    public SourceRow Unlearned() => this with { ValidatorsUrl = null, ETag = null, LastModified = null, BodyHash = null, Rhythm = "[]", Hints = "{}" };
}

/// <summary>How a source does.</summary>
public enum SourceState
{
    Ok,

    /// <summary>Its polls fail.</summary>
    Failing,

    /// <summary>Its polls succeed, but it has been silent for longer than it usually is.</summary>
    Stale,

    /// <summary>It said that it is gone for good; it is not polled any more.</summary>
    Gone,
}

/// <summary>Whose polls are likely to end soon.</summary>
public enum SourceStanding
{
    /// <summary>It was never polled.</summary>
    New,

    /// <summary>Its polls succeed, but for one at most.</summary>
    Proven,

    /// <summary>It failed twice in a row, or never worked.</summary>
    Failing,
}

/// <summary>A source as the configuration wants it.</summary>
/// <param name="Poll">The configured interval.</param>
internal sealed record ConfiguredSource(string Id, string Url, TimeSpan Poll);
