namespace NewsWatch.Core.Alerts;

/// <summary>A route that no alert can reach.</summary>
/// <param name="Path">Its place: indices into Children, from the root.</param>
/// <param name="TakenBy">The indices of the sibling that takes everything first; null when several do together, or when the conditions contradict each other.</param>
public sealed record UnreachableRoute(IReadOnlyList<int> Path, IReadOnlyList<int>? TakenBy)
{
    /// <summary>One sentence for a warning.</summary>
    public string Message => TakenBy is null
        ? "never reached: its conditions and those above it never hold together, or its siblings before it take all of it."
        : $"never reached: {Name(TakenBy)} matches everything it matches and does not Continue.";

    private static string Name(IEnumerable<int> path) => "Routes" + string.Concat(path.Select(index => $".Children[{index}]"));
}

/// <summary>
/// Finds routes that no alert can reach. It is sure of what it says: a route that is not named may still be unreachable
/// for reasons that only the rules know.
/// </summary>
public static class RouteCoverage
{
    /// <summary>Every unreachable route, in document order; what lies below one is not named again.</summary>
    public static IReadOnlyList<UnreachableRoute> Unreachable(Route root)
    {
        var found = new List<UnreachableRoute>();
        Look(root, [], root.If?.Comparisons ?? [], found);
        return found;
    }

    private static void Look(Route route, IReadOnlyList<int> path, IReadOnlyList<RouteComparison> given, List<UnreachableRoute> found)
    {
        for (var index = 0; index < route.Children.Count; index++)
        {
            var child = route.Children[index];
            IReadOnlyList<RouteComparison> all = [.. given, .. child.If?.Comparisons ?? []];
            IReadOnlyList<int> place = [.. path, index];
            var before = route.Children.Take(index).Select((sibling, at) => (sibling, at)).Where(earlier => !earlier.sibling.Continue).ToList();
            var taker = before.FindIndex(earlier => Takes(earlier.sibling, all));
            if (taker >= 0 || IsEmpty([.. before.Select(earlier => earlier.sibling)], all))
            {
                found.Add(new(place, taker >= 0 ? [.. path, before[taker].at] : null));
            }
            else
            {
                Look(child, place, all, found);
            }
        }
    }

    /// <summary>True when, severity by severity, the conditions contradict each other or an earlier sibling takes the rest.</summary>
    private static bool IsEmpty(List<Route> before, IReadOnlyList<RouteComparison> given) =>
        Enum.GetValues<Severity>().All(severity =>
        {
            IReadOnlyList<RouteComparison> exact = [.. given, new("severity", RouteOperator.Is, severity.ToString())];
            return RouteLogic.Contradicts(exact) || before.Exists(sibling => Takes(sibling, exact));
        });

    private static bool Takes(Route sibling, IReadOnlyList<RouteComparison> given) =>
        sibling.If is null || sibling.If.Comparisons.All(comparison => RouteLogic.Implies(given, comparison));
}
