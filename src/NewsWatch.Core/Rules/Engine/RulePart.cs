using NewsWatch.Core.Rules.Hits;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Engine;

/// <summary>Rules that were compiled together. A set has one such part, and a second, small one for the rules that have changed since the first was compiled.</summary>
internal sealed class RulePart
{
    private readonly CompiledRules _rules;
    private readonly FindingsPool _pool;
    private readonly Dictionary<string, int> _numbers;

    // The place of each rule in the set, -1 where it has changed since; null where all are in force, in their order.
    private readonly int[]? _places;
    private readonly Predicate<int> _isReplaced;
    private readonly Comparison<int> _byPlace;

    public RulePart(CompiledRules rules)
        : this(rules, new FindingsPool(rules), rules.Code.RuleIds.Index().DistinctBy(rule => rule.Item).ToDictionary(rule => rule.Item, rule => rule.Index), null)
    {
    }

    private RulePart(CompiledRules rules, FindingsPool pool, Dictionary<string, int> numbers, int[]? places)
    {
        (_rules, _pool, _numbers, _places) = (rules, pool, numbers, places);
        _isReplaced = rule => places![rule] < 0;
        _byPlace = (one, other) => PlaceOf(one).CompareTo(PlaceOf(other));
    }

    /// <summary>How many rules were compiled.</summary>
    public int Count => _rules.Code.RuleIds.Length;

    public IReadOnlyCollection<string> SlowRegexes => _pool.SlowRegexes;

    public bool AsksForDeadlines => Array.Exists(_rules.Code.Voices, voice => voice.Deadline is not null);

    /// <summary>The same rules in other places of a set; -1 takes one out of force.</summary>
    public RulePart At(int[] places) => new(_rules, _pool, _numbers, places);

    /// <summary>The number of a rule that is in force, or -1.</summary>
    public int NumberOf(string id) => _numbers.TryGetValue(id, out var rule) && PlaceOf(rule) >= 0 ? rule : -1;

    public int PlaceOf(int rule) => _places is null ? rule : _places[rule];

    public Findings Rent() => _pool.Rent();

    public void Return(Findings findings) => _pool.Return(findings);

    /// <summary>New working memory for one thread.</summary>
    public Findings NewFindings() => new(_rules.Keys, Count);

    /// <summary>Finds every term of the document that the findings have begun.</summary>
    public void Scan(Findings findings) => _rules.Trie.Scan(findings);

    /// <summary>Every rule that fires on the document that the findings have begun, in order of their places; their numbers are then in <see cref="Findings.Fired"/>.</summary>
    public RuleMatch[] Match(Findings findings, CancellationToken cancellation)
    {
        Scan(findings);
        RunCandidates(findings, cancellation);
        PutInOrder(findings.Fired);
        if (findings.Fired.Count == 0)
        {
            return [];
        }

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

    /// <summary>The first clause of a rule that fails on a document and why, or null where it fires; and what did match.</summary>
    public ((string Clause, string Reason)? Failure, IReadOnlyList<Hit> Hits) Explain(Document document, int rule)
    {
        var findings = Rent();
        findings.Begin(document);
        Scan(findings);
        var start = _rules.Code.Starts[rule];
        var failure = new Explainer(_rules.Code, new Evaluator(_rules.Code, findings)).Failure(start, Evaluator.TitleAndBody);
        var hits = HitsOf(new HitCollector(_rules.Code, findings), findings, start);
        Return(findings);
        return (failure, hits);
    }

    /// <summary>What each part of a rule comes to on a document.</summary>
    public RuleAnatomy Anatomy(Document document, int rule)
    {
        var findings = Rent();
        findings.Begin(document);
        Scan(findings);
        var clauses = new List<ClauseVerdict>();
        new Explainer(_rules.Code, new Evaluator(_rules.Code, findings)).AddClauses(_rules.Code.Starts[rule], Evaluator.TitleAndBody, clauses);
        Return(findings);
        return new(clauses);
    }

    /// <summary>Runs the rules that the terms found announce; those that fire are then in <see cref="Findings.Fired"/>.</summary>
    public void RunCandidates(Findings findings, CancellationToken cancellation)
    {
        var evaluator = new Evaluator(_rules.Code, findings);
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

    private void PutInOrder(List<int> fired)
    {
        if (_places is null)
        {
            fired.Sort();
            return;
        }

        fired.RemoveAll(_isReplaced);
        fired.Sort(_byPlace);
    }

    private static Hit[] HitsOf(in HitCollector collector, Findings findings, int start)
    {
        var hits = findings.Hits;
        hits.Clear();
        collector.CollectHits(start, Evaluator.TitleAndBody, hits);
        var sorted = HitOrder.Sorted(hits);
        NegationScope.Narrow(findings.Document, sorted);
        return sorted;
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
