namespace NewsWatch.Core.Alerts;

/// <summary>One comparison of a route's condition, e.g. <c>label.desk != risk</c>.</summary>
/// <param name="Key">severity, rule, source, publisher, lang, or <c>label.NAME</c>.</param>
/// <param name="Operator">How it is compared; <see cref="RouteOperator.AtLeast"/> and <see cref="RouteOperator.AtMost"/> for severity only.</param>
/// <param name="Value">What it is compared with; a missing label equals the empty text.</param>
public sealed record RouteComparison(string Key, RouteOperator Operator, string Value)
{
    internal const string LabelPrefix = "label.";

    /// <summary>The label's name where a label is compared; else null.</summary>
    public string? Label => Key.StartsWith(LabelPrefix, StringComparison.Ordinal) ? Key[LabelPrefix.Length..] : null;

    /// <summary>True when the comparison holds for the alert.</summary>
    public bool Holds(AlertFacts alert) => Operator switch
    {
        RouteOperator.AtLeast => alert.Severity >= RequiredSeverity,
        RouteOperator.AtMost => alert.Severity <= RequiredSeverity,
        RouteOperator.Is => IsEqual(alert),
        _ => !IsEqual(alert),
    };

    private Severity RequiredSeverity => Enum.Parse<Severity>(Value, ignoreCase: true);

    private bool IsEqual(AlertFacts alert) => Key switch
    {
        "severity" => alert.Severity == RequiredSeverity,
        "rule" => alert.Rule == Value,
        "source" => alert.Source == Value || alert.Group == Value,
        "publisher" => alert.Publisher == Value,
        "lang" => IsLanguage(alert.Language),
        _ => alert.Labels.GetValueOrDefault(Label!, "") == Value,
    };

    /// <summary>Basic filtering of RFC 4647: "en" takes "en-GB" too.</summary>
    private bool IsLanguage(string tag) =>
        tag.Equals(Value, StringComparison.OrdinalIgnoreCase) || tag.StartsWith(Value + "-", StringComparison.OrdinalIgnoreCase);
}

/// <summary>How a route's condition compares.</summary>
public enum RouteOperator
{
    /// <summary><c>=</c></summary>
    Is,

    /// <summary><c>!=</c></summary>
    IsNot,

    /// <summary><c>&gt;=</c>, in the order routine, urgent, flash.</summary>
    AtLeast,

    /// <summary><c>&lt;=</c>, in the same order.</summary>
    AtMost,
}
