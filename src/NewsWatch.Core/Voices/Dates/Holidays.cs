namespace NewsWatch.Core.Voices.Dates;

/// <summary>The days of the holidays that the word lists number.</summary>
internal static class Holidays
{
    /// <summary>The day of a holiday in a year.</summary>
    public static DateOnly Of(int holiday, int year) => holiday switch
    {
        1 => Weekday(year, 11, DayOfWeek.Thursday, 4),
        2 => Weekday(year, 9, DayOfWeek.Monday, 1),
        3 => new(year, 12, 25),
        4 => new(year, 12, 24),
        5 => new(year, 1, 1),
        6 => new(year, 12, 31),
        7 => new(year, 7, 4),
        8 => Weekday(year, 6, DayOfWeek.Monday, 1).AddDays(-7),
        9 => Weekday(year, 1, DayOfWeek.Monday, 3),
        10 => Weekday(year, 2, DayOfWeek.Monday, 3),
        11 => Weekday(year, 10, DayOfWeek.Monday, 2),
        12 => new(year, 11, 11),
        13 => new(year, 10, 31),
        14 => new(year, 2, 14),
        16 => Easter(year).AddDays(-2),
        17 => Easter(year).AddDays(1),
        18 => new(year, 12, 26),
        19 => new(year, 6, 19),
        20 => new(year, 5, 1),
        21 => Weekday(year, 11, DayOfWeek.Thursday, 4).AddDays(1),
        22 => Weekday(year, 11, DayOfWeek.Monday, 1).AddDays(1),
        _ => Easter(year),
    };

    private static DateOnly Weekday(int year, int month, DayOfWeek day, int nth)
    {
        var first = new DateOnly(year, month, 1);
        return first.AddDays((((int)day - (int)first.DayOfWeek + 7) % 7) + (7 * (nth - 1)));
    }

    // The Gregorian computus of Meeus, Jones and Butcher.
    private static DateOnly Easter(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var h = ((19 * a) + b - (b / 4) - ((b - ((b + 8) / 25) + 1) / 3) + 15) % 30;
        var l = (32 + (2 * (b % 4)) + (2 * (c / 4)) - h - (c % 4)) % 7;
        var month = h + l - (7 * ((a + (11 * h) + (22 * l)) / 451)) + 114;
        return new(year, month / 31, (month % 31) + 1);
    }
}
