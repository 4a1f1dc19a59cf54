using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules;

namespace NewsWatch.Configuration;

/// <summary>The watch configuration, checked whole: what is polled, what is watched for, who is told.</summary>
public sealed record WatchConfiguration
{
    /// <summary>First 12 hex digits of the SHA-256 of all files it was read from.</summary>
    public required string Version { get; init; }

    public required Defaults Defaults { get; init; }

    public required IReadOnlyDictionary<string, Publisher> Publishers { get; init; }

    public required IReadOnlyDictionary<string, Source> Sources { get; init; }

    public required Vocabulary Vocabulary { get; init; }

    public required IReadOnlyDictionary<string, WatchRule> Rules { get; init; }

    /// <summary>All rules, compiled.</summary>
    public required RuleSet RuleSet { get; init; }

    public required IReadOnlyDictionary<string, Channel> Channels { get; init; }

    public required IReadOnlyDictionary<string, Subscriber> Subscribers { get; init; }

    /// <summary>The routing tree; null when each subscriber gets its rules at once.</summary>
    public Route? Routes { get; init; }

    public required Operator Operator { get; init; }

    /// <summary>The channel for notices to the operator; null for none.</summary>
    public string? OperatorChannel => Operator.Via ?? Defaults.Via;

    /// <summary>Everybody who may get alerts, and how alerts find them.</summary>
    public Audience Audience => new(
        Routes, Subscribers, Channels.Values.Where(channel => channel.Muted is not null).ToDictionary(channel => channel.Id, channel => channel.Muted!));

    /// <summary>What rules may call a source: its id and its group's.</summary>
    public IReadOnlyList<string> NamesOf(string source) => Sources.GetValueOrDefault(source)?.Group is { } group ? [source, group] : [source];
}

/// <summary>What holds where a source or subscriber says nothing.</summary>
public sealed record Defaults
{
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    public string? Via { get; init; }

    public TimeSpan Poll { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>True for <c>"Poll": "auto"</c>: each source's own rhythm decides.</summary>
    public bool AutoPoll { get; init; }

    public FirstRun FirstRun { get; init; } = new(FirstRunKind.Baseline, 0);

    public TimeSpan MaxAge { get; init; } = TimeSpan.FromHours(36);

    public FullText FullText { get; init; } = FullText.Auto;

    public Cap PerSubscriberCap { get; init; } = new(20, TimeSpan.FromHours(1));
}

/// <summary>Who publishes a source.</summary>
public sealed record Publisher(string Id, string Name, bool Wire, bool StateAffiliated);

/// <summary>A feed, news sitemap, web page or local file that is polled.</summary>
public sealed record Source
{
    public required string Id { get; init; }

    public SourceKind Kind { get; init; } = SourceKind.Feed;

    /// <summary>http(s) address, or the path of a file or folder for <see cref="SourceKind.File"/>.</summary>
    public required string Url { get; init; }

    public Publisher? Publisher { get; init; }

    /// <summary>The group whose defaults it takes; rules and routes may name it as they name a source.</summary>
    public string? Group { get; init; }

    /// <summary>A time in which its news is recorded and alerts nobody; null for none.</summary>
    public Muting? Muted { get; init; }

    /// <summary>The wished interval; <see cref="AutoPoll"/> lets the source's own rhythm decide.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMinutes(5);

    public bool AutoPoll { get; init; }

    /// <summary>True when its host may have addresses that are not of the public internet.</summary>
    public bool AllowPrivate { get; init; }

    /// <summary>How long it may be silent before that is reported; null for three times its own usual gap.</summary>
    public TimeSpan? ExpectEvery { get; init; }

    public FullText FullText { get; init; } = FullText.Auto;

    public FirstRun FirstRun { get; init; } = new(FirstRunKind.Baseline, 0);

    public TimeSpan MaxAge { get; init; } = TimeSpan.FromHours(36);

    /// <summary>CSS selector: the links of a page source, or the body of an article page.</summary>
    public string? Select { get; init; }

    /// <summary>CSS selectors of what is no part of the page.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];

    /// <summary>Regular expressions: what they match in a page watched for text does not count, and is not told.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>Query parameters that only track on this source's site, beside those known everywhere; a trailing <c>*</c> stands for any ending.</summary>
    public IReadOnlyList<string> TrackingParameters { get; init; } = [];

    /// <summary>Paragraphs that stand in several articles of one site are no part of any.</summary>
    public bool DropRepeated { get; init; } = true;

    public PageWatch Watch { get; init; } = PageWatch.Links;

    /// <summary>BCP 47 tag where the source does not say it itself.</summary>
    public string Language { get; init; } = "";

    /// <summary>Request headers; values may come from secrets. Never logged.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}

public enum SourceKind
{
    Feed,
    Sitemap,
    Page,
    Live,
    File,
}

public enum PageWatch
{
    Links,
    Text,
}

/// <summary>When an item's page is fetched.</summary>
public enum FullText
{
    Auto,
    Always,
    Never,
}

/// <summary>What a source's first poll means.</summary>
public sealed record FirstRun(FirstRunKind Kind, int Last);

public enum FirstRunKind
{
    /// <summary>Known items are recorded, none alerts.</summary>
    Baseline,

    /// <summary>The newest N may alert.</summary>
    AlertLast,

    /// <summary>All may alert.</summary>
    AlertAll,
}

/// <summary>A watch rule with everything around its queries.</summary>
public sealed record WatchRule
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>The queries as their author wrote them.</summary>
    public required string When { get; init; }

    public string? Unless { get; init; }

    /// <summary>The queries, parsed.</summary>
    public required Rule Rule { get; init; }

    public Severity Severity { get; init; } = Severity.Routine;

    public string? Owner { get; init; }

    /// <summary>A time in which it alerts nobody; null for none.</summary>
    public Muting? Muted { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The rule as alerts are decided by it.</summary>
    public MatchedRule Match => new(Id, Severity, Labels, Muted);
}

/// <summary>Who runs the installation.</summary>
public sealed record Operator
{
    public IReadOnlyList<string> To { get; init; } = [];

    public string? Via { get; init; }

    public Uri? HeartbeatUrl { get; init; }

    /// <summary>Networks that may be reached although they are not public.</summary>
    public IReadOnlyList<System.Net.IPNetwork> AllowPrivate { get; init; } = [];

    /// <summary>Ports beside 80, 443, 8080 and 8443 that sources and webhooks may use.</summary>
    public IReadOnlyList<int> AllowPorts { get; init; } = [];

    /// <summary>Where a site's owner finds out who polls; goes into the User-Agent.</summary>
    public string? Contact { get; init; }

    /// <summary>The address under which this installation can be reached from outside (WebSub callbacks); null for none.</summary>
    public Uri? PublicUrl { get; init; }
}
