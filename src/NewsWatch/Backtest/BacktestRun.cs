using NewsWatch.Core.Alerts;
using NewsWatch.Core.Alerts.Replay;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Archive;

namespace NewsWatch.Backtest;

/// <summary>A backtest while its readings pass.</summary>
/// <param name="threads">The threads that are one story.</param>
/// <param name="sent">The keys of the alerts that the archive has in the window.</param>
/// <param name="beside">How many alerts beside them no reading's words have decided.</param>
internal sealed class BacktestRun(BacktestRequest request, ReplayedSide candidate, ReplayedSide? baseline, MergedThreads threads, HashSet<string> sent, int beside)
{
    private const int MaxKeys = 20;
    private const int MaxNames = 20;
    private readonly SidesMatcher _matcher = new(request.Candidate, request.Baseline, request.Rule);
    private readonly SidesComparison _comparison = new(request.Baseline is not null, request.MaxSamples);
    private readonly Funnel<long>? _funnel = request is { Near: true, Rule: { } rule } ? new(request.Candidate.RuleSet, rule, request.MaxSamples) : null;
    private readonly HashSet<long> _articles = [];
    private readonly Dictionary<string, int> _sources = [];
    private readonly Dictionary<string, int> _languages = [];
    private readonly Dictionary<string, int> _terms = [];
    private readonly int[] _hours = new int[24];
    private readonly int _sentCount = sent.Count;
    private readonly List<string> _extra = [];
    private int _extraCount;
    private int _kept;
    private int _lost;
    private int _readings;

    /// <summary>Takes the next reading through both sides.</summary>
    public void Add(Session db, ReplayedReading reading, CancellationToken cancellationToken)
    {
        threads.Reach(reading.Id);
        _readings++;
        _articles.Add(reading.Place.Article);
        _kept += reading.Stage == ReadingStage.Kept ? 1 : 0;
        var isLost = reading.StoryKey is null;
        _lost += isLost ? 1 : 0;
        var withAlerts = request.Level == BacktestLevel.Alerts;
        if (withAlerts && (isLost || reading.Stage == ReadingStage.Kept))
        {
            return;
        }

        _funnel?.Add(reading.Id, SidesMatcher.DocumentOf(reading, request.Candidate));
        var (mine, others) = _matcher.Match(reading, cancellationToken);
        Compare(
            reading,
            withAlerts ? candidate.Decide(db, reading, mine) : candidate.Count(reading, mine),
            baseline is null ? [] : withAlerts ? baseline.Decide(db, reading, others) : baseline.Count(reading, others));
        if (withAlerts)
        {
            foreach (var (waited, matches) in candidate.Confirm(db, reading))
            {
                Compare(waited, matches, []);
            }

            foreach (var (waited, matches) in baseline?.Confirm(db, reading) ?? [])
            {
                Compare(waited, [], matches);
            }
        }
    }

    /// <summary>Takes a reading from before the window, for what it has that waits for sources.</summary>
    public void Remember(Session db, ReplayedReading reading, CancellationToken cancellationToken)
    {
        if (reading.StoryKey is null || reading.Stage == ReadingStage.Kept)
        {
            return;
        }

        threads.Reach(reading.Id);
        var (mine, others) = _matcher.Match(reading, cancellationToken);
        candidate.Remember(db, reading, mine);
        baseline?.Remember(db, reading, others);
    }

    private void Compare(ReplayedReading reading, IReadOnlyList<ReplayedMatch> after, IReadOnlyList<ReplayedMatch> before)
    {
        if (after.Count == 0 && before.Count == 0)
        {
            return;
        }

        var withAlerts = request.Level == BacktestLevel.Alerts;
        _comparison.Add(reading, after, before, request.Level);
        foreach (var match in after.Where(match => !withAlerts || match.Alert is not null))
        {
            Count(reading, match);
        }

        foreach (var match in before)
        {
            CompareSent(reading, match);
        }
    }

    /// <summary>What came of it.</summary>
    public BacktestResult Result(Session db, ReplayWindow window, IReadOnlyList<string> configurations)
    {
        var samples = new SampleReader(db, request.Candidate, request.Baseline);
        var whole = new BacktestWindow(window.From, window.To, _readings, _articles.Count, _kept, _lost, configurations);
        return new()
        {
            Level = request.Level,
            Rule = request.Rule,
            Window = whole,
            Candidate = candidate.Sums,
            Baseline = baseline?.Sums,
            Difference = _comparison.All,
            Rules = Rules(),
            Days = Days(),
            Sources = Top(_sources),
            Languages = Top(_languages),
            Hours = _hours,
            Terms = Top(_terms),
            Subscribers = Subscribers(whole.Days),
            Sent = baseline is null || request.Level == BacktestLevel.Matches ? null : new(_sentCount, sent.Count, _extraCount, [.. sent.Order(StringComparer.Ordinal).Take(MaxKeys)], _extra) { Beside = beside },
            Funnel = _funnel?.Steps ?? [],
            NearMisses = _funnel?.NearMisses ?? 0,
            Samples =
            [
                .. samples.Read(SampleKind.New, _comparison.New, request.MaxSamples),
                .. samples.Read(SampleKind.Gone, _comparison.Gone, request.MaxSamples),
                .. samples.Read(SampleKind.Same, _comparison.Same, request.MaxSamples),
                .. _funnel is null ? [] : samples.Near(request.Rule!, _funnel.Near),
            ],
        };
    }

    private void Count(ReplayedReading reading, ReplayedMatch match)
    {
        Add(_sources, reading.Source);
        Add(_languages, reading.Article.Language.Length > 0 ? reading.Article.Language : "unknown");
        _hours[reading.At.UtcDateTime.Hour]++;
        foreach (var term in match.Match.Hits.Select(hit => hit.Term).Distinct())
        {
            Add(_terms, term);
        }
    }

    private void CompareSent(ReplayedReading reading, ReplayedMatch match)
    {
        if (match.Alert is not { } alert)
        {
            return;
        }

        var key = AlertStore.KeyOf(match.Match.RuleId, reading.StoryKey!, alert.Reason, alert.Step);
        if (!sent.Remove(key))
        {
            _extraCount++;
            if (_extra.Count < MaxKeys)
            {
                _extra.Add(key);
            }
        }
    }

    private List<RuleOutcome> Rules() =>
    [
        .. from rule in request.Candidate.Rules.Keys.Union(request.Baseline?.Rules.Keys ?? [])
           where request.Rule is null || rule == request.Rule
           let outcome = new RuleOutcome(rule, CountOf(baseline, rule), CountOf(candidate, rule), _comparison.Of(rule))
           orderby Math.Max(outcome.Before?.Alerts ?? 0, outcome.After?.Alerts ?? 0) descending, Math.Max(outcome.Before?.Matches ?? 0, outcome.After?.Matches ?? 0) descending
           select outcome,
    ];

    private static RuleCount? CountOf(ReplayedSide? side, string rule) =>
        side?.Configuration.Rules.ContainsKey(rule) != true ? null : side.Rules.GetValueOrDefault(rule)?.Counts ?? new(0, 0, 0, 0);

    private List<DayOutcome> Days()
    {
        var (before, after) = (ByDay(baseline), ByDay(candidate));
        return [.. before.Keys.Union(after.Keys).Order().Select(day => new DayOutcome(day, before.GetValueOrDefault(day), after.GetValueOrDefault(day)))];
    }

    private static Dictionary<DateOnly, int> ByDay(ReplayedSide? side) =>
        side?.Rules.Values.SelectMany(rule => rule.ByDay).GroupBy(day => day.Key).ToDictionary(day => day.Key, day => day.Sum(one => one.Value)) ?? [];

    private List<SubscriberOutcome> Subscribers(double days) =>
    [
        .. from subscriber in candidate.Loads.Keys.Union(baseline?.Loads.Keys ?? []).Order(StringComparer.Ordinal)
           select new SubscriberOutcome(
               subscriber, baseline is null ? null : CountOf(baseline.Loads.GetValueOrDefault(subscriber), days), CountOf(candidate.Loads.GetValueOrDefault(subscriber), days)),
    ];

    private static MessageCount CountOf(MessageLoad? load, double days) =>
        load is null ? new(0, 0, 0, new Dictionary<VerdictOutcome, int>()) : new(load.Messages, load.Messages / days, load.FullestDay, load.Outcomes);

    private static void Add(Dictionary<string, int> counts, string name) => counts[name] = counts.GetValueOrDefault(name) + 1;

    private static List<NamedCount> Top(Dictionary<string, int> counts) =>
        [.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(MaxNames).Select(pair => new NamedCount(pair.Key, pair.Value))];
}
