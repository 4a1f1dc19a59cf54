using System.Globalization;
using NewsWatch.Core.Rules.Language;

namespace NewsWatch.Core.Alerts;

/// <summary>What follows from comparisons that all hold.</summary>
internal static class RouteLogic
{
    /// <summary>True when the comparison holds for every alert for which all of <paramref name="given"/> hold.</summary>
    public static bool Implies(IReadOnlyList<RouteComparison> given, RouteComparison comparison)
    {
        var same = given.Where(known => known.Key == comparison.Key).ToList();
        return comparison.Key switch
        {
            "severity" => Severities(same).All(severity => Holds(severity, comparison)),
            "publishers" or "independent" => Counts(same).All(count => Holds(count, comparison)),
            "deadline" => same.Exists(known => RouteComparison.TimeOf(known.Value) <= RouteComparison.TimeOf(comparison.Value)),
            "lang" => same.Exists(known => ImpliesLanguage(known, comparison)),
            _ => same.Exists(known => known == comparison
                || (known.Operator == RouteOperator.Is && comparison.Operator == RouteOperator.IsNot && known.Value != comparison.Value)),
        };
    }

    /// <summary>True when the comparisons never hold together.</summary>
    public static bool Contradicts(IReadOnlyList<RouteComparison> given) =>
        Severities([.. given.Where(known => known.Key == "severity")]).Count == 0
        || given.Where(known => known.IsCount).GroupBy(known => known.Key).Any(known => Counts([.. known]).Count == 0)
        || given.Any(known => known.Key is not ("severity" or "deadline") && !known.IsCount && Implies(given, Opposite(known)));

    private static RouteComparison Opposite(RouteComparison comparison) =>
        comparison with { Operator = comparison.Operator == RouteOperator.Is ? RouteOperator.IsNot : RouteOperator.Is };

    private static List<Severity> Severities(List<RouteComparison> given) =>
        [.. Enum.GetValues<Severity>().Where(severity => given.TrueForAll(known => Holds(severity, known)))];

    /// <summary>As many as conditions can tell apart: what is above the largest number behaves as the one above it.</summary>
    private static List<int> Counts(List<RouteComparison> given) =>
        [.. Enumerable.Range(0, StoryNeeds.Max + 2).Where(count => given.TrueForAll(known => Holds(count, known)))];

    private static bool Holds(int count, RouteComparison comparison)
    {
        var value = int.Parse(comparison.Value, CultureInfo.InvariantCulture);
        return comparison.Operator switch
        {
            RouteOperator.Is => count == value,
            RouteOperator.IsNot => count != value,
            RouteOperator.AtMost => count <= value,
            _ => count >= value,
        };
    }

    private static bool Holds(Severity severity, RouteComparison comparison)
    {
        var value = Enum.Parse<Severity>(comparison.Value, ignoreCase: true);
        return comparison.Operator switch
        {
            RouteOperator.Is => severity == value,
            RouteOperator.IsNot => severity != value,
            RouteOperator.AtMost => severity <= value,
            _ => severity >= value,
        };
    }

    private static bool ImpliesLanguage(RouteComparison known, RouteComparison wanted) => (known.Operator, wanted.Operator) switch
    {
        (RouteOperator.Is, RouteOperator.Is) => IsWithin(known.Value, wanted.Value),
        (RouteOperator.IsNot, RouteOperator.IsNot) => IsWithin(wanted.Value, known.Value),
        (RouteOperator.Is, RouteOperator.IsNot) => !IsWithin(known.Value, wanted.Value) && !IsWithin(wanted.Value, known.Value),
        _ => false,
    };

    private static bool IsWithin(string tag, string range) =>
        tag.Equals(range, StringComparison.OrdinalIgnoreCase) || tag.StartsWith(range + "-", StringComparison.OrdinalIgnoreCase);
}
