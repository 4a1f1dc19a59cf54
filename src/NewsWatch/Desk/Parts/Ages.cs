using System.Globalization;

namespace NewsWatch.Desk.Parts;

/// <summary>Times in few words.</summary>
public static class Ages
{
    /// <summary>"4 min ago", "in 2 h".</summary>
    public static string Of(TimeSpan age) => age < TimeSpan.Zero ? $"in {InShort(-age)}" : age < TimeSpan.FromSeconds(1) ? "just now" : $"{InShort(age)} ago";

    /// <summary>"0.9 s", "4 min", "2 h", "3 d".</summary>
    public static string InShort(TimeSpan time) => time switch
    {
        { TotalSeconds: < 10 } => Say($"{time.TotalSeconds:0.0} s"),
        { TotalSeconds: < 60 } => Say($"{time.TotalSeconds:0} s"),
        { TotalMinutes: < 60 } => Say($"{time.TotalMinutes:0} min"),
        { TotalHours: < 48 } => Say($"{time.TotalHours:0} h"),
        _ => Say($"{time.TotalDays:0} d"),
    };

    /// <summary>"1 alert", "2 alerts", "1,934 alerts".</summary>
    public static string Count(long count, string one, string? many = null) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {(count == 1 ? one : many ?? one + "s")}");

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
