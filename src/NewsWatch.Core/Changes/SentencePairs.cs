namespace NewsWatch.Core.Changes;

/// <summary>Which sentence of the later version stands for which of the earlier one. What moved is no change.</summary>
internal sealed class SentencePairs
{
    // Of two sentences that stand in the same place, so many words in common make one the other's edit.
    private const double SamePlace = 0.2;
    private const double Anywhere = 0.5;

    // More differences than that are another text: then only sentences of the same place are compared.
    private const int MaxCompared = 80;

    private readonly Sentence[] _before;
    private readonly Sentence[] _after;
    private readonly int[] _later;
    private readonly int[] _earlier;
    private readonly DiffBudget _budget;
    private double? _kept;

    public SentencePairs(IReadOnlyList<Sentence> before, IReadOnlyList<Sentence> after, DiffBudget budget)
    {
        _budget = budget;
        (_before, _after) = ([.. before], [.. after]);
        (_later, _earlier) = (new int[_before.Length], new int[_after.Length]);
        Array.Fill(_later, -1);
        Array.Fill(_earlier, -1);
        MatchEqual();
        MatchSamePlace();
        MatchAlike();
    }

    /// <summary>Sentences that are the same but for case, accents, spaces and punctuation.</summary>
    public IEnumerable<(Sentence Before, Sentence After)> Equal => Pairs().Where(pair => pair.Before.Key == pair.After.Key);

    /// <summary>Sentences that were edited.</summary>
    public IEnumerable<(Sentence Before, Sentence After)> Edited => Pairs().Where(pair => pair.Before.Key != pair.After.Key);

    /// <summary>Sentences that were taken away.</summary>
    public IEnumerable<Sentence> Removed => _before.Where((_, i) => _later[i] < 0);

    /// <summary>Sentences that were added.</summary>
    public IEnumerable<Sentence> Added => _after.Where((_, i) => _earlier[i] < 0);

    /// <summary>How much of the earlier text the later one still has, by words: 0 to 1.</summary>
    public double Kept => _kept ??= _before.Length == 0 ? 1 : Pairs().Where(IsSame).Sum(pair => pair.Before.Words.Count) / (double)Math.Max(1, _before.Sum(sentence => sentence.Words.Count));

    /// <summary>True where the later text is the earlier one's beginning, apart from what was added.</summary>
    public bool IsBeginning => Array.FindLastIndex(_later, later => later >= 0) < _later.Count(later => later >= 0);

    /// <summary>How many words two sentences have in common, of all: 0 to 1. Words that begin alike count as the same.</summary>
    public static double Likeness(Sentence one, Sentence other)
    {
        var (first, second) = (one.Stems, other.Stems);
        return first.Count + second.Count == 0 ? 1 : 2.0 * first.Count(second.Contains) / (first.Count + second.Count);
    }

    private static bool IsSame((Sentence Before, Sentence After) pair) => pair.Before.Key == pair.After.Key || Likeness(pair.Before, pair.After) >= Anywhere;

    private IEnumerable<(Sentence Before, Sentence After)> Pairs() => Enumerable.Range(0, _before.Length).Where(i => _later[i] >= 0).Select(i => (_before[i], _after[_later[i]]));

    private void Match(int before, int after) => (_later[before], _earlier[after]) = (after, before);

    private void MatchEqual()
    {
        var places = new Dictionary<string, Queue<int>>(StringComparer.Ordinal);
        for (var i = 0; i < _after.Length; i++)
        {
            (places.TryGetValue(_after[i].Key, out var queue) ? queue : places[_after[i].Key] = new()).Enqueue(i);
        }

        for (var i = 0; i < _before.Length; i++)
        {
            if (places.TryGetValue(_before[i].Key, out var queue) && queue.TryDequeue(out var place))
            {
                Match(i, place);
            }
        }
    }

    // Behind the same neighbour, or before it.
    private void MatchSamePlace()
    {
        for (var i = 0; i < _before.Length; i++)
        {
            TryNear(i, i == 0 ? 0 : _later[i - 1] + 1, i == 0 || _later[i - 1] >= 0);
        }

        for (var i = _before.Length - 1; i >= 0; i--)
        {
            var last = i == _before.Length - 1;
            TryNear(i, last ? _after.Length - 1 : _later[i + 1] - 1, last || _later[i + 1] >= 0);
        }
    }

    private void TryNear(int before, int after, bool isKnown)
    {
        if (isKnown && _later[before] < 0 && after >= 0 && after < _after.Length && _earlier[after] < 0 && IsEdit(_before[before], _after[after]))
        {
            Match(before, after);
        }
    }

    private static bool IsEdit(Sentence before, Sentence after) => Likeness(before, after) >= SamePlace || (before.IsQuote && after.IsQuote);

    private void MatchAlike()
    {
        var (left, right) = (Unmatched(_later), Unmatched(_earlier));
        if (left.Count > MaxCompared || right.Count > MaxCompared)
        {
            return;
        }

        var compared = left.SelectMany(i => right.Where(j => _budget.TrySpend(_before[i].Words.Count)).Select(j => (i, j, Likeness: Likeness(_before[i], _after[j])))).ToList();
        foreach (var (before, after, _) in compared.Where(pair => pair.Likeness >= Anywhere).OrderByDescending(pair => pair.Likeness))
        {
            if (_later[before] < 0 && _earlier[after] < 0)
            {
                Match(before, after);
            }
        }
    }

    private static List<int> Unmatched(int[] matches) => [.. Enumerable.Range(0, matches.Length).Where(i => matches[i] < 0)];
}
