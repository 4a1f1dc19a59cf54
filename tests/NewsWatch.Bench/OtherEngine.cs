using System.Globalization;
using NewsWatch.Core.Rules;

namespace NewsWatch.Bench;

/// <summary>Holds our pairs of document and rule against another engine's: what only one of them found.</summary>
internal static class OtherEngine
{
    public static void Compare(RuleSet set, IReadOnlyList<string> rules, IReadOnlyList<(string Id, Core.Text.Document Document)> documents, IReadOnlyList<string> theirs)
    {
        var known = theirs.Select(line => line.Split('\t')).Select(pair => (Document: pair[0], Rule: pair[1])).ToHashSet();
        var looked = known.Select(pair => int.Parse(pair.Document, CultureInfo.InvariantCulture)).Max();
        var ours = documents.Where(document => int.Parse(document.Id, CultureInfo.InvariantCulture) <= looked)
            .SelectMany(document => set.Match(document.Document).Select(match => (Document: document.Id, Rule: match.RuleId))).ToHashSet();
        var differences = ours.Except(known).Select(pair => ("only ours", pair)).Concat(known.Except(ours).Select(pair => ("only theirs", pair)));
        foreach (var (who, (document, rule)) in differences.OrderBy(difference => difference.pair.Rule, StringComparer.Ordinal))
        {
            Console.WriteLine($"{who,-12} document {document}, rule {rule}: {rules[int.Parse(rule, CultureInfo.InvariantCulture)]}");
        }

        var different = known.Except(ours).Count() + ours.Except(known).Count();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{known.Count} pairs of theirs, {ours.Count} of ours, {different} differ ({100.0 * different / known.Count:0.00} %)"));
    }
}
