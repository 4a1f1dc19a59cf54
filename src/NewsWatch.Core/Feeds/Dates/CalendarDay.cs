using System.Globalization;
using System.Text.RegularExpressions;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Feeds.Dates;

/// <summary>The day that words and numbers name, in any order and many languages; null when it can be read two ways or does not exist.</summary>
internal static partial class CalendarDay
{
    /// <summary>Reads the day from the text before and after the time.</summary>
    /// <param name="head">Before the time.</param>
    /// <param name="tail">After the time, where some write the year.</param>
    /// <param name="american">A twelve-hour clock was used: 1/2/2020 is the second of January.</param>
    public static DateOnly? Of(string head, string tail, bool american)
    {
        // The last name of a month counts: "mar., 01 déc." begins with a weekday.
        int? month = null;
        DayOfWeek? weekday = null;
        foreach (Match word in Word().Matches(head))
        {
            month = CalendarNames.Month(word.Value) ?? month;
            weekday ??= CalendarNames.Weekday(word.Value);
        }

        var numbers = Numbers().Matches(head).Select(match => match.Value).Concat(Year().Matches(tail).Select(match => match.Value).Take(1)).ToList();
        return month is { } named ? WithName(numbers, named) : Numeric(numbers, head, weekday, american);
    }

    /// <summary>True for the name of a month or a weekday.</summary>
    public static bool IsName(string word) => CalendarNames.Month(word) is not null || CalendarNames.Weekday(word) is not null;

    private static DateOnly? WithName(List<string> numbers, int month)
    {
        var year = numbers.Find(number => number.Length == 4);
        var rest = numbers.Where(number => number.Length <= 2).ToList();
        return (year, rest) switch
        {
            (not null, []) => Day(year, month, 1),
            (not null, [var day, ..]) => Day(year, month, Number(day)),
            (null, [var day, var two, ..]) => Day(two, month, Number(day)),
            _ => null,
        };
    }

    private static DateOnly? Numeric(List<string> numbers, string head, DayOfWeek? weekday, bool american) => numbers switch
    {
        [{ Length: 8 } all] => Day(all[..4], Number(all[4..6]), Number(all[6..])),
        [{ Length: 4 } year] => Day(year, 1, 1),
        [{ Length: 4 } year, { Length: 3 } ordinal] => Ordinal(year, Number(ordinal)),
        [{ Length: 4 } year, { Length: <= 2 } month] => Day(year, Number(month), 1),
        [{ Length: 4 } year, { Length: <= 2 } month, { Length: <= 2 } day, ..] => Day(year, Number(month), Number(day)),
        [{ Length: 2 } year, { Length: 2 } month, { Length: 2 } day] when head.EndsWith('T') => Day(year, Number(month), Number(day)),
        [{ Length: <= 2 } first, { Length: <= 2 } second, { Length: 2 or 4 } year] => TwoWays(Number(first), Number(second), year, head, weekday, american),
        _ => null,
    };

    private static DateOnly? TwoWays(int first, int second, string year, string head, DayOfWeek? weekday, bool american)
    {
        var (dayFirst, monthFirst) = (Day(year, second, first), Day(year, first, second));
        if (dayFirst is null || monthFirst is null || first == second)
        {
            return dayFirst ?? monthFirst;
        }

        if (weekday is not null && (dayFirst.Value.DayOfWeek == weekday) != (monthFirst.Value.DayOfWeek == weekday))
        {
            return dayFirst.Value.DayOfWeek == weekday ? dayFirst : monthFirst;
        }

        return american ? monthFirst : head.Contains('/') || head.Contains('-') ? null : dayFirst;
    }

    private static DateOnly? Ordinal(string year, int ordinal) =>
        Day(year, 1, 1) is { } first && ordinal is > 0 and <= 366 && first.AddDays(ordinal - 1) is var day && day.Year == first.Year ? day : null;

    private static DateOnly? Day(string year, int month, int day)
    {
        var full = year.Length == 2 ? Number(year) + (Number(year) < 70 ? 2000 : 1900) : Number(year);
        return full is >= 1900 and < 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(full, month) ? new DateOnly(full, month, day) : null;
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\p{L}[\p{L}\p{M}]*", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Word();

    [GeneratedRegex(@"[0-9]{1,9}", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"(?<![0-9])[0-9]{4}(?![0-9])", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Year();
}
