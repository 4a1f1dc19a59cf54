using System.Globalization;

namespace NewsWatch.Core.Alerts;

/// <summary>One comparison of a route's condition, e.g. <c>label.desk != risk</c>.</summary>
/// <param name="Key">severity, reason, rule, source, publisher, lang, publishers, independent, or <c>label.NAME</c>.</param>
/// <param name="Operator">How it is compared; <see cref="RouteOperator.AtLeast"/> and <see cref="RouteOperator.AtMost"/> for severity, publishers and independent only.</param>
/// <param name="Value">What it is compared with; a missing label equals the empty text.</param>
public sealed record RouteComparison(string Key, RouteOperator Operator, string Value)
{
    internal const string LabelPrefix = "label.";

    /// <summary>The label's name where a label is compared; else null.</summary>
    public string? Label => Key.StartsWith(LabelPrefix, StringComparison.Ordinal) ? Key[LabelPrefix.Length..] : null;

    /// <summary>True when the comparison holds for the alert.</summary>
    public bool Holds(AlertFacts alert) => Operator switch
    {
        RouteOperator.AtLeast => Compared(alert) >= 0,
        RouteOperator.AtMost => Compared(alert) <= 0,
        RouteOperator.Is => IsEqual(alert),
        _ => !IsEqual(alert),
    };

    /// <summary>True where the key counts the story's sources.</summary>
    internal bool IsCount => Key is "publishers" or "independent";

    private Severity RequiredSeverity => Enum.Parse<Severity>(Value, ignoreCase: true);

    private int RequiredCount => int.Parse(Value, CultureInfo.InvariantCulture);

    private int Compared(AlertFacts alert) => Key switch
    {
        "publishers" => alert.Publishers.CompareTo(RequiredCount),
        "independent" => alert.Independent.CompareTo(RequiredCount),
        _ => alert.Severity.CompareTo(RequiredSeverity),
    };

    private bool IsEqual(AlertFacts alert) => Key switch
    {
        "severity" or "publishers" or "independent" => Compared(alert) == 0,
        "reason" => NameOf(alert.Reason) == Value,
        "rule" => alert.Rule == Value,
        "source" => alert.Source == Value || alert.Group == Value,
        "publisher" => alert.Publisher == Value,
        "lang" => IsLanguage(alert.Language),
        _ => alert.Labels.GetValueOrDefault(Label!, "") == Value,
    };

    /// <summary>A reason as conditions name it: <c>first-report</c>.</summary>
    internal static string NameOf(AlertReason reason) =>
        string.Concat(reason.ToString().Select((letter, at) => char.IsUpper(letter) ? $"{(at > 0 ? "-" : "")}{char.ToLowerInvariant(letter)}" : letter.ToString()));

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

    /// <summary><c>&gt;=</c>, of severities in the order routine, urgent, flash.</summary>
    AtLeast,

    /// <summary><c>&lt;=</c>, in the same order.</summary>
    AtMost,
}
