using System.Globalization;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;

namespace NewsWatch.Bench;

/// <summary>One rule of many changes: what the new set costs, and what its articles cost then.</summary>
internal static class ReloadBench
{
    private const int Reloads = 20;

    public static void Run(IReadOnlyList<string> lines, IReadOnlyList<Document> documents)
    {
        var rules = MatchVerb.Parse(lines);
        var set = RuleSet.Compile(rules, Vocabulary.Empty);
        var whole = Time(set, documents);
        var times = new List<double>();
        for (var reload = 0; reload < Reloads; reload++)
        {
            var before = rules.ToDictionary(rule => rule.Id);
            var start = MatchVerb.ThreadTime();
            var changed = rules.ToList();
            var at = reload * 37 % changed.Count;
            changed[at] = changed[at] with { When = Query.Parse($"{lines[at]} OR reloaded{reload}", Vocabulary.Empty).Query! };
            set = set.Recompile(changed, Vocabulary.Empty, before.GetValueOrDefault);
            times.Add((MatchVerb.ThreadTime() - start) * 1000);
            rules = changed;
        }

        times.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"reload of 1 changed rule: {times[Reloads / 2]:0.0} ms CPU (median of {Reloads}, at most {times[^1]:0.0})   an article after {Reloads} of them {Time(set, documents) / whole:0.00} of before"));
    }

    private static double Time(RuleSet set, IReadOnlyList<Document> documents)
    {
        var start = MatchVerb.ThreadTime();
        foreach (var document in documents)
        {
            set.Match(document);
        }

        return MatchVerb.ThreadTime() - start;
    }
}
