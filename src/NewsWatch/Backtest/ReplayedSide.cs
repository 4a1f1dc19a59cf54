using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Alerts.Replay;
using NewsWatch.Core.Rules.Hits;
using NewsWatch.Core.Stories;
using NewsWatch.Core.Stories.Origins;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Stories;

namespace NewsWatch.Backtest;

/// <summary>One configuration in a backtest: decides its matches and counts them.</summary>
/// <param name="configuration">The configuration.</param>
/// <param name="alerts">What was alerted before the window.</param>
/// <param name="messages">What was sent before the window.</param>
/// <param name="silences">What was silenced in the window.</param>
internal sealed class ReplayedSide(WatchConfiguration configuration, PastAlerts alerts, PastMessages messages, IReadOnlyList<Silence> silences)
{
    private readonly AlertReplay _replay = new(configuration.Audience with { Silences = silences }, alerts, messages, (facts, alert) => AlertStore.KeyOf(facts.Rule, facts.StoryKey, alert.Reason, alert.Step));
    private readonly Dictionary<string, RuleTally> _rules = [];
    private readonly Dictionary<VerdictReason, int> _suppressed = [];
    private readonly HashSet<long> _stories = [];
    private readonly HashSet<long> _articles = [];
    private readonly WaitingMatches _waiting = new();

    public WatchConfiguration Configuration => configuration;

    /// <summary>The counts by rule.</summary>
    public IReadOnlyDictionary<string, RuleTally> Rules => _rules;

    /// <summary>The messages of each subscriber.</summary>
    public IReadOnlyDictionary<string, MessageLoad> Loads => messages.Loads;

    /// <summary>The sums.</summary>
    public BacktestSide Sums => new(configuration.Version, _rules.Values.Sum(rule => rule.Matches), _rules.Values.Sum(rule => rule.Alerts), _stories.Count, _articles.Count, _suppressed);

    /// <summary>Counts the rules that fire; nothing is decided.</summary>
    public IReadOnlyList<ReplayedMatch> Count(ReplayedReading reading, IReadOnlyList<RuleMatch> matches)
    {
        foreach (var match in matches)
        {
            Count(reading, match.RuleId, isAlert: false);
        }

        return [.. matches.Select(match => new ReplayedMatch(match, null, null))];
    }

    /// <summary>Decides the rules that fire, as the service would have.</summary>
    public IReadOnlyList<ReplayedMatch> Decide(Session db, ReplayedReading reading, IReadOnlyList<RuleMatch> matches)
    {
        _waiting.Forget(reading);
        return matches.Count == 0 ? [] : Decide(reading, matches, SourcesOf(db, reading), reading.Change, reading.At);
    }

    /// <summary>Decides the matches of earlier readings that waited for what this one brings, as the service would have.</summary>
    public IReadOnlyList<(ReplayedReading Reading, IReadOnlyList<ReplayedMatch> Matches)> Confirm(Session db, ReplayedReading reading)
    {
        if (!_waiting.HasAny(reading))
        {
            return [];
        }

        var sources = SourcesOf(db, reading);
        return
        [
            .. _waiting.Take(reading, rule => IsMet(rule, sources))
                .Select(article => (article[^1].Reading, DecideAgain(article, sources, reading.At))),
        ];
    }

    /// <summary>Takes a reading from before the window: what it has that waits for sources may get them in the window. It is not counted.</summary>
    public void Remember(Session db, ReplayedReading reading, IReadOnlyList<RuleMatch> matches)
    {
        _waiting.Forget(reading);
        var asking = matches.Where(match => configuration.Rules[match.RuleId].Rule.Needs.AsksForSources).ToList();
        if (asking.Count == 0)
        {
            return;
        }

        var (sources, earlier) = (SourcesOf(db, reading), alerts.Of(reading.Place));
        foreach (var match in asking.Where(match => !earlier.Any(alert => alert.Rule == match.RuleId && alert.IsOfArticle) && !IsMet(match.RuleId, sources)))
        {
            _waiting.Add(new(reading, match, IsCounted: false));
        }
    }

    private bool IsMet(string rule, Corroboration sources) => configuration.Rules[rule].Rule.Needs.AreMetBy(sources.Publishers, sources.Independent);

    // Counted when it began to wait.
    private IReadOnlyList<ReplayedMatch> DecideAgain(IReadOnlyList<WaitingMatch> article, Corroboration sources, DateTimeOffset at)
    {
        foreach (var one in article.Where(one => one.IsCounted))
        {
            TallyOf(one.Match.RuleId).Matches--;
            _suppressed[VerdictReason.WaitsForSources]--;
        }

        return Decide(article[^1].Reading, [.. article.Select(one => one.Match)], sources, ArticleChange.New, at);
    }

    private Corroboration SourcesOf(Session db, ReplayedReading reading) => configuration.AsksForSources
        ? configuration.Outlets.SourcesOf(StoryTexts.Of(db, [reading.Place.Story], reading.Id, configuration.Outlets.Of))
        : Corroboration.None;

    private IReadOnlyList<ReplayedMatch> Decide(ReplayedReading reading, IReadOnlyList<RuleMatch> matches, Corroboration sources, ArticleChange change, DateTimeOffset at)
    {
        var news = configuration.News(matches.Select(match => match.RuleId), reading.Source, change, reading.Place.Story, reading.StoryKey!) with
        {
            IsDoubtful = reading.IsDoubtful,
            Language = reading.Article.Language,
            Published = reading.Article.Published,
            FirstSeen = reading.FirstSeen,
            Sources = sources,
        };
        return [.. _replay.Decide(news, reading.Place, at).Zip(matches, (decision, match) => Count(reading, decision, match))];
    }

    private ReplayedMatch Count(ReplayedReading reading, MatchDecision decided, RuleMatch match)
    {
        if (decided.Decision is AlertDecision.Alert alert)
        {
            Count(reading, match.RuleId, isAlert: true);
            return new(match, alert, null);
        }

        TallyOf(match.RuleId).Matches++;
        var reason = ((AlertDecision.Suppress)decided.Decision).Reason;
        _suppressed[reason] = _suppressed.GetValueOrDefault(reason) + 1;
        if (reason == VerdictReason.WaitsForSources)
        {
            _waiting.Add(new(reading, match, IsCounted: true));
        }

        return new(match, null, reason);
    }

    private void Count(ReplayedReading reading, string rule, bool isAlert)
    {
        var tally = TallyOf(rule);
        tally.Matches++;
        tally.Alerts += isAlert ? 1 : 0;
        tally.Add(reading);
        _stories.Add(reading.Place.Story);
        _articles.Add(reading.Place.Article);
    }

    private RuleTally TallyOf(string rule)
    {
        if (!_rules.TryGetValue(rule, out var tally))
        {
            _rules[rule] = tally = new();
        }

        return tally;
    }
}

/// <summary>A rule that fired in a reading, and what was decided.</summary>
/// <param name="Alert">The alert; null for none.</param>
/// <param name="Suppressed">Why there is none; null at level matches.</param>
internal sealed record ReplayedMatch(RuleMatch Match, AlertDecision.Alert? Alert, VerdictReason? Suppressed);

/// <summary>The counts of one rule.</summary>
internal sealed class RuleTally
{
    private readonly HashSet<long> _stories = [];

    public int Matches { get; set; }

    public int Alerts { get; set; }

    /// <summary>The alerts of each day (UTC); at level matches, the matches.</summary>
    public Dictionary<DateOnly, int> ByDay { get; } = [];

    public RuleCount Counts => new(Matches, Alerts, _stories.Count, ByDay.Values.DefaultIfEmpty().Max());

    /// <summary>Counts an alert, at level matches a match, for its story and day.</summary>
    public void Add(ReplayedReading reading)
    {
        _stories.Add(reading.Place.Story);
        var day = DateOnly.FromDateTime(reading.At.UtcDateTime);
        ByDay[day] = ByDay.GetValueOrDefault(day) + 1;
    }
}
