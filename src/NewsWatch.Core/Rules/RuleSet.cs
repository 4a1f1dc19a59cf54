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
    private readonly CompiledRules _rules;
    private readonly FindingsPool _pool;
    private readonly Dictionary<string, int> _numbers;

    private RuleSet(CompiledRules rules)
    {
        _rules = rules;
        _pool = new FindingsPool(rules);
        _numbers = rules.Code.RuleIds.Index().DistinctBy(rule => rule.Item).ToDictionary(rule => rule.Item, rule => rule.Index);
    }

    /// <summary>How many rules it has.</summary>
    public int Count => _rules.Code.RuleIds.Length;

    /// <summary>
    /// Regular expressions that ran into their time limit of 50 ms since the set was compiled, as written: for a warning. What such a run would have found is not found.
    /// </summary>
    public IReadOnlyCollection<string> SlowRegexes => _pool.SlowRegexes;

    /// <summary>Whether a rule asks for deadlines.</summary>
    public bool AsksForDeadlines => Array.Exists(_rules.Code.Voices, voice => voice.Deadline is not null);

    /// <summary>Compiles rules; those of the vocabulary's terms that they name are shared.</summary>
    public static RuleSet Compile(IReadOnlyList<Rule> rules, Vocabulary vocabulary) => new(new RuleCompiler(vocabulary).Compile(rules));

    /// <summary>Every rule that fires on the document, with its hits, in rule order.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled: it is looked at with every rule that is run.</exception>
    public IReadOnlyList<RuleMatch> Match(Document document, CancellationToken cancellation = default)
    {
        var findings = _pool.Rent();
        var matches = Match(document, findings, cancellation);
        _pool.Return(findings);
        return matches;
    }

    /// <summary>Why a rule fires on the document, or the first clause that failed.</summary>
    /// <exception cref="ArgumentException">The set has no rule of that id.</exception>
    public Explanation Explain(Document document, string ruleId)
    {
        if (!_numbers.TryGetValue(ruleId, out var rule))
        {
            throw new ArgumentException($"no rule {ruleId}", nameof(ruleId));
        }

        var findings = _pool.Rent();
        findings.Begin(document);
        _rules.Trie.Scan(findings);
        var evaluator = new Evaluator(_rules.Code, findings);
        var start = _rules.Code.Starts[rule];
        var failure = new Explainer(_rules.Code, evaluator).Failure(start, Evaluator.TitleAndBody);
        var hits = HitsOf(new HitCollector(_rules.Code, findings), findings, start);
        _pool.Return(findings);
        return failure is var (clause, reason)
            ? new Explanation(false, clause, reason, hits)
            : new Explanation(true, null, $"found {string.Join(", ", hits.Select(h => h.Clause).Distinct())}", hits);
    }

    /// <summary>What each part of a rule comes to on the document.</summary>
    /// <exception cref="ArgumentException">The set has no rule of that id.</exception>
    public RuleAnatomy Anatomy(Document document, string ruleId)
    {
        if (!_numbers.TryGetValue(ruleId, out var rule))
        {
            throw new ArgumentException($"no rule {ruleId}", nameof(ruleId));
        }

        var findings = _pool.Rent();
        findings.Begin(document);
        _rules.Trie.Scan(findings);
        var clauses = new List<ClauseVerdict>();
        new Explainer(_rules.Code, new Evaluator(_rules.Code, findings)).AddClauses(_rules.Code.Starts[rule], Evaluator.TitleAndBody, clauses);
        _pool.Return(findings);
        return new(clauses);
    }

    /// <summary>Matches with findings of the caller's own, for measuring.</summary>
    internal IReadOnlyList<RuleMatch> Match(Document document, Findings findings, CancellationToken cancellation = default)
    {
        findings.Begin(document);
        _rules.Trie.Scan(findings);
        var evaluator = new Evaluator(_rules.Code, findings);
        RunCandidates(evaluator, findings, cancellation);
        if (findings.Fired.Count == 0)
        {
            return [];
        }

        findings.Fired.Sort();
        var collector = new HitCollector(_rules.Code, findings);
        var matches = new RuleMatch[findings.Fired.Count];
        for (var i = 0; i < matches.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var rule = findings.Fired[i];
            matches[i] = new RuleMatch(_rules.Code.RuleIds[rule], HitsOf(collector, findings, _rules.Code.Starts[rule]));
        }

        return matches;
    }

    /// <summary>One part of the match pass, for measuring: 0 tokens, 1 and terms, 2 and verdicts.</summary>
    internal void MatchPart(Document document, Findings findings, int part)
    {
        findings.Begin(document);
        if (part > 0)
        {
            _rules.Trie.Scan(findings);
        }

        if (part > 1)
        {
            RunCandidates(new Evaluator(_rules.Code, findings), findings, CancellationToken.None);
        }
    }

    /// <summary>New working memory for one thread.</summary>
    internal Findings NewFindings() => new(_rules.Keys, Count);

    private static Hit[] HitsOf(in HitCollector collector, Findings findings, int start)
    {
        var hits = findings.Hits;
        hits.Clear();
        collector.CollectHits(start, Evaluator.TitleAndBody, hits);
        var sorted = HitOrder.Sorted(hits);
        NegationScope.Narrow(findings.Document, sorted);
        return sorted;
    }

    private void RunCandidates(in Evaluator evaluator, Findings findings, CancellationToken cancellation)
    {
        var starts = _rules.Code.Starts;
        var touched = findings.Touched.Length;
        for (var i = 0; i < touched; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var posting in _rules.Postings.Of(findings.Touched[i]))
            {
                if (posting.Guard >= 0 && !findings.Has(posting.Guard))
                {
                    continue;
                }

                var rule = posting.Rule;
                if (rule < 0)
                {
                    rule = ~rule;
                    if (!findings.BeginRule(rule))
                    {
                        continue;
                    }
                }

                Run(evaluator, findings, rule, starts[rule]);
            }
        }

        foreach (var rule in _rules.Postings.Always)
        {
            Run(evaluator, findings, rule, starts[rule]);
        }
    }

    private static void Run(in Evaluator evaluator, Findings findings, int rule, int start)
    {
        findings.Candidates++;
        if (evaluator.Holds(start))
        {
            findings.Fired.Add(rule);
        }
    }
}

/// <summary>Why a rule fires or does not.</summary>
/// <param name="Fires">The verdict.</param>
/// <param name="FailedClause">The first clause that failed, as its author wrote it; null when the rule fires.</param>
/// <param name="Reason">One sentence, e.g. <c>missing #ceasefire within 40 words of (deadline OR ultimatum)</c>.</param>
/// <param name="Hits">What did match.</param>
public sealed record Explanation(bool Fires, string? FailedClause, string Reason, IReadOnlyList<Hit> Hits);
