using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Rules.Terms;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules;

/// <summary>What a check of rules found.</summary>
public enum RuleProblemKind
{
    /// <summary>A text of <c>Fires</c> on which the rule does not fire. An error.</summary>
    SilentExample,

    /// <summary>A text of <c>NotFires</c> on which the rule fires. An error.</summary>
    LoudExample,

    /// <summary><c>Unless</c> matches every text of <c>Fires</c>. An error.</summary>
    SwallowedByUnless,

    /// <summary>The rule cannot match any article, although it has examples of <c>Fires</c>. An error.</summary>
    CannotFire,

    /// <summary>The rule cannot match any article. A warning.</summary>
    NeverMatches,

    /// <summary>A clause of <c>When</c> that no example of <c>Fires</c> hits. A warning.</summary>
    UncoveredClause,

    /// <summary>Another rule means the same. A warning.</summary>
    SameAsAnother,

    /// <summary>A term that finds less than its author may think. A warning.</summary>
    FindsLess,

    /// <summary>A plain plural that would find more with <c>~</c>. A hint.</summary>
    PlainPlural,
}

/// <summary>A problem of a rule.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Kind">What kind.</param>
/// <param name="Message">The error and its fix.</param>
/// <param name="Example">The index of the example in its list, for the two kinds that have one; else null.</param>
public sealed record RuleProblem(string RuleId, RuleProblemKind Kind, string Message, int? Example = null)
{
    /// <summary>Whether the configuration must be refused.</summary>
    public bool IsError => Kind <= RuleProblemKind.CannotFire;
}

/// <summary>A rule's own examples: texts on which it must fire, and texts on which it must not.</summary>
public sealed record RuleExamples(IReadOnlyList<string> Fires, IReadOnlyList<string> NotFires)
{
    /// <summary>No examples.</summary>
    public static RuleExamples None { get; } = new([], []);
}

/// <summary>
/// Checks rules for what parsing cannot see. Pure: <see cref="Check"/> rules with their examples, <see cref="CheckAll"/> all rules against one another,
/// <see cref="MissingSpellings"/> an entity's aliases.
/// </summary>
public static class RuleCheck
{
    private const int QuotedLength = 80;
    private const int MaxListed = 6;

    /// <summary>
    /// The problems of each rule with its examples, each read as <see cref="ExampleDocuments"/> says. All rules are compiled into one set, because compiling what several
    /// of them name costs more than all that is asked of it: the rule, the rule without its Unless, each of its clauses.
    /// </summary>
    public static IReadOnlyList<RuleProblem> Check(IReadOnlyList<(Rule Rule, RuleExamples Examples)> rules, Vocabulary vocabulary)
    {
        var set = RuleSet.Compile([.. rules.Where(one => one.Examples.Fires.Count + one.Examples.NotFires.Count > 0).SelectMany(one => Parts(one.Rule))], vocabulary);
        return [.. rules.SelectMany(one => ProblemsOf(one.Rule, one.Examples, vocabulary, set))];
    }

    private static List<RuleProblem> ProblemsOf(Rule rule, RuleExamples examples, Vocabulary vocabulary, RuleSet set)
    {
        if (ContradictionFinder.Find(rule) is { } contradiction)
        {
            return examples.Fires.Count > 0
                ? [new RuleProblem(rule.Id, RuleProblemKind.CannotFire, $"the rule can never match, not even its own examples of Fires: {contradiction}")]
                : [new RuleProblem(rule.Id, RuleProblemKind.NeverMatches, $"the rule can never match: {contradiction}")];
        }

        var problems = new List<RuleProblem>();
        if (examples.Fires.Count + examples.NotFires.Count > 0)
        {
            CheckExamples(rule, examples, set, problems);
        }

        problems.AddRange(QueryTraversal.All(rule).SelectMany(vocabulary.OwnTermsOf).Distinct().SelectMany(Query.TermWarnings, (text, warning) => new RuleProblem(rule.Id, RuleProblemKind.FindsLess, $"{text}: {warning.Message}")));
        problems.AddRange(QueryTraversal.Positive(rule.When).OfType<TermQuery>().Distinct().Select(t => Plural(rule.Id, t)).OfType<RuleProblem>());
        return problems;
    }

    /// <summary>Rules that mean the same as an earlier one.</summary>
    public static IReadOnlyList<RuleProblem> CheckAll(IReadOnlyList<Rule> rules)
    {
        var first = new Dictionary<string, string>();
        var problems = new List<RuleProblem>();
        foreach (var rule in rules)
        {
            var meaning = $"{QueryTraversal.Sorted(rule.When)} {rule.Needs} UNLESS {(rule.Unless is null ? "" : QueryTraversal.Sorted(rule.Unless))}";
            if (!first.TryAdd(meaning, rule.Id))
            {
                problems.Add(new RuleProblem(rule.Id, RuleProblemKind.SameAsAnother, $"means the same as {first[meaning]}. Keep one of them."));
            }
        }

        return problems;
    }

    /// <summary>Usual other spellings of an entity's name and aliases that none of its aliases finds, e.g. <c>Zelenskiy</c> for <c>Zelensky</c>.</summary>
    public static IReadOnlyList<string> MissingSpellings(Entity entity)
    {
        var vocabulary = new Vocabulary(new Dictionary<string, Entity> { [entity.Id] = entity }, new Dictionary<string, TermList>());
        var set = RuleSet.Compile([new Rule(entity.Id, new EntityQuery(entity.Id), null)], vocabulary);
        var missing = new[] { entity.Name }.Concat(entity.Aliases).SelectMany(Spellings.Of).Distinct()
            .Where(spelling => set.Match(new Document { Title = spelling, Body = "" }).Count == 0).ToList();
        return [.. missing.Where(spelling => !spelling.Split(' ').Intersect(missing).Except([spelling]).Any())];
    }

    private static IEnumerable<Rule> Parts(Rule rule) =>
        [rule, new Rule(WithoutUnless(rule), rule.When, null), .. ClausesOf(rule).Select((clause, index) => new Rule(IdOf(rule, index), clause, null))];

    private static List<Query> ClausesOf(Rule rule) => [.. QueryTraversal.Positive(rule.When).Except(QueryTraversal.Circumstances(rule.When).SelectMany(QueryTraversal.Positive))];

    private static void CheckExamples(Rule rule, RuleExamples examples, RuleSet set, List<RuleProblem> problems)
    {
        var swallowed = CheckFires(rule, examples, set, problems);
        CheckNotFires(rule, examples, set, problems);
        if (!swallowed && problems.Count == 0 && examples.Fires.Count > 0)
        {
            CheckCoverage(rule, examples, set, problems);
        }
    }

    private static bool CheckFires(Rule rule, RuleExamples examples, RuleSet set, List<RuleProblem> problems)
    {
        var firesWithoutUnless = 0;
        var silent = new List<RuleProblem>();
        var reading = new ExampleDocuments(rule.When);
        for (var i = 0; i < examples.Fires.Count; i++)
        {
            var readings = reading.All(examples.Fires[i]).ToList();
            if (!readings.Exists(document => set.Explain(document, rule.Id).Fires))
            {
                firesWithoutUnless += readings.Exists(document => set.Explain(document, WithoutUnless(rule)).Fires) ? 1 : 0;
                var reason = set.Explain(readings[0], rule.Id).Reason;
                silent.Add(new RuleProblem(rule.Id, RuleProblemKind.SilentExample, $"the rule does NOT fire on \"{Cut(examples.Fires[i])}\": {reason}.", i));
            }
        }

        if (examples.Fires.Count > 0 && firesWithoutUnless == examples.Fires.Count)
        {
            problems.Add(new RuleProblem(rule.Id, RuleProblemKind.SwallowedByUnless, $"Unless ({rule.Unless}) matches every example of Fires: the rule would stay silent. Make Unless narrower."));
            return true;
        }

        problems.AddRange(silent);
        return false;
    }

    private static void CheckNotFires(Rule rule, RuleExamples examples, RuleSet set, List<RuleProblem> problems)
    {
        var reading = new ExampleDocuments(rule.When);
        for (var i = 0; i < examples.NotFires.Count; i++)
        {
            if (set.Explain(reading.Headline(examples.NotFires[i]), rule.Id) is { Fires: true } explanation)
            {
                var hits = string.Join(", ", explanation.Hits.Select(hit => $"\"{hit.Quote}\"").Distinct());
                problems.Add(new RuleProblem(rule.Id, RuleProblemKind.LoudExample, $"the rule FIRES on \"{Cut(examples.NotFires[i])}\": it hits {hits}.", i));
            }
        }
    }

    private static void CheckCoverage(Rule rule, RuleExamples examples, RuleSet set, List<RuleProblem> problems)
    {
        var readings = examples.Fires.SelectMany(new ExampleDocuments(rule.When).All).ToList();
        var unseen = ClausesOf(rule).Where((_, index) => !readings.Exists(document => set.Explain(document, IdOf(rule, index)).Fires)).ToList();
        if (unseen.Count > 0)
        {
            problems.Add(new RuleProblem(
                rule.Id, RuleProblemKind.UncoveredClause, $"no text of Fires shows {Listed(unseen)}. Add one for each: what was never seen to work may not."));
        }
    }

    // No ids of rules: those have no brackets.
    private static string WithoutUnless(Rule rule) => $"{rule.Id}(when)";

    private static string IdOf(Rule rule, int clause) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{rule.Id}({clause})");

    private static string Listed(List<Query> clauses) =>
        clauses.Count > MaxListed ? $"{string.Join(", ", clauses.Take(MaxListed))} and {clauses.Count - MaxListed} others"
        : clauses.Count == 1 ? $"{clauses[0]}"
        : $"{string.Join(", ", clauses.SkipLast(1))} or {clauses[^1]}";

    private static RuleProblem? Plural(string ruleId, TermQuery term)
    {
        var word = term.Text;
        if (term.Quoted || word.Length < 4 || !word.All(char.IsAsciiLetterLower) || Inflections.Of(word).Count < 2 || Inflections.Singular(word) is not { } single || single == word)
        {
            return null;
        }

        return new RuleProblem(ruleId, RuleProblemKind.PlainPlural, $"{word} finds only this form. Write {single}~ to find {string.Join(", ", Inflections.Of(single).Take(3))} as well, or \"{word}\" in quotes to mean this form alone.");
    }

    private static string Cut(string text) => text.Length <= QuotedLength ? text : text[..QuotedLength] + "…";
}
