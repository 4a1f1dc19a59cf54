namespace NewsWatch.Core.Alerts;

/// <summary>
/// A node of the routing tree: which alerts go to whom, and how they are grouped. Children are tried in order, the first that matches
/// wins unless it says <see cref="Continue"/>; where none matches, the node itself takes the alert. What is null or empty is the parent's.
/// </summary>
public sealed record Route
{
    /// <summary>Which alerts it takes; null takes all.</summary>
    public RouteCondition? If { get; init; }

    /// <summary>Subscriber ids; empty inherits the parent's; empty at the root means every subscriber whose rules include the alert's.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>The channel; null means each subscriber's own.</summary>
    public string? Via { get; init; }

    /// <summary>What is put into one message; null inherits, at the root <see cref="Alerts.GroupBy.None"/>.</summary>
    public GroupBy? GroupBy { get; init; }

    /// <summary>How long a group is kept open before its message; null inherits, at the root 0 s.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>The least time between messages about one group; null inherits, at the root 0 s.</summary>
    public TimeSpan? FollowUpEvery { get; init; }

    /// <summary>How long before a deadline that was told a reminder comes; null inherits, at the root none.</summary>
    public TimeSpan? Remind { get; init; }

    /// <summary>Local times at which a digest goes out, in each subscriber's zone; empty inherits, at the root no digest.</summary>
    public IReadOnlyList<TimeOnly> Digest { get; init; } = [];

    /// <summary>True to look at the next sibling as well.</summary>
    public bool Continue { get; init; }

    /// <summary>Finer routes, tried in order.</summary>
    public IReadOnlyList<Route> Children { get; init; } = [];

    /// <summary>True where it, or a route below it, asks how many tell a story.</summary>
    public bool AsksForSources => If?.Comparisons.Any(comparison => comparison.IsCount) == true || Children.Any(child => child.AsksForSources);
}

/// <summary>What alerts are put into one message.</summary>
public enum GroupBy
{
    /// <summary>Nothing: one alert, one message.</summary>
    None,

    /// <summary>Alerts on one story.</summary>
    Story,

    /// <summary>Alerts of one rule.</summary>
    Rule,
}
