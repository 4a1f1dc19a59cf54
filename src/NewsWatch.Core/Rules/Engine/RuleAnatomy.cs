namespace NewsWatch.Core.Rules.Engine;

/// <summary>One part of a rule that must hold, on one document.</summary>
/// <param name="Clause">As its author wrote it, with parentheses around operators.</param>
/// <param name="Reason">Why it failed, in one sentence; empty where it holds.</param>
public sealed record ClauseVerdict(string Clause, bool Holds, string Reason)
{
    /// <summary>True for the distance between the two clauses before it.</summary>
    public bool IsDistance { get; init; }
}

/// <summary>What each part of a rule comes to on one document: both sides of a NEAR come before their distance, Unless comes last.</summary>
public sealed record RuleAnatomy(IReadOnlyList<ClauseVerdict> Clauses)
{
    /// <summary>How many parts hold until the first that fails.</summary>
    public int Reached => Clauses.TakeWhile(clause => clause.Holds).Count();

    /// <summary>The one part that fails where all others hold; null where the rule fires, or lacks more than that, or has no other part.</summary>
    public ClauseVerdict? NearMiss
    {
        get
        {
            var failures = Clauses.Where((clause, index) => !clause.Holds && !Follows(clause, index)).Take(2).ToList();
            return failures is [var only] && Clauses.Any(clause => clause.Holds) ? only : null;
        }
    }

    /// <summary>A distance fails with the side that is missing.</summary>
    private bool Follows(ClauseVerdict clause, int index) => clause.IsDistance && !(Clauses[index - 1].Holds && Clauses[index - 2].Holds);
}
