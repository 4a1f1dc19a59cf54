using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules;

namespace NewsWatch.Backtest;

/// <summary>What a backtest found.</summary>
public sealed record BacktestResult
{
    public required BacktestLevel Level { get; init; }

    /// <summary>The one rule that was looked at; null for all.</summary>
    public string? Rule { get; init; }

    public required BacktestWindow Window { get; init; }

    public required BacktestSide Candidate { get; init; }

    /// <summary>Null where the candidate was compared with nothing.</summary>
    public BacktestSide? Baseline { get; init; }

    /// <summary>What came of the comparison, over all rules.</summary>
    public required BacktestDifference Difference { get; init; }

    /// <summary>A row for each rule that matched on either side, or is on one side only, the most alerts first.</summary>
    public required IReadOnlyList<RuleOutcome> Rules { get; init; }

    /// <summary>A row for each day (UTC) with an alert.</summary>
    public required IReadOnlyList<DayOutcome> Days { get; init; }

    /// <summary>The candidate's alerts by source, the most first.</summary>
    public required IReadOnlyList<NamedCount> Sources { get; init; }

    /// <summary>The candidate's alerts by language, the most first.</summary>
    public required IReadOnlyList<NamedCount> Languages { get; init; }

    /// <summary>The candidate's alerts by hour of the day (UTC).</summary>
    public required IReadOnlyList<int> Hours { get; init; }

    /// <summary>The terms that the candidate's alerts were found by, the most frequent first.</summary>
    public required IReadOnlyList<NamedCount> Terms { get; init; }

    public required IReadOnlyList<SubscriberOutcome> Subscribers { get; init; }

    /// <summary>The baseline against what the archive says was sent; null without a baseline and at level matches.</summary>
    public SentComparison? Sent { get; init; }

    /// <summary>The newest of each kind.</summary>
    public required IReadOnlyList<BacktestSample> Samples { get; init; }

    /// <summary>How many readings are left after each clause of the rule, in the order written; empty where that was not asked for.</summary>
    public IReadOnlyList<NamedCount> Funnel { get; init; } = [];

    /// <summary>How many readings lack one clause of the rule alone.</summary>
    public int NearMisses { get; init; }

    /// <summary>The first clauses that fail now in what is gone, the most frequent first; of the samples.</summary>
    public IReadOnlyList<NamedCount> GoneBecause =>
    [
        .. Samples.Where(sample => sample.Kind == SampleKind.Gone).CountBy(sample => sample.Why).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new NamedCount(pair.Key, pair.Value)),
    ];
}

/// <summary>The readings that were replayed.</summary>
/// <param name="From">When the first was decided; null for an empty window.</param>
/// <param name="To">When the last was decided.</param>
/// <param name="Readings">All of the window.</param>
/// <param name="Articles">The articles that they read.</param>
/// <param name="Kept">Of them, texts from before the archive began: nobody decided on them, so only level matches looks at them.</param>
/// <param name="Lost">Of them, those whose story retention has removed: they cannot be replayed.</param>
/// <param name="Configurations">The versions that decided them, in that order.</param>
public sealed record BacktestWindow(DateTimeOffset? From, DateTimeOffset? To, int Readings, int Articles, int Kept, int Lost, IReadOnlyList<string> Configurations)
{
    /// <summary>Its length in days, at least one: a rate of less than a day would say too much.</summary>
    public double Days => From is { } from && To is { } to ? Math.Max(1, (to - from).TotalDays) : 1;
}

/// <summary>The sums of one side.</summary>
/// <param name="Version">Of its configuration.</param>
/// <param name="Matches">Rules that fired, each once a reading.</param>
/// <param name="Suppressed">Matches that were no alert, by reason.</param>
public sealed record BacktestSide(string Version, int Matches, int Alerts, int Stories, int Articles, IReadOnlyDictionary<VerdictReason, int> Suppressed);

/// <summary>How two sides differ. An alert is the same where rule, story and reason agree.</summary>
public sealed record BacktestDifference(int New, int Gone, int Same);

/// <summary>One rule on both sides.</summary>
/// <param name="Before">Its baseline; null where the baseline lacks the rule, or there is none.</param>
/// <param name="After">Its candidate; null where the candidate lacks the rule.</param>
public sealed record RuleOutcome(string Rule, RuleCount? Before, RuleCount? After, BacktestDifference Difference);

/// <summary>The counts of one rule on one side.</summary>
public sealed record RuleCount(int Matches, int Alerts, int Stories, int FullestDay);

/// <summary>The alerts of a day on both sides.</summary>
public sealed record DayOutcome(DateOnly Day, int Before, int After);

/// <summary>How often something came.</summary>
public sealed record NamedCount(string Name, int Count);

/// <summary>The messages of a subscriber on both sides.</summary>
public sealed record SubscriberOutcome(string Subscriber, MessageCount? Before, MessageCount After);

/// <summary>The messages of a subscriber on one side.</summary>
/// <param name="Messages">All, digests among them.</param>
/// <param name="ADay">On average.</param>
/// <param name="FullestDay">The most in one day of the subscriber's zone.</param>
/// <param name="Outcomes">How many alerts went at once, with others, later, or not at all.</param>
public sealed record MessageCount(int Messages, double ADay, int FullestDay, IReadOnlyDictionary<VerdictOutcome, int> Outcomes);

/// <summary>The baseline's alert keys against those that the archive has.</summary>
/// <param name="Sent">How many alerts the archive has in the window.</param>
/// <param name="Missing">Keys that were sent and not replayed; at most 20.</param>
/// <param name="Extra">Keys that were replayed and never sent; at most 20.</param>
public sealed record SentComparison(int Sent, int MissingCount, int ExtraCount, IReadOnlyList<string> Missing, IReadOnlyList<string> Extra)
{
    /// <summary>Corrections, withdrawals and reminders of the window: no reading's words decide them, so they are taken as they were sent.</summary>
    public int Beside { get; init; }

    /// <summary>True when both have the same keys.</summary>
    public bool IsExact => MissingCount == 0 && ExtraCount == 0;
}

/// <summary>One alert, or one match at level matches, as a person judges it.</summary>
/// <param name="Why">Of a gone one the first clause that fails now, of a new one the first that failed before, of a near one the one that it lacks; empty for the same.</param>
public sealed record BacktestSample(
    SampleKind Kind, string Rule, AlertReason? Reason, long Reading, long Article, DateTimeOffset At, string Source, string Url, string Title, IReadOnlyList<Excerpt> Excerpts, string Why);

/// <summary>What became of an alert.</summary>
public enum SampleKind
{
    /// <summary>The candidate alone has it.</summary>
    New,

    /// <summary>The baseline alone has it.</summary>
    Gone,

    /// <summary>Both have it.</summary>
    Same,

    /// <summary>The candidate's rule lacks one clause alone.</summary>
    Near,
}
