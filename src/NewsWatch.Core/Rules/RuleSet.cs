using NewsWatch.Core.Rules.Engine;
using NewsWatch.Core.Rules.Hits;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules;

/// <summary>
/// An immutable, compiled set of rules, swapped whole on reload. One pass over the text finds every term of every rule; the terms found announce the few rules that
/// are then run. Safe to use from several threads at once.
/// </summary>
public sealed class RuleSet
{
    // More rules than this share of all that have changed, and all are compiled.
    private const int ChangedShare = 100;
    private readonly RulePart _first;
    private readonly RulePart? _changed;

    private RuleSet(RulePart first, RulePart? changed, int count)
    {
        (_first, _changed, Count) = (first, changed, count);
    }

    /// <summary>How many rules it has.</summary>
    public int Count { get; }

    /// <summary>
    /// Regular expressions that ran into their time limit of 50 ms since the set was compiled, as written: for a warning. What such a run would have found is not found.
    /// </summary>
    public IReadOnlyCollection<string> SlowRegexes => _changed is null ? _first.SlowRegexes : [.. _first.SlowRegexes.Union(_changed.SlowRegexes)];

    /// <summary>Whether a rule asks for deadlines.</summary>
    public bool AsksForDeadlines => _first.AsksForDeadlines || _changed is { AsksForDeadlines: true };

    /// <summary>Compiles rules; those of the vocabulary's terms that they name are shared.</summary>
    public static RuleSet Compile(IReadOnlyList<Rule> rules, Vocabulary vocabulary) => new(new RulePart(new RuleCompiler(vocabulary).Compile(rules)), null, rules.Count);

    /// <summary>
    /// Compiles rules most of which are in force in this set, with the same vocabulary: only those whose queries are others than before are compiled,
    /// beside the rest. All are, where many have changed.
    /// </summary>
    /// <param name="rules">All rules.</param>
    /// <param name="vocabulary">The vocabulary; its entities and lists must be those that this set was compiled with.</param>
    /// <param name="before">Returns the rule of this set with an id, or null. A query that has not changed must be the same object.</param>
    public RuleSet Recompile(IReadOnlyList<Rule> rules, Vocabulary vocabulary, Func<string, Rule?> before)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(before);
        var places = new int[_first.Count];
        Array.Fill(places, -1);
        var changed = new List<Rule>();
        var changedPlaces = new List<int>();
        for (var place = 0; place < rules.Count; place++)
        {
            var rule = rules[place];
            if (_first.NumberOf(rule.Id) is >= 0 and var number && places[number] < 0 && IsSame(rule, before(rule.Id)))
            {
                places[number] = place;
                continue;
            }

            changed.Add(rule);
            changedPlaces.Add(place);
        }

        return changed.Count * ChangedShare > rules.Count
            ? Compile(rules, vocabulary)
            : new(_first.At(places), new RulePart(new RuleCompiler(vocabulary).Compile(changed)).At([.. changedPlaces]), rules.Count);
    }

    /// <summary>Every rule that fires on the document, with its hits, in rule order.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled: it is looked at with every rule that is run.</exception>
    public IReadOnlyList<RuleMatch> Match(Document document, CancellationToken cancellation = default)
    {
        var findings = _first.Rent();
        var matches = Match(document, findings, cancellation);
        _first.Return(findings);
        return matches;
    }

    /// <summary>Why a rule fires on the document, or the first clause that failed.</summary>
    /// <exception cref="ArgumentException">The set has no rule of that id.</exception>
    public Explanation Explain(Document document, string ruleId)
    {
        var (part, rule) = Find(ruleId);
        var (failure, hits) = part.Explain(document, rule);
        return failure is var (clause, reason)
            ? new Explanation(false, clause, reason, hits)
            : new Explanation(true, null, $"found {string.Join(", ", hits.Select(h => h.Clause).Distinct())}", hits);
    }

    /// <summary>What each part of a rule comes to on the document.</summary>
    /// <exception cref="ArgumentException">The set has no rule of that id.</exception>
    public RuleAnatomy Anatomy(Document document, string ruleId)
    {
        var (part, rule) = Find(ruleId);
        return part.Anatomy(document, rule);
    }

    /// <summary>Matches with findings of the caller's own, for measuring.</summary>
    internal IReadOnlyList<RuleMatch> Match(Document document, Findings findings, CancellationToken cancellation = default)
    {
        findings.Begin(document);
        var matches = _first.Match(findings, cancellation);
        return _changed is null ? matches : Joined(_changed, findings, matches, cancellation);
    }

    /// <summary>One part of the match pass, for measuring: 0 tokens, 1 and terms, 2 and verdicts.</summary>
    internal void MatchPart(Document document, Findings findings, int part)
    {
        findings.Begin(document);
        if (part > 0)
        {
            _first.Scan(findings);
        }

        if (part > 1)
        {
            _first.RunCandidates(findings, CancellationToken.None);
        }
    }

    /// <summary>New working memory for one thread.</summary>
    internal Findings NewFindings() => _first.NewFindings();

    private static bool IsSame(Rule rule, Rule? before) => before is not null && ReferenceEquals(rule.When, before.When) && ReferenceEquals(rule.Unless, before.Unless);

    private (RulePart Part, int Rule) Find(string id)
    {
        if (_first.NumberOf(id) is >= 0 and var rule)
        {
            return (_first, rule);
        }

        return _changed?.NumberOf(id) is >= 0 and var number ? (_changed, number) : throw new ArgumentException($"no rule {id}", nameof(id));
    }

    // The changed rules read the tokens of the others.
    private RuleMatch[] Joined(RulePart changed, Findings findings, RuleMatch[] matches, CancellationToken cancellation)
    {
        var own = changed.Rent();
        own.Begin(findings.Document, findings.Tokens);
        var others = changed.Match(own, cancellation);
        var joined = others.Length == 0 ? matches : Merged();
        changed.Return(own);
        return joined;

        RuleMatch[] Merged()
        {
            var merged = new RuleMatch[matches.Length + others.Length];
            for (int i = 0, a = 0, b = 0; i < merged.Length; i++)
            {
                merged[i] = b == others.Length || (a < matches.Length && _first.PlaceOf(findings.Fired[a]) < changed.PlaceOf(own.Fired[b])) ? matches[a++] : others[b++];
            }

            return merged;
        }
    }
}

/// <summary>Why a rule fires or does not.</summary>
/// <param name="Fires">The verdict.</param>
/// <param name="FailedClause">The first clause that failed, as its author wrote it; null when the rule fires.</param>
/// <param name="Reason">One sentence, e.g. <c>missing #ceasefire within 40 words of (deadline OR ultimatum)</c>.</param>
/// <param name="Hits">What did match.</param>
public sealed record Explanation(bool Fires, string? FailedClause, string Reason, IReadOnlyList<Hit> Hits);
