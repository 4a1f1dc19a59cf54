using System.Globalization;

namespace NewsWatch.Core.Feeds.Dates;

/// <summary>The forms in which nearly all feeds write a date, read digit by digit: RFC 822 with a year of four digits, and RFC 3339 without fractions.</summary>
internal static class UsualDates
{
    private const string Weekdays = "SunMonTueWedThuFriSat";
    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";

    /// <summary>The instant, in UTC; null for any other form, for what does not exist, and for a weekday that is not the date's.</summary>
    public static DateTimeOffset? Read(ReadOnlySpan<char> text) => text switch
    {
        [_, _, _, ',', ' ', _, ' ', ..] => InMail(text[..3], text[5..6], text[7..]),
        [_, _, _, ',', ' ', _, _, ' ', ..] => InMail(text[..3], text[5..7], text[8..]),
        [_, _, _, _, '-', _, _, '-', _, _, 'T', _, _, ':', _, _, ':', _, _, _, ..] when Day(text[..4], Number(text[5..7]), text[8..10]) is { } day => At(day, text[11..19], text[19..]),
        _ => null,
    };

    // "Nov 2026 07:15:00 GMT", behind weekday and day.
    private static DateTimeOffset? InMail(ReadOnlySpan<char> weekday, ReadOnlySpan<char> day, ReadOnlySpan<char> rest) =>
        rest is [_, _, _, ' ', _, _, _, _, ' ', _, _, ':', _, _, ':', _, _, ' ', _, ..]
            && Day(rest[4..8], Month(rest[..3]), day) is { } date && weekday.SequenceEqual(Weekdays.AsSpan(3 * (int)date.DayOfWeek, 3)) ? At(date, rest[9..17], rest[18..]) : null;

    private static int Month(ReadOnlySpan<char> name) => Months.AsSpan().IndexOf(name) is var at && at % 3 == 0 ? (at / 3) + 1 : -1;

    // The first and the last year that count go the long way: a zone may move an instant out of them.
    private static DateTime? Day(ReadOnlySpan<char> year, int month, ReadOnlySpan<char> day) =>
        Number(year) is > 1900 and < 2199 and var y && month is >= 1 and <= 12 && Number(day) is >= 1 and var d && d <= DateTime.DaysInMonth(y, month) ? new DateTime(y, month, d) : null;

    // "07:15:00" and "+01:00".
    private static DateTimeOffset? At(DateTime day, ReadOnlySpan<char> clock, ReadOnlySpan<char> zone) =>
        Number(clock[..2]) is >= 0 and < 24 and var hour && Number(clock[3..5]) is >= 0 and < 60 and var minute && Number(clock[6..]) is >= 0 and < 60 and var second && Offset(zone) is { } offset
            ? new DateTimeOffset(day + new TimeSpan(hour, minute, second) - offset, TimeSpan.Zero) : null;

    private static TimeSpan? Offset(ReadOnlySpan<char> zone) => zone switch
    {
        "GMT" or "Z" => TimeSpan.Zero,
        ['+' or '-', _, _, ':', _, _] => Offset(zone[0], Number(zone[1..3]), Number(zone[4..])),
        ['+' or '-', _, _, _, _] => Offset(zone[0], Number(zone[1..3]), Number(zone[3..])),
        _ => null,
    };

    private static TimeSpan? Offset(char sign, int hours, int minutes) =>
        hours is >= 0 and < 14 && minutes is >= 0 and < 60 ? new TimeSpan(hours, minutes, 0) * (sign == '-' ? -1 : 1) : null;

    private static int Number(ReadOnlySpan<char> digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
