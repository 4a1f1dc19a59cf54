using NewsWatch.Core.Alerts;
using NewsWatch.Storage;

namespace NewsWatch.Backtest;

/// <summary>An alert, or at level matches a match, of one side.</summary>
/// <param name="Other">Why the other side suppressed it; null where it did not fire there.</param>
internal sealed record ReplayedEvent(long Reading, string Rule, AlertReason? Reason, VerdictReason? Other);

/// <summary>
/// What the candidate has, what the baseline has, and what both have, while the readings pass. Holds what differs, and the newest of what is the same. An alert is
/// the same where rule, story and reason agree, whichever article of the story brought it.
/// </summary>
/// <param name="hasBaseline">False where all that the candidate has is only counted, and the newest of it held.</param>
/// <param name="maxHeld">The most of what is the same, or of what the candidate alone is asked for.</param>
internal sealed class SidesComparison(bool hasBaseline, int maxHeld)
{
    private readonly Dictionary<string, Counts> _counts = [];
    private readonly Dictionary<(string Rule, long Story, AlertReason? Reason), Queue<ReplayedEvent>> _new = [];
    private readonly Dictionary<(string Rule, long Story, AlertReason? Reason), Queue<ReplayedEvent>> _gone = [];
    private readonly Queue<ReplayedEvent> _same = new();

    /// <summary>What the candidate alone has, the newest first.</summary>
    public IEnumerable<ReplayedEvent> New => _new.Values.SelectMany(events => events).OrderByDescending(one => one.Reading);

    /// <summary>What the baseline alone has, the newest first.</summary>
    public IEnumerable<ReplayedEvent> Gone => _gone.Values.SelectMany(events => events).OrderByDescending(one => one.Reading);

    /// <summary>The newest of what both have, or without a baseline of what the candidate has; the newest first.</summary>
    public IEnumerable<ReplayedEvent> Same => _same.Reverse();

    /// <summary>The sums of one rule.</summary>
    public BacktestDifference Of(string rule) => _counts.GetValueOrDefault(rule)?.Difference ?? new(0, 0, 0);

    /// <summary>The sums of all rules.</summary>
    public BacktestDifference All => new(_counts.Values.Sum(counts => counts.New), _counts.Values.Sum(counts => counts.Gone), _counts.Values.Sum(counts => counts.Same));

    /// <summary>Compares what both sides made of one reading.</summary>
    public void Add(ReplayedReading reading, IReadOnlyList<ReplayedMatch> candidate, IReadOnlyList<ReplayedMatch> baseline, BacktestLevel level)
    {
        foreach (var mine in candidate.Where(match => IsEvent(match, level)))
        {
            var other = baseline.FirstOrDefault(match => match.Match.RuleId == mine.Match.RuleId);
            Add(reading, mine, other, level, _new, _gone, counts => counts.New++, counts => counts.Gone--);
        }

        foreach (var theirs in baseline.Where(match => IsEvent(match, level)))
        {
            var other = candidate.FirstOrDefault(match => match.Match.RuleId == theirs.Match.RuleId);
            Add(reading, theirs, other, level, _gone, _new, counts => counts.Gone++, counts => counts.New--);
        }
    }

    private void Add(
        ReplayedReading reading,
        ReplayedMatch one,
        ReplayedMatch? other,
        BacktestLevel level,
        Dictionary<(string Rule, long Story, AlertReason? Reason), Queue<ReplayedEvent>> mine,
        Dictionary<(string Rule, long Story, AlertReason? Reason), Queue<ReplayedEvent>> others,
        Action<Counts> count,
        Action<Counts> uncount)
    {
        var rule = one.Match.RuleId;
        var key = (rule, level == BacktestLevel.Matches ? reading.Id : reading.Place.Story, one.Alert?.Reason);
        var found = new ReplayedEvent(reading.Id, rule, one.Alert?.Reason, other?.Suppressed);
        var counts = CountsOf(rule);
        if (!hasBaseline)
        {
            counts.New++;
            Keep(found);
            return;
        }

        if (others.TryGetValue(key, out var waiting) && waiting.Count > 0)
        {
            waiting.Dequeue();
            uncount(counts);
            counts.Same++;
            Keep(found);
            return;
        }

        if (!mine.TryGetValue(key, out var events))
        {
            mine[key] = events = new();
        }

        events.Enqueue(found);
        count(counts);
    }

    private void Keep(ReplayedEvent found)
    {
        _same.Enqueue(found);
        if (_same.Count > maxHeld)
        {
            _same.Dequeue();
        }
    }

    private Counts CountsOf(string rule)
    {
        if (!_counts.TryGetValue(rule, out var counts))
        {
            _counts[rule] = counts = new();
        }

        return counts;
    }

    private static bool IsEvent(ReplayedMatch match, BacktestLevel level) => level == BacktestLevel.Matches || match.Alert is not null;

    private sealed class Counts
    {
        public int New { get; set; }

        public int Gone { get; set; }

        public int Same { get; set; }

        public BacktestDifference Difference => new(New, Gone, Same);
    }
}
