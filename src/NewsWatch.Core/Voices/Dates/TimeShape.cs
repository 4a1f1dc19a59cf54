namespace NewsWatch.Core.Voices.Dates;

/// <summary>What a phrase says about time by itself, before the publication and the tense make a day of it.</summary>
internal sealed record TimeShape(ShapeKind Kind)
{
    /// <summary>The weekday, month, unit, season, quarter or holiday; the days of a relative day.</summary>
    public int Number { get; init; }

    /// <summary>The day of the month.</summary>
    public int Day { get; init; }

    /// <summary>The weekday that is beside a day of a month; 0 when there is none.</summary>
    public int Weekday { get; init; }

    /// <summary>The year; 0 when it is not named.</summary>
    public int Year { get; init; }

    /// <summary>How many units, after now or (negative) before.</summary>
    public int Amount { get; init; }

    /// <summary>Next, Last, This, Coming or None.</summary>
    public TimeWord Modifier { get; init; }

    /// <summary>End, Mid, StartOf or None.</summary>
    public TimeWord Edge { get; init; }

    /// <summary>The time of day; midnight ends the day.</summary>
    public TimeOnly? Clock { get; init; }

    public bool IsMidnight { get; init; }

    /// <summary>The zone of the clock, where it is named.</summary>
    public TimeZoneInfo? Zone { get; init; }

    /// <summary>What an amount counts from, where it is named: "a week from Friday".</summary>
    public TimeShape? Base { get; init; }
}

/// <summary>Kinds of phrases about time.</summary>
internal enum ShapeKind : byte
{
    /// <summary>A day of a named year.</summary>
    Date,

    Weekday,
    MonthDay,
    Month,
    Year,
    Day,

    /// <summary>A week, month, quarter, year or weekend that Next, Last or This points at.</summary>
    Unit,

    Season,
    Quarter,

    /// <summary>So much time after or before now.</summary>
    Amount,

    /// <summary>An amount that points nowhere ("10 days"): no date by itself.</summary>
    Duration,

    Holiday,

    /// <summary>A time of day alone.</summary>
    Clock,

    /// <summary>Looks like a date and is none.</summary>
    None,
}
