using System.Globalization;

namespace NewsWatch.Core.Voices.Dates;

/// <summary>Makes a day of a phrase: from the anchor and, where the phrase leaves it open, the tense.</summary>
internal sealed class DateResolver(TimeAnchor anchor)
{
    private const int FarDays = 183;
    private const int NearDays = 122;
    private static readonly string[] Seasons = ["", "spring", "summer", "autumn", "winter"];

    private DateOnly Today => anchor.Today;

    /// <summary>The date; null when the phrase names none.</summary>
    public DateMention? Resolve(TimeShape shape, Tense tense, int start, int end)
    {
        if ((!anchor.IsKnown && shape.Year == 0) || DayOf(shape, tense) is not var (day, granularity))
        {
            return null;
        }

        if (granularity == Granularity.Instant)
        {
            var at = TimeZoneInfo.ConvertTime(anchor.Published + Elapsed(shape), anchor.Zone);
            return new(start, end, DateOnly.FromDateTime(at.DateTime), granularity, at, $"{Math.Abs(shape.Amount)} {((TimeUnit)shape.Number).ToString().ToLowerInvariant()}s from the publication");
        }

        var why = Why(shape, tense);
        if (shape.Clock is not { } clock || granularity != Granularity.Day)
        {
            return new(start, end, day, granularity, null, why);
        }

        var zone = shape.Zone ?? anchor.Zone;
        var instant = TimeAnchor.On(shape.IsMidnight ? day.AddDays(1) : day, clock, zone);
        return new(start, end, day, Granularity.Instant, instant, $"{why}, by the clock of {zone.Id}");
    }

    /// <summary>The end of a duration counted from the publication, or from a day that its sentence names.</summary>
    public DateMention? ResolveDuration(TimeShape shape, DateMention? from, int start, int end) =>
        from is null || (TimeUnit)shape.Number is TimeUnit.Hour or TimeUnit.Minute
            ? Resolve(shape with { Kind = ShapeKind.Amount }, Tense.Future, start, end)
            : new(start, end, Shift(from.Day, (TimeUnit)shape.Number, shape.Amount), Granularity.Day, null, $"counted from {Name(from.Day)}");

    private (DateOnly Day, Granularity Granularity)? DayOf(TimeShape shape, Tense tense) => shape.Kind switch
    {
        ShapeKind.Date => (new(shape.Year, shape.Number, shape.Day), Granularity.Day),
        ShapeKind.Day => (Today.AddDays(shape.Number), Granularity.Day),
        ShapeKind.Clock => (Today, Granularity.Day),
        ShapeKind.Weekday => (Weekday(shape, tense), Granularity.Day),
        ShapeKind.MonthDay => (MonthDay(shape, tense), Granularity.Day),
        ShapeKind.Holiday => (InYear(shape, tense, year => Holidays.Of(shape.Number, year)), Granularity.Day),
        ShapeKind.Month => Edged(shape, Month(shape, tense), 1, Granularity.Month),
        ShapeKind.Season => (InYear(shape, tense, year => new(year, shape.Number * 3 % 12 == 0 ? 12 : shape.Number * 3, 1)), Granularity.Quarter),
        ShapeKind.Quarter => Edged(shape, shape.Year > 0 ? new(shape.Year, (shape.Number * 3) - 2, 1) : new(Today.Year, (shape.Number * 3) - 2, 1), 3, Granularity.Quarter),
        ShapeKind.Year => Edged(shape, new(shape.Year, 1, 1), 12, Granularity.Year),
        ShapeKind.Unit => Unit(shape),
        ShapeKind.Amount => Amount(shape, tense),
        _ => null,
    };

    private DateOnly Weekday(TimeShape shape, Tense tense)
    {
        var day = DaysTo(shape.Number);
        var monday = Today.AddDays(-DaysSinceMonday);
        return shape.Modifier switch
        {
            TimeWord.Next => monday.AddDays(7 + shape.Number - 1),
            TimeWord.Last => Today.AddDays(day == 0 ? -7 : day - 7),
            TimeWord.This => monday.AddDays(shape.Number - 1) is var thisWeek && thisWeek < Today && tense == Tense.Future ? thisWeek.AddDays(7) : thisWeek,
            TimeWord.Coming => Today.AddDays(day == 0 ? 7 : day),
            _ => tense == Tense.Future ? Today.AddDays(day) : Today.AddDays(day == 0 ? 0 : day - 7),
        };
    }

    private int DaysTo(int weekday) => (weekday - 1 - DaysSinceMonday + 7) % 7;

    private int DaysSinceMonday => ((int)Today.DayOfWeek + 6) % 7;

    // The year in which the weekday beside it is right; else by the tense, unless that is most of a year away and the other is near.
    private DateOnly MonthDay(TimeShape shape, Tense tense)
    {
        DateOnly On(int year) => new(year, shape.Number, Math.Min(shape.Day, DateTime.DaysInMonth(year, shape.Number)));
        if (shape.Weekday > 0 && Enumerable.Range(Today.Year - 1, 3).Select(On).Where(day => (int)day.DayOfWeek == shape.Weekday % 7).ToList() is [var only])
        {
            return only;
        }

        var chosen = InYear(shape, tense, On);
        var nearest = InYear(shape, Tense.Open, On);
        return tense is Tense.Past or Tense.Future && shape.Modifier == TimeWord.None && Distance(chosen) > FarDays && Distance(nearest) < NearDays ? nearest : chosen;
    }

    private int Distance(DateOnly day) => Math.Abs(day.DayNumber - Today.DayNumber);

    // The next one in the future, the last one in the past; without a tense the nearest.
    private DateOnly InYear(TimeShape shape, Tense tense, Func<int, DateOnly> on)
    {
        if (shape.Year > 0)
        {
            return on(shape.Year);
        }

        var (before, same, after) = (on(Today.Year - 1), on(Today.Year), on(Today.Year + 1));
        return (shape.Modifier, tense) switch
        {
            (TimeWord.Last, _) => same < Today ? same : before,
            (TimeWord.Next or TimeWord.Coming, _) => same > Today ? same : after,
            (_, Tense.Future) => same >= Today ? same : after,
            (_, Tense.Past or Tense.CertainPast) => same <= Today ? same : before,
            _ => new[] { before, same, after }.MinBy(day => Distance(day)),
        };
    }

    private DateOnly Month(TimeShape shape, Tense tense)
    {
        if (shape.Year > 0)
        {
            return new(shape.Year, shape.Number, 1);
        }

        var (past, future) = (shape.Number <= Today.Month ? Today.Year : Today.Year - 1, shape.Number >= Today.Month ? Today.Year : Today.Year + 1);
        var isFuture = shape.Modifier is TimeWord.Next or TimeWord.Coming || (shape.Modifier != TimeWord.Last && tense == Tense.Future);
        return new(isFuture ? future : past, shape.Number, 1);
    }

    private (DateOnly, Granularity)? Unit(TimeShape shape)
    {
        var steps = shape.Modifier switch { TimeWord.Next or TimeWord.Coming => 1, TimeWord.Last => -1, _ => 0 };
        var monday = Today.AddDays(-DaysSinceMonday);
        return (TimeUnit)shape.Number switch
        {
            TimeUnit.Week => shape.Edge == TimeWord.End ? (monday.AddDays((7 * steps) + 6), Granularity.Day) : (monday.AddDays(7 * steps), Granularity.Week),
            TimeUnit.Weekend => (monday.AddDays((7 * steps) + 5), Granularity.Week),
            TimeUnit.Month => Edged(shape, new DateOnly(Today.Year, Today.Month, 1).AddMonths(steps), 1, Granularity.Month),
            TimeUnit.Quarter => Edged(shape, new DateOnly(Today.Year, ((Today.Month - 1) / 3 * 3) + 1, 1).AddMonths(3 * steps), 3, Granularity.Quarter),
            TimeUnit.Year => Edged(shape, new DateOnly(Today.Year, 1, 1).AddYears(steps), 12, Granularity.Year),
            TimeUnit.Day => (Today.AddDays(steps), Granularity.Day),
            _ => null,
        };
    }

    private static (DateOnly, Granularity) Edged(TimeShape shape, DateOnly first, int months, Granularity granularity) => shape.Edge switch
    {
        TimeWord.End => (first.AddMonths(months).AddDays(-1), Granularity.Day),
        TimeWord.Mid when months == 1 => (first.AddDays(14), Granularity.Day),
        TimeWord.Mid when months == 12 => (first.AddMonths(6), Granularity.Month),
        _ => (first, granularity),
    };

    private (DateOnly, Granularity)? Amount(TimeShape shape, Tense tense)
    {
        var unit = (TimeUnit)shape.Number;
        if (shape.Base is { } from)
        {
            return DayOf(from, tense is Tense.Past or Tense.CertainPast ? Tense.Past : Tense.Future) is var (day, _) ? (Shift(day, unit, shape.Amount), Granularity.Day) : null;
        }

        return unit switch
        {
            TimeUnit.Hour or TimeUnit.Minute => (Today, Granularity.Instant),
            TimeUnit.Year when shape.Amount < 0 => (new(Shift(Today, unit, shape.Amount).Year, 1, 1), Granularity.Year),
            TimeUnit.Month when shape.Amount < 0 => (new(Shift(Today, unit, shape.Amount).Year, Shift(Today, unit, shape.Amount).Month, 1), Granularity.Month),
            TimeUnit.Week when shape.Amount < -2 => (Shift(Today, unit, shape.Amount), Granularity.Week),
            _ => (Shift(Today, unit, shape.Amount), Granularity.Day),
        };
    }

    private static DateOnly Shift(DateOnly day, TimeUnit unit, int amount) => unit switch
    {
        TimeUnit.Week => day.AddDays(7 * amount),
        TimeUnit.Weekend => day.AddDays(7 * amount),
        TimeUnit.Month => day.AddMonths(amount),
        TimeUnit.Quarter => day.AddMonths(3 * amount),
        TimeUnit.Year => day.AddYears(amount),
        _ => day.AddDays(amount),
    };

    private static TimeSpan Elapsed(TimeShape shape) => (TimeUnit)shape.Number == TimeUnit.Minute ? TimeSpan.FromMinutes(shape.Amount) : TimeSpan.FromHours(shape.Amount);

    private string Why(TimeShape shape, Tense tense) => shape.Kind switch
    {
        ShapeKind.Date or ShapeKind.Year => "as it is written",
        ShapeKind.Season => $"{Seasons[shape.Number]}, counted from {Name(Today)}",
        ShapeKind.Weekday or ShapeKind.MonthDay or ShapeKind.Month or ShapeKind.Holiday => shape.Modifier != TimeWord.None
            ? $"{shape.Modifier.ToString().ToLowerInvariant()}, counted from {Name(Today)}"
            : $"the {(tense == Tense.Future ? "first from" : "last up to")} {Name(Today)}, for the verb is of the {(tense == Tense.Future ? "future" : "past")}",
        _ => $"counted from {Name(Today)}",
    };

    private static string Name(DateOnly day) => day.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);
}
