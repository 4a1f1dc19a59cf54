using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Alerts.Replay;
using NewsWatch.Core.Rules;
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
/// <param name="threads">The threads that are one story.</param>
/// <param name="beside">The corrections, withdrawals and reminders of the window: they are taken as they were.</param>
internal sealed class ReplayedSide(
    WatchConfiguration configuration, PastAlerts alerts, PastMessages messages, IReadOnlyList<Silence> silences, MergedThreads threads, IReadOnlyList<PastAlert> beside)
{
    private readonly AlertReplay _replay = new(configuration.Audience with { Silences = silences }, alerts, messages, (facts, alert) => AlertStore.KeyOf(facts.Rule, facts.StoryKey, alert.Reason, alert.Step));
    private readonly Dictionary<string, RuleTally> _rules = [];
    private readonly Dictionary<VerdictReason, int> _suppressed = [];
    private readonly HashSet<long> _stories = [];
    private readonly HashSet<long> _articles = [];
    private readonly WaitingMatches _waiting = new(threads);
    private readonly ReplayedDeadlines _deadlines = new(configuration);
    private readonly Queue<PastAlert> _beside = new(beside);

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
            TallyOf(match.RuleId).Matches++;
            Count(reading, match.RuleId, isAlert: false);
        }

        return [.. matches.Select(match => new ReplayedMatch(match, null, null))];
    }

    /// <summary>Decides the rules that fire, as the service would have.</summary>
    public IReadOnlyList<ReplayedMatch> Decide(Session db, ReplayedReading reading, IReadOnlyList<RuleMatch> matches)
    {
        _waiting.Forget(reading);
        return Decide(db, reading, matches, null, reading.Change, reading.At, TakeBeside(reading));
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
                .Select(article => (article[^1].Reading, DecideAgain(db, article, sources, reading.At))),
        ];
    }

    /// <summary>Takes a reading from before the window: what it has that waits for sources may get them in the window, and deadlines that it tells may move. It is not counted.</summary>
    public void Remember(Session db, ReplayedReading reading, IReadOnlyList<RuleMatch> matches)
    {
        RememberDeadlines(reading, matches);
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

    // A rule whose alert of this reading is in the archive has told what the reading says; the others were decided on, too.
    private void RememberDeadlines(ReplayedReading reading, IReadOnlyList<RuleMatch> matches)
    {
        var asked = AskedOf(reading, matches);
        if (_deadlines.Read(reading, asked) is not { } deadlines)
        {
            return;
        }

        var alerted = alerts.Of(reading.Place).Where(alert => alert.IsOfArticle && alert.At == reading.At).Select(alert => alert.Rule).ToHashSet();
        foreach (var rule in asked.Select(match => match.RuleId).Concat(deadlines.Others([.. asked.Select(match => match.RuleId)]).Select(other => other.Rule)).ToList())
        {
            deadlines.Decided(rule, asked.FirstOrDefault(match => match.RuleId == rule)?.Deadlines ?? [], alerted.Contains(rule));
        }
    }

    /// <summary>The corrections, withdrawals and reminders that came before a reading was decided: later alerts of their stories count on from them.</summary>
    /// <returns>The rules that have corrected the reading's article with it.</returns>
    private List<string> TakeBeside(ReplayedReading reading)
    {
        var corrected = new List<string>();
        while (_beside.TryPeek(out var next) && (next.Alert.At < reading.At || (next.Alert.At == reading.At && next.Place.Article == reading.Place.Article)))
        {
            var (place, alert) = _beside.Dequeue();
            if (alerts.Of(place).Any(earlier => earlier.Rule == alert.Rule))
            {
                alerts.Add(place, alert);
            }

            if (alert.At == reading.At)
            {
                corrected.Add(alert.Rule);
            }
        }

        return corrected;
    }

    private IReadOnlyList<ExcerptedMatch> AskedOf(ReplayedReading reading, IReadOnlyList<RuleMatch> matches) =>
        configuration.RuleSet.AsksForDeadlines ? Excerpts.CutEach(SidesMatcher.DocumentOf(reading, configuration), matches) : [];

    private bool IsMet(string rule, Corroboration sources) => configuration.Rules[rule].Rule.Needs.AreMetBy(sources.Publishers, sources.Independent);

    // Counted when it began to wait.
    private IReadOnlyList<ReplayedMatch> DecideAgain(Session db, IReadOnlyList<WaitingMatch> article, Corroboration sources, DateTimeOffset at)
    {
        foreach (var one in article.Where(one => one.IsCounted))
        {
            TallyOf(one.Match.RuleId).Matches--;
            _suppressed[VerdictReason.WaitsForSources]--;
        }

        return Decide(db, article[^1].Reading, [.. article.Select(one => one.Match)], sources, ArticleChange.New, at, []);
    }

    private Corroboration SourcesOf(Session db, ReplayedReading reading) => configuration.AsksForSources
        ? configuration.Outlets.SourcesOf(StoryTexts.Of(db, threads.Of(reading.Place.Story), reading.Id, configuration.Outlets.Of))
        : Corroboration.None;

    private IReadOnlyList<ReplayedMatch> Decide(
        Session db, ReplayedReading reading, IReadOnlyList<RuleMatch> matches, Corroboration? sources, ArticleChange change, DateTimeOffset at, IReadOnlyList<string> corrected)
    {
        var asked = AskedOf(reading, matches);
        var deadlines = _deadlines.Read(reading, asked);
        foreach (var rule in corrected)
        {
            deadlines?.Decided(rule, [], alerts: true);
        }

        var others = deadlines?.Others([.. matches.Select(match => match.RuleId)]).Where(other => configuration.Rules.ContainsKey(other.Rule)).Select(other => new RuleMatch(other.Rule, [])) ?? [];
        List<RuleMatch> all = [.. matches, .. others];
        if (all.Count == 0)
        {
            return [];
        }

        var news = configuration.News(all.Select(match => match.RuleId), reading.Source, change, reading.Place.Story, reading.StoryKey!);
        news = news with
        {
            Matches = deadlines is null ? news.Matches : [.. news.Matches.Select(match => match.With(deadlines, DeadlinesOf(match.Rule), at))],
            IsDoubtful = reading.IsDoubtful,
            Language = reading.Article.Language,
            Published = reading.Article.Published,
            FirstSeen = reading.FirstSeen,
            Sources = sources ?? SourcesOf(db, reading),
        };
        var decided = _replay.Decide(news, reading.Place, at);
        foreach (var (facts, decision, _) in decided)
        {
            deadlines?.Decided(facts.Rule, DeadlinesOf(facts.Rule), alerts: decision is AlertDecision.Alert);
        }

        return [.. decided.Zip(all, (decision, match) => Count(reading, decision, match, isMatch: matches.Contains(match)))];

        IReadOnlyList<DeadlineFacts> DeadlinesOf(string rule) => asked.FirstOrDefault(match => match.RuleId == rule)?.Deadlines ?? [];
    }

    /// <summary>Counts what was decided.</summary>
    /// <param name="isMatch">False for a rule that is told of a deadline which has changed.</param>
    private ReplayedMatch Count(ReplayedReading reading, MatchDecision decided, RuleMatch match, bool isMatch)
    {
        TallyOf(match.RuleId).Matches += isMatch ? 1 : 0;
        if (decided.Decision is AlertDecision.Alert alert)
        {
            Count(reading, match.RuleId, isAlert: true);
            return new(match, alert, null);
        }

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
