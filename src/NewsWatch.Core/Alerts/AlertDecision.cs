using NewsWatch.Core.Stories;

namespace NewsWatch.Core.Alerts;

/// <summary>Whether a match becomes an alert, and why: the first half of the decision.</summary>
public abstract record AlertDecision
{
    private AlertDecision()
    {
    }

    /// <summary>There is something to tell.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Step">1 for the first alert of the rule on the story, then counting.</param>
    public sealed record Alert(AlertReason Reason, int Step) : AlertDecision;

    /// <summary>It was told already.</summary>
    /// <param name="Why">One sentence.</param>
    public sealed record Suppress(string Why) : AlertDecision;

    /// <summary>Decides for one rule that matched one version of an article.</summary>
    /// <param name="rule">The rule's id.</param>
    /// <param name="severity">Its severity today.</param>
    /// <param name="change">What the article is to its story.</param>
    /// <param name="earlier">All that was told about the story.</param>
    public static AlertDecision Decide(string rule, Severity severity, ArticleChange change, IReadOnlyList<EarlierAlert> earlier)
    {
        var told = earlier.Where(alert => alert.Rule == rule).ToList();
        if (told.Count == 0)
        {
            return new Alert(AlertReason.FirstReport, 1);
        }

        return ReasonFor(severity, change, told) is { } reason
            ? new Alert(reason, told.Max(alert => alert.Step) + 1)
            : new Suppress($"same story as alert {told[0].Key} of {told[0].At.UtcDateTime:yyyy-MM-dd HH:mm} UTC; a copy or an edit adds no alert");
    }

    private static AlertReason? ReasonFor(Severity severity, ArticleChange change, List<EarlierAlert> told) => change switch
    {
        ArticleChange.Withdrawal => AlertReason.Withdrawal,
        ArticleChange.Correction => AlertReason.Correction,
        _ when severity > told.Max(alert => alert.Severity) => AlertReason.Escalation,
        ArticleChange.LiveUpdate => AlertReason.Update,
        _ => null,
    };
}
