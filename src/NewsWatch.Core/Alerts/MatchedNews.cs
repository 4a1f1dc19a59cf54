using NewsWatch.Core.Alerts.Deadlines;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Stories;
using NewsWatch.Core.Stories.Origins;

namespace NewsWatch.Core.Alerts;

/// <summary>An article that rules matched, as far as alerts are decided by it.</summary>
public sealed record MatchedNews
{
    /// <summary>The rules that matched, each once.</summary>
    public required IReadOnlyList<MatchedRule> Matches { get; init; }

    /// <summary>What the article is to its story.</summary>
    public required ArticleChange Change { get; init; }

    /// <summary>The story's id.</summary>
    public required long Story { get; init; }

    /// <summary>The story's key: stable for ever, also after a restore from a backup.</summary>
    public required string StoryKey { get; init; }

    /// <summary>True where the article joined a known report only narrowly: it alerts all the same.</summary>
    public bool IsDoubtful { get; init; }

    /// <summary>Why the article belongs where it does: one sentence; empty where stories are told by their headline.</summary>
    public string Joined { get; init; } = "";

    /// <summary>Who tells the story, the article included.</summary>
    public Corroboration Sources { get; init; } = Corroboration.None;

    /// <summary>The id of the source that brought the article.</summary>
    public string Source { get; init; } = "";

    /// <summary>The group of that source; empty for none.</summary>
    public string Group { get; init; } = "";

    /// <summary>The publisher's id; empty when unknown.</summary>
    public string Publisher { get; init; } = "";

    /// <summary>A time in which the source's news alerts nobody; null for none.</summary>
    public Muting? Muted { get; init; }

    /// <summary>BCP 47 language tag of the article; empty when unknown.</summary>
    public string Language { get; init; } = "";

    /// <summary>When the article was published, as far as it says so.</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>When the article was first seen.</summary>
    public DateTimeOffset FirstSeen { get; init; }

    /// <summary>An article that was older when it was first seen alerts nobody.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.MaxValue;

    /// <summary>What routes, groups and subscribers look at in one rule's alert.</summary>
    public AlertFacts FactsOf(MatchedRule match) => new()
    {
        Rule = match.Rule,
        Severity = match.Severity,
        Labels = match.Labels,
        Story = Story,
        StoryKey = StoryKey,
        Source = Source,
        Group = Group,
        Publisher = Publisher,
        Language = Language,
        Publishers = Sources.Publishers,
        Independent = Sources.Independent,
    };
}

/// <summary>A rule that matched.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Severity">Its severity today.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Muted">A time in which it alerts nobody; null for none.</param>
public sealed record MatchedRule(string Rule, Severity Severity, IReadOnlyDictionary<string, string> Labels, Muting? Muted = null)
{
    /// <summary>What the article brings of deadlines.</summary>
    public DeadlineNews Deadline { get; init; }

    /// <summary>When the first deadline that it tells, and that is to come, has passed; null for none.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>What it asks of the story before it alerts.</summary>
    public StoryNeeds Needs { get; init; } = StoryNeeds.None;

    /// <summary>The rule with what the article brings of its story's deadlines.</summary>
    /// <param name="asked">Those that the rule asks for in the article.</param>
    /// <param name="now">The time of the decision.</param>
    public MatchedRule With(StoryDeadlines deadlines, IReadOnlyList<DeadlineFacts> asked, DateTimeOffset now) => this with
    {
        Deadline = deadlines.NewsFor(Rule, asked),
        Due = deadlines.Shown(Rule, asked).Where(facts => facts.IsStated && facts.Ends > now).Min(facts => facts.Ends),
    };
}
