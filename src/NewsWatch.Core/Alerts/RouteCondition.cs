namespace NewsWatch.Core.Alerts;

/// <summary>A condition of a route: comparisons joined by AND, e.g. <c>severity = flash AND label.desk = risk</c>.</summary>
public sealed record RouteCondition
{
    internal RouteCondition(string text, IReadOnlyList<RouteComparison> comparisons, IReadOnlyList<int> offsets) => (Text, Comparisons, Offsets) = (text, comparisons, offsets);

    /// <summary>The condition as its author wrote it.</summary>
    public string Text { get; }

    /// <summary>All of them must hold.</summary>
    public IReadOnlyList<RouteComparison> Comparisons { get; }

    /// <summary>The UTF-16 offset of each comparison's value in the text, for the caret.</summary>
    public IReadOnlyList<int> Offsets { get; }

    /// <summary>Reads a condition; every error names its place.</summary>
    public static RouteConditionResult Parse(string text) => RouteConditionParser.Parse(text);

    /// <summary>True when all comparisons hold for the alert.</summary>
    public bool Matches(AlertFacts alert) => Comparisons.All(comparison => comparison.Holds(alert));

    /// <inheritdoc/>
    public bool Equals(RouteCondition? other) => other is not null && Comparisons.SequenceEqual(other.Comparisons);

    /// <inheritdoc/>
    public override int GetHashCode() => Comparisons.Aggregate(0, HashCode.Combine);
}

/// <summary>A condition, or everything that is wrong with its text.</summary>
public sealed record RouteConditionResult(RouteCondition? Condition, IReadOnlyList<RouteConditionError> Errors);

/// <summary>One thing that is wrong with a condition.</summary>
/// <param name="Offset">UTF-16 offset into the condition, for the caret.</param>
/// <param name="Length">Length of the place, at least 1.</param>
/// <param name="Message">The error and what to write instead.</param>
public sealed record RouteConditionError(int Offset, int Length, string Message);
