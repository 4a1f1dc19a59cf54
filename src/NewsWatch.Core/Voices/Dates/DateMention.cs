using System.Globalization;

namespace NewsWatch.Core.Voices.Dates;

/// <summary>How exact a date is.</summary>
public enum Granularity
{
    /// <summary>A time of day in a zone.</summary>
    Instant,

    /// <summary>A day.</summary>
    Day,

    /// <summary>A week from Monday on, or a weekend.</summary>
    Week,

    /// <summary>A calendar month.</summary>
    Month,

    /// <summary>Three months; seasons count as such.</summary>
    Quarter,

    /// <summary>A calendar year.</summary>
    Year,
}

/// <summary>A date that a text names, with the day that was chosen for it and why.</summary>
/// <param name="Start">UTF-16 offset of its first character in the text.</param>
/// <param name="End">Behind its last character.</param>
/// <param name="Day">The first day that it names, in the text's zone.</param>
/// <param name="Granularity">How exact it is.</param>
/// <param name="At">The instant; only of <see cref="Dates.Granularity.Instant"/>.</param>
/// <param name="Reading">One sentence for people: what was read and why, e.g. "Friday after Wed 6 Aug 2025, for the verb is of the future".</param>
public sealed record DateMention(int Start, int End, DateOnly Day, Granularity Granularity, DateTimeOffset? At, string Reading)
{
    /// <summary>The value as TIMEX3 writes it: 2025-08-08, 2025-08-08T18:00, 2025-08, 2025-W32, 2025-Q3, 2025.</summary>
    public string Value => Granularity switch
    {
        Granularity.Instant => At!.Value.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
        Granularity.Week => string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(Day.ToDateTime(default))}-W{ISOWeek.GetWeekOfYear(Day.ToDateTime(default)):00}"),
        Granularity.Month => Day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        Granularity.Quarter => string.Create(CultureInfo.InvariantCulture, $"{Day.Year:0000}-Q{(Day.Month + 2) / 3}"),
        Granularity.Year => Day.ToString("yyyy", CultureInfo.InvariantCulture),
        _ => Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };
}
