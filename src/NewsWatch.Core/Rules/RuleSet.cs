using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules;

/// <summary>An immutable, compiled set of rules, swapped whole on reload.</summary>
public sealed class RuleSet
{
    private RuleSet()
    {
    }

    /// <summary>Compiles rules; those of the vocabulary's terms that they name are shared.</summary>
    public static RuleSet Compile(IReadOnlyList<Rule> rules, Vocabulary vocabulary) => throw new NotSupportedException();

    /// <summary>Every rule that fires on the document, with its hits, in rule order.</summary>
    public IReadOnlyList<RuleMatch> Match(Document document) => throw new NotSupportedException();

    /// <summary>Why a rule fires on the document, or the first clause that failed.</summary>
    public Explanation Explain(Document document, string ruleId) => throw new NotSupportedException();
}

/// <summary>Why a rule fires or does not.</summary>
/// <param name="Fires">The verdict.</param>
/// <param name="FailedClause">The first clause that failed, as its author wrote it; null when the rule fires.</param>
/// <param name="Reason">One sentence, e.g. <c>missing #ceasefire within 40 words of (deadline OR ultimatum)</c>.</param>
/// <param name="Hits">What did match.</param>
public sealed record Explanation(bool Fires, string? FailedClause, string Reason, IReadOnlyList<Hit> Hits);
