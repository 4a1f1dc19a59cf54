using System.Collections.Frozen;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Stories;
using NewsWatch.Core.Text;

namespace NewsWatch.Configuration;

/// <summary>The watch configuration, checked as a whole: sources, rules and subscribers.</summary>
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

    /// <summary>The subscribers and the routes to them.</summary>
    public Audience Audience => new(
        Routes, Subscribers, Channels.Values.Where(channel => channel.Muted is not null).ToDictionary(channel => channel.Id, channel => channel.Muted!));

    /// <summary>Who prints what sources bring.</summary>
    internal Outlets Outlets => new(Publishers, Sources);

    /// <summary>True where a rule or route asks how many tell a story.</summary>
    public bool AsksForSources => Rules.Values.Any(rule => rule.Rule.Needs.AsksForSources) || Routes?.AsksForSources == true;

    /// <summary>The names of a source in rules: its id and its group's.</summary>
    public IReadOnlyList<string> NamesOf(string source) => Sources.GetValueOrDefault(source)?.Group is { } group ? [source, group] : [source];

    /// <summary>Who is behind an article, as far as its source and its address say.</summary>
    public string PublisherOf(string source, string article) =>
        Sources.GetValueOrDefault(source)?.Publisher?.Id ?? (Uri.TryCreate(article, UriKind.Absolute, out var url) && url.Host.Length > 0 ? url.Host : source);

    /// <summary>How often a rule should alert at most; null for no bound.</summary>
    public Cap? BudgetOf(string rule) => Rules.GetValueOrDefault(rule)?.Budget ?? Defaults.Budget;

    /// <summary>What rules see of an article of a source.</summary>
    /// <param name="seen">When it was first seen: counts as its publication where it names none.</param>
    public Document DocumentOf(Article article, string source, DateTimeOffset seen)
    {
        var known = Sources.GetValueOrDefault(source);
        return ArticleDocument.Create(article, NamesOf(source), known?.Publisher?.Id ?? "", seen) with { Zone = known?.TimeZone };
    }

    /// <summary>News of a source as alerts are decided by it: what the configuration says of its source and its rules; rules that left it have no part in it.</summary>
    /// <param name="rules">The ids of the rules that matched.</param>
    public MatchedNews News(IEnumerable<string> rules, string source, ArticleChange change, long story, string storyKey)
    {
        var known = Sources.GetValueOrDefault(source);
        return new()
        {
            Matches = [.. rules.Select(rule => Rules.GetValueOrDefault(rule)?.Match).OfType<MatchedRule>()],
            Change = change,
            Story = story,
            StoryKey = storyKey,
            Source = source,
            Group = known?.Group ?? "",
            Publisher = known?.Publisher?.Id ?? "",
            Muted = known?.Muted,
            MaxAge = known?.MaxAge ?? Defaults.MaxAge,
        };
    }
}

/// <summary>The values for sources and subscribers that set none.</summary>
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

    /// <summary>What counts as one story.</summary>
    public StoryScope Stories { get; init; } = StoryScope.Headline;

    public Cap PerSubscriberCap { get; init; } = new(20, TimeSpan.FromHours(1));

    /// <summary>How often a rule without a budget of its own should alert at most; null for no bound. It holds back no alert.</summary>
    public Cap? Budget { get; init; }
}

/// <summary>Who publishes a source.</summary>
/// <param name="Wire">True for a news agency.</param>
/// <param name="StateAffiliated">True where a state speaks through it.</param>
public sealed record Publisher(string Id, string Name, bool Wire, bool StateAffiliated)
{
    /// <summary>Who owns it: a publisher's id or name, or any other name; null for itself.</summary>
    public string? Owner { get; init; }
}

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

    /// <summary>A time in which its news is recorded without alerts; null for none.</summary>
    public Muting? Muted { get; init; }

    /// <summary>The configured interval; with <see cref="AutoPoll"/> the source's own rhythm decides.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMinutes(5);

    public bool AutoPoll { get; init; }

    /// <summary>True if its host may have non-public addresses.</summary>
    public bool AllowPrivate { get; init; }

    /// <summary>The silence after which the operator gets a notice; null for three times its own usual gap.</summary>
    public TimeSpan? ExpectEvery { get; init; }

    public FullText FullText { get; init; } = FullText.Auto;

    public FirstRun FirstRun { get; init; } = new(FirstRunKind.Baseline, 0);

    public TimeSpan MaxAge { get; init; } = TimeSpan.FromHours(36);

    /// <summary>CSS selector: the links of a page source, or the body of an article page.</summary>
    public string? Select { get; init; }

    /// <summary>CSS selectors of elements to ignore.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];

    /// <summary>Regular expressions of text to ignore in a page watched for text.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>Tracking parameters of this source's site, beside the usual ones; a trailing <c>*</c> matches any ending.</summary>
    public IReadOnlyList<string> TrackingParameters { get; init; } = [];

    /// <summary>True to drop paragraphs that several articles of one site share.</summary>
    public bool DropRepeated { get; init; } = true;

    public PageWatch Watch { get; init; } = PageWatch.Links;

    /// <summary>The BCP 47 tag of a source that does not state its language.</summary>
    public string Language { get; init; } = "";

    /// <summary>The zone in which its days begin, for deadlines; null where it is not known.</summary>
    public TimeZoneInfo? TimeZone { get; init; }

    /// <summary>Request headers; values may come from secrets. Never logged.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = FrozenDictionary<string, string>.Empty;
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

/// <summary>What counts as one story.</summary>
public enum StoryScope
{
    /// <summary>Articles under one headline within a day.</summary>
    Headline,

    /// <summary>Articles about one event and what follows from it, in whatever words.</summary>
    Wide,
}

/// <summary>The treatment of a source's first items.</summary>
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

    /// <summary>The queries as written.</summary>
    public required string When { get; init; }

    public string? Unless { get; init; }

    /// <summary>The queries, parsed.</summary>
    public required Rule Rule { get; init; }

    public Severity Severity { get; init; } = Severity.Routine;

    public string? Owner { get; init; }

    /// <summary>A time in which it is muted; null for none.</summary>
    public Muting? Muted { get; init; }

    /// <summary>How often it should alert at most; null for the default. It holds back no alert.</summary>
    public Cap? Budget { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Texts on which it must fire, and texts on which it must not.</summary>
    public RuleExamples Examples { get; init; } = RuleExamples.None;

    /// <summary>The rule for deciding alerts.</summary>
    public MatchedRule Match => new(Id, Severity, Labels, Muted) { Needs = Rule.Needs };
}

/// <summary>Who runs the installation.</summary>
public sealed record Operator
{
    public IReadOnlyList<string> To { get; init; } = [];

    public string? Via { get; init; }

    /// <summary>When drills are; null for never by themselves.</summary>
    public DrillTime? Drill { get; init; }

    public Uri? HeartbeatUrl { get; init; }

    /// <summary>Networks that may be reached although they are not public.</summary>
    public IReadOnlyList<System.Net.IPNetwork> AllowPrivate { get; init; } = [];

    /// <summary>Ports beside 80, 443, 8080 and 8443 that sources and webhooks may use.</summary>
    public IReadOnlyList<int> AllowPorts { get; init; } = [];

    /// <summary>An address or URL for the owners of polled sites; goes into the User-Agent.</summary>
    public string? Contact { get; init; }

    /// <summary>The public address of this installation (WebSub callbacks); null for none.</summary>
    public Uri? PublicUrl { get; init; }
}
