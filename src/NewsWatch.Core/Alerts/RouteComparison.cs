using System.Globalization;

namespace NewsWatch.Core.Alerts;

/// <summary>One comparison of a route's condition, e.g. <c>label.desk != risk</c>.</summary>
/// <param name="Key">severity, reason, rule, source, publisher, lang, publishers, independent, deadline, or <c>label.NAME</c>.</param>
/// <param name="Operator">How it is compared; <see cref="RouteOperator.AtLeast"/> and <see cref="RouteOperator.AtMost"/> for severity, publishers and independent only, <see cref="RouteOperator.Below"/> for deadline only.</param>
/// <param name="Value">What it is compared with; a missing label equals the empty text.</param>
public sealed record RouteComparison(string Key, RouteOperator Operator, string Value)
{
    internal const string LabelPrefix = "label.";
    private static readonly TimeSpan MaxTime = TimeSpan.FromDays(366);

    /// <summary>The label's name where a label is compared; else null.</summary>
    public string? Label => Key.StartsWith(LabelPrefix, StringComparison.Ordinal) ? Key[LabelPrefix.Length..] : null;

    /// <summary>True when the comparison holds for the alert.</summary>
    public bool Holds(AlertFacts alert) => Operator switch
    {
        RouteOperator.AtLeast => Compared(alert) >= 0,
        RouteOperator.AtMost => Compared(alert) <= 0,
        RouteOperator.Below => alert.Deadline < TimeOf(Value),
        RouteOperator.Is => IsEqual(alert),
        _ => !IsEqual(alert),
    };

    /// <summary>True where the key counts the story's sources.</summary>
    internal bool IsCount => Key is "publishers" or "independent";

    /// <summary>A time as conditions write it: <c>45m</c>, <c>24h</c>, <c>7d</c>, up to 366 days; null for anything else.</summary>
    internal static TimeSpan? TimeOf(string text)
    {
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
        {
            return null;
        }

        TimeSpan? time = text[^1] switch { 'm' => TimeSpan.FromMinutes(count), 'h' => TimeSpan.FromHours(count), 'd' => TimeSpan.FromDays(count), _ => null };
        return time <= MaxTime ? time : null;
    }

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

    /// <summary><c>&lt;</c>, of the time until a deadline has passed.</summary>
    Below,
}
