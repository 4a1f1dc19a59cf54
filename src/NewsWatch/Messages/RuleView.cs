using NewsWatch.Core.Alerts;

namespace NewsWatch.Messages;

/// <summary>A rule in a reader's words: why it alerted.</summary>
/// <param name="Query">The query as its author wrote it.</param>
/// <param name="Clauses">Why it matched: one line for each clause.</param>
internal sealed record RuleView(string Id, string Title, string Query, IReadOnlyList<ClauseView> Clauses, string? Owner)
{
    /// <summary>What matched, in one line.</summary>
    public string Matched => string.Join(", ", Clauses.Select(clause => clause.Short));

    public static RuleView From(AlertContent alert) => new(alert.Rule.Id, alert.Rule.Title, alert.Rule.When, ClauseView.Of(alert), alert.Rule.Owner);
}
