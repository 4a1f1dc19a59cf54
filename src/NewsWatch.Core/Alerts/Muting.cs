using System.Globalization;

namespace NewsWatch.Core.Alerts;

/// <summary>Something that tells nothing for a time, and why.</summary>
/// <param name="Until">The first moment at which it tells again.</param>
/// <param name="Why">The operator's reason.</param>
public sealed record Muting(DateTimeOffset Until, string Why)
{
    /// <summary>True while it holds.</summary>
    public bool IsOn(DateTimeOffset now) => now < Until;

    /// <summary>One sentence: <c>rule sanctions is muted until 2026-12-01 08:00 +01:00 because the desk moves</c>.</summary>
    /// <param name="what">What is muted.</param>
    public string Sentence(string what) => string.Create(CultureInfo.InvariantCulture, $"{what} is muted until {Until:yyyy-MM-dd HH:mm zzz} because {Why}");

    /// <summary>The sentence of a muting that holds; null for none.</summary>
    /// <param name="what">What is muted.</param>
    /// <param name="muting">Its muting; null for none.</param>
    /// <param name="now">The current time.</param>
    public static string? WhyOf(string what, Muting? muting, DateTimeOffset now) => muting?.IsOn(now) == true ? muting.Sentence(what) : null;
}
