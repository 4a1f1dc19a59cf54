using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules;

/// <summary>An immutable, compiled set of rules, swapped whole on reload.</summary>
public sealed class RuleSet
{
    private readonly IReadOnlyList<Rule> _rules;
    private readonly Vocabulary _vocabulary;

    private RuleSet(IReadOnlyList<Rule> rules, Vocabulary vocabulary)
    {
        _rules = rules;
        _vocabulary = vocabulary;
    }

    /// <summary>Compiles rules; those of the vocabulary's terms that they name are shared.</summary>
    public static RuleSet Compile(IReadOnlyList<Rule> rules, Vocabulary vocabulary) => new([.. rules], vocabulary);

    /// <summary>Every rule that fires on the document, with its hits, in rule order.</summary>
    public IReadOnlyList<RuleMatch> Match(Document document)
    {
        var reading = new Reading(document, _vocabulary);
        var matches = new List<RuleMatch>();
        foreach (var rule in _rules)
        {
            if (reading.Holds(rule.When) && !(rule.Unless is not null && reading.Holds(rule.Unless)))
            {
                matches.Add(new RuleMatch(rule.Id, reading.Hits(rule.When)));
            }
        }

        return matches;
    }

    /// <summary>Why a rule fires on the document, or the first clause that failed.</summary>
    /// <exception cref="ArgumentException">The set has no rule of that id.</exception>
    public Explanation Explain(Document document, string ruleId)
    {
        var rule = _rules.FirstOrDefault(r => r.Id == ruleId) ?? throw new ArgumentException($"no rule {ruleId}", nameof(ruleId));
        var reading = new Reading(document, _vocabulary);
        var hits = reading.Hits(rule.When);
        if (reading.Failure(rule.When) is var (clause, reason))
        {
            return new Explanation(false, clause, reason, hits);
        }

        if (rule.Unless is not null && reading.Holds(rule.Unless))
        {
            return new Explanation(false, rule.Unless.ToString(), $"Unless matched: {rule.Unless}", hits);
        }

        return new Explanation(true, null, "fires", hits);
    }
}

/// <summary>Why a rule fires or does not.</summary>
/// <param name="Fires">The verdict.</param>
/// <param name="FailedClause">The first clause that failed, as its author wrote it; null when the rule fires.</param>
/// <param name="Reason">One sentence, e.g. <c>missing #ceasefire within 40 words of (deadline OR ultimatum)</c>.</param>
/// <param name="Hits">What did match.</param>
public sealed record Explanation(bool Fires, string? FailedClause, string Reason, IReadOnlyList<Hit> Hits);
