using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Hits;

/// <summary>One place where a clause of a rule matched.</summary>
/// <param name="Field">The field of the document.</param>
/// <param name="Start">First UTF-16 code unit of the hit in that field's original text.</param>
/// <param name="Length">Length in UTF-16 code units.</param>
/// <param name="Quote">The original text at that place, soft hyphens and all; its first 300 code units where it is longer.</param>
/// <param name="Clause">The clause of the rule as its author wrote it, e.g. <c>#ceasefire</c>.</param>
/// <param name="Term">The term that matched, e.g. the alias <c>Zelenskyy</c> of <c>@zelensky</c>.</param>
/// <param name="NegationCue">The words that negate the hit ("wouldn't"), or null.</param>
public sealed record Hit(Field Field, int Start, int Length, string Quote, string Clause, string Term, string? NegationCue)
{
    /// <summary>True if the hit is in the scope of a negation.</summary>
    public bool Negated => NegationCue is not null;
}

/// <summary>A rule that matched, with its hits, ordered by field and offset: the first of each clause, at most <see cref="MaxHits"/> in all.</summary>
public sealed record RuleMatch(string RuleId, IReadOnlyList<Hit> Hits)
{
    /// <summary>More hits of one rule in one article are left out.</summary>
    public const int MaxHits = 200;
}
