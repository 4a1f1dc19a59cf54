using NewsWatch.Core.Alerts;
using NewsWatch.Storage.Archive;

namespace NewsWatch.Backtest;

/// <summary>An alert, or at level matches a match, of one side.</summary>
/// <param name="Other">Why the other side suppressed it; null where it did not fire there.</param>
internal sealed record ReplayedEvent(long Reading, string Rule, AlertReason? Reason, VerdictReason? Other);

/// <summary>
/// What the candidate has, what the baseline has, and what both have, while the readings pass. An alert is the same where rule, story and reason agree, whichever
/// article of the story brought it. Counts what differs, and holds the newest of it.
/// </summary>
/// <param name="hasBaseline">False where all that the candidate has is only counted, and the newest of it held.</param>
/// <param name="maxHeld">The most samples of each kind.</param>
internal sealed class SidesComparison(bool hasBaseline, int maxHeld)
{
    private readonly Dictionary<string, Counts> _counts = [];
    private readonly OneSided _new = new(maxHeld);
    private readonly OneSided _gone = new(maxHeld);
    private readonly Queue<ReplayedEvent> _same = new();

    /// <summary>What the candidate alone has, the newest first.</summary>
    public IEnumerable<ReplayedEvent> New => _new.Newest;

    /// <summary>What the baseline alone has, the newest first.</summary>
    public IEnumerable<ReplayedEvent> Gone => _gone.Newest;

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
            var counts = CountsOf(mine.Match.RuleId);
            counts.New++;
            if (Compare(reading, mine, baseline, level, _new, _gone))
            {
                counts.New--;
                counts.Gone--;
                counts.Same++;
            }
        }

        foreach (var theirs in baseline.Where(match => IsEvent(match, level)))
        {
            var counts = CountsOf(theirs.Match.RuleId);
            counts.Gone++;
            if (Compare(reading, theirs, candidate, level, _gone, _new))
            {
                counts.Gone--;
                counts.New--;
                counts.Same++;
            }
        }
    }

    /// <summary>True where the other side has it, too.</summary>
    private bool Compare(ReplayedReading reading, ReplayedMatch one, IReadOnlyList<ReplayedMatch> others, BacktestLevel level, OneSided mine, OneSided theirs)
    {
        var rule = one.Match.RuleId;
        var key = (rule, level == BacktestLevel.Matches ? reading.Id : reading.Place.Story, one.Alert?.Reason);
        var found = new ReplayedEvent(reading.Id, rule, one.Alert?.Reason, others.FirstOrDefault(match => match.Match.RuleId == rule)?.Suppressed);
        if (hasBaseline && !theirs.Remove(key))
        {
            mine.Add(key, found);
            return false;
        }

        _same.Enqueue(found);
        if (_same.Count > maxHeld)
        {
            _same.Dequeue();
        }

        return hasBaseline;
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
