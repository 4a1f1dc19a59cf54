namespace NewsWatch.Core.Alerts;

/// <summary>Whether a match becomes an alert, and why: the first half of the decision.</summary>
public abstract record AlertDecision
{
    private AlertDecision()
    {
    }

    /// <summary>The match alerts.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Step">1 for the first alert of the rule on the story, then counting.</param>
    public sealed record Alert(AlertReason Reason, int Step) : AlertDecision;

    /// <summary>The match alerts nobody.</summary>
    /// <param name="Reason">Why, for programs.</param>
    /// <param name="Why">Why, in one sentence.</param>
    public sealed record Suppress(VerdictReason Reason, string Why) : AlertDecision;
}
