using NewsWatch.Core.Rules;
using NewsWatch.Core.Text;

namespace NewsWatch.Backtest;

/// <summary>How far readings come in one rule, clause by clause, and which of them lack one clause alone.</summary>
/// <typeparam name="TReading">What is held of a reading.</typeparam>
/// <param name="rule">The rule's id in the set.</param>
/// <param name="maxHeld">The most near misses that are held, the newest.</param>
internal sealed class Funnel<TReading>(RuleSet rules, string rule, int maxHeld)
{
    private readonly Queue<(TReading Reading, string Why)> _apart = new();
    private readonly Queue<(TReading Reading, string Why)> _lacking = new();
    private string[] _clauses = [];
    private int[] _left = [];

    /// <summary>How many readings lack one clause alone.</summary>
    public int NearMisses { get; private set; }

    /// <summary>How many readings are left after each clause.</summary>
    public IReadOnlyList<NamedCount> Steps => [.. _clauses.Zip(_left, (clause, left) => new NamedCount(clause, left))];

    /// <summary>The nearest: those that have both sides of a NEAR, too far apart, before those that lack a clause; the newest of each first.</summary>
    public IEnumerable<(TReading Reading, string Why)> Near => _apart.Reverse().Concat(_lacking.Reverse()).Take(maxHeld);

    /// <summary>Looks at a reading; the newest comes last.</summary>
    /// <param name="document">What rules see in it.</param>
    /// <returns>True if the rule fires on it.</returns>
    public bool Add(TReading reading, Document document)
    {
        var anatomy = rules.Anatomy(document, rule);
        if (_clauses.Length == 0)
        {
            (_clauses, _left) = ([.. anatomy.Clauses.Select(clause => clause.Clause)], new int[anatomy.Clauses.Count]);
        }

        var reached = anatomy.Reached;
        for (var clause = 0; clause < reached; clause++)
        {
            _left[clause]++;
        }

        if (anatomy.NearMiss is { } missing)
        {
            NearMisses++;
            Hold(missing.IsDistance ? _apart : _lacking, (reading, missing.Reason));
        }

        return reached == anatomy.Clauses.Count;
    }

    private void Hold(Queue<(TReading Reading, string Why)> held, (TReading Reading, string Why) miss)
    {
        held.Enqueue(miss);
        if (held.Count > maxHeld)
        {
            held.Dequeue();
        }
    }
}
