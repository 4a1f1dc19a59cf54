using NewsWatch.Configuration;
using NewsWatch.Storage;

namespace NewsWatch.Backtest;

/// <summary>How far readings come in one rule, clause by clause, and which of them lack one clause alone.</summary>
/// <param name="maxHeld">The most near misses that are held, the newest.</param>
internal sealed class Funnel(WatchConfiguration configuration, string rule, int maxHeld)
{
    private readonly Queue<(long Reading, string Why)> _apart = new();
    private readonly Queue<(long Reading, string Why)> _lacking = new();
    private string[] _clauses = [];
    private int[] _left = [];

    /// <summary>How many readings lack one clause alone.</summary>
    public int NearMisses { get; private set; }

    /// <summary>How many readings are left after each clause.</summary>
    public IReadOnlyList<NamedCount> Steps => [.. _clauses.Zip(_left, (clause, left) => new NamedCount(clause, left))];

    /// <summary>The nearest: those that have both sides of a NEAR, too far apart, before those that lack a clause; the newest of each first.</summary>
    public IEnumerable<(long Reading, string Why)> Near => _apart.Reverse().Concat(_lacking.Reverse()).Take(maxHeld);

    /// <summary>Looks at a reading.</summary>
    public void Add(ReplayedReading reading)
    {
        var anatomy = configuration.RuleSet.Anatomy(SidesMatcher.DocumentOf(reading, configuration), rule);
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
            Hold(missing.IsDistance ? _apart : _lacking, (reading.Id, missing.Reason));
        }
    }

    private void Hold(Queue<(long Reading, string Why)> held, (long Reading, string Why) miss)
    {
        held.Enqueue(miss);
        if (held.Count > maxHeld)
        {
            held.Dequeue();
        }
    }
}
