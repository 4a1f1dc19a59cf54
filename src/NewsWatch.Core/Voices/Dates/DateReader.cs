using NewsWatch.Core.Voices.Sentences;

namespace NewsWatch.Core.Voices.Dates;

/// <summary>Reads the phrase about time that begins at a token; the longest that fits.</summary>
internal sealed class DateReader(Prose prose, Label<TimeWord>[] labels)
{
    private const int MaxAmount = 1_000;
    private readonly ClockReader _clock = new(prose, labels);

    /// <summary>The phrase at a token and the token behind it; null when none begins there.</summary>
    public (TimeShape Shape, int End)? ReadAt(int at)
    {
        if (Is(at, TimeWord.Name))
        {
            return (new(ShapeKind.None), at + labels[at].Length);
        }

        if (_clock.ReadAt(at) is var (clock, behind))
        {
            return ReadDay(Skip(behind, TimeWord.Of)) is var (day, end) && IsNear(behind, Skip(behind, TimeWord.Of))
                ? (WithClock(day, clock), end)
                : clock.IsMidnight || clock.Number == 1 ? (clock, behind) : null;
        }

        return ReadDay(Skip(at, TimeWord.Early)) is var (shape, next) && (next > at) ? Lengthen(shape, next) : null;
    }

    // A clock time or a part of the day behind the day.
    private (TimeShape Shape, int End) Lengthen(TimeShape shape, int end)
    {
        if (shape.Kind is ShapeKind.Duration or ShapeKind.None or ShapeKind.Year)
        {
            return (shape, end);
        }

        var at = Skip(Skip(end, TimeWord.Of), TimeWord.At);
        if (IsNear(end, at) && _clock.ReadAt(at) is var (clock, behind))
        {
            return (WithClock(shape, clock), behind);
        }

        return Is(end, TimeWord.Part) && prose.IsPlainGap(end - 1) ? (shape, end + labels[end].Length) : (shape, end);
    }

    private (TimeShape Shape, int End)? ReadDay(int at) =>
        at >= prose.Count ? null : ReadNumeric(at) ?? ReadEdge(at) ?? ReadModified(at) ?? ReadNamed(at) ?? ReadAmount(at) ?? ReadYear(at);

    // 2025-08-06, 06.08.2025, 8/6/2025.
    private (TimeShape, int)? ReadNumeric(int at)
    {
        if (!(Digits(at) is { } first && Digits(at + 1) is { } second && Sign(at) is var sign && sign is '-' or '.' or '/'))
        {
            return ReadChinese(at);
        }

        if (sign == '-' && first is > 1800 and < 2200 && Digits(at + 2) is { } day && Sign(at + 1) == '-')
        {
            return Date(first, second, day, at + 3);
        }

        return sign is '.' or '/' && Sign(at + 1) == sign && Digits(at + 2) is { } year && year is > 1800 and < 2200
            ? sign == '/' && prose.Language == "en" && first <= 12 ? Date(year, first, second, at + 3) : Date(year, second, first, at + 3)
            : null;
    }

    // 2025年8月6日, 8月6日, 8月.
    private (TimeShape, int)? ReadChinese(int at)
    {
        if (prose.Language != "zh" || Digits(at) is not { } first)
        {
            return null;
        }

        if (Folded(at + 1) is "年" && first is > 1800 and < 2200)
        {
            return ReadChinese(at + 2) is var (inner, end) && inner.Kind is ShapeKind.MonthDay or ShapeKind.Month
                ? (inner with { Kind = inner.Kind == ShapeKind.MonthDay ? ShapeKind.Date : ShapeKind.Month, Year = first }, end)
                : (new(ShapeKind.Year) { Year = first }, at + 2);
        }

        return Folded(at + 1) is not "月" || first is < 1 or > 12 ? null
            : Digits(at + 2) is { } day && Folded(at + 3) is "日" or "号" ? MonthDay(first, day, 0, at + 4)
            : (new(ShapeKind.Month) { Number = first }, at + 2);
    }

    // "The end of the month", "mid-September", "late 2026".
    private (TimeShape, int)? ReadEdge(int at)
    {
        if (Is(at, TimeWord.Edge))
        {
            return (new(ShapeKind.Unit) { Number = (int)TimeUnit.Year, Modifier = TimeWord.This, Edge = TimeWord.End }, at + labels[at].Length);
        }

        if (!Is(at, TimeWord.End) && !Is(at, TimeWord.Mid) && !Is(at, TimeWord.StartOf))
        {
            return null;
        }

        var inside = Skip(Skip(at + labels[at].Length, TimeWord.Of), TimeWord.The);
        var inner = ReadModified(inside) ?? ReadNamed(inside) ?? ReadPlainUnit(inside) ?? ReadYear(inside);
        return inner is var (shape, end) && shape.Kind is ShapeKind.Month or ShapeKind.Year or ShapeKind.Unit or ShapeKind.Quarter or ShapeKind.Season or ShapeKind.Day
            && (inside == at + labels[at].Length || labels[at].Kind == TimeWord.End || shape.Kind != ShapeKind.Day)
            ? (shape with { Edge = shape.Kind == ShapeKind.Day ? TimeWord.None : labels[at].Kind }, end)
            : null;
    }

    private (TimeShape, int)? ReadPlainUnit(int at) =>
        Is(at, TimeWord.Unit) && (TimeUnit)labels[at].Value is TimeUnit.Week or TimeUnit.Month or TimeUnit.Quarter or TimeUnit.Year or TimeUnit.Weekend or TimeUnit.Day
            ? After(at, (TimeUnit)labels[at].Value == TimeUnit.Day ? new(ShapeKind.Day) : new(ShapeKind.Unit) { Number = labels[at].Value, Modifier = TimeWord.This })
            : null;

    private (TimeShape Shape, int End) After(int at, TimeShape shape)
    {
        var end = at + labels[at].Length;
        return end < prose.Count && labels[end].Kind is TimeWord.Next or TimeWord.Last or TimeWord.This && prose.IsPlainGap(end - 1)
            ? (shape with { Modifier = labels[end].Kind }, end + labels[end].Length)
            : (shape, end);
    }

    // "Next Friday", "last month", "this year".
    private (TimeShape, int)? ReadModified(int at)
    {
        if (at >= prose.Count || labels[at].Kind is not (TimeWord.Next or TimeWord.Last or TimeWord.This or TimeWord.Coming))
        {
            return Is(at, TimeWord.The) && Is(at + 1, TimeWord.Unit) && (TimeUnit)labels[at + 1].Value == TimeUnit.Weekend ? ReadPlainUnit(at + 1)
                : Is(at, TimeWord.The) && at + 1 < prose.Count && labels[at + 1].Kind is TimeWord.Last or TimeWord.Next ? ReadModified(at + 1) : null;
        }

        var inside = Skip(at + labels[at].Length, TimeWord.The);
        return (ReadNamed(inside, true) ?? ReadPlainUnit(inside)) is var (shape, end) && (shape.Kind is ShapeKind.Weekday or ShapeKind.Month or ShapeKind.Unit or ShapeKind.Season
            || (shape.Kind == ShapeKind.MonthDay && labels[at].Kind != TimeWord.Last)) // "past the Nov. 1 deadline" goes beyond it
            ? (shape with { Modifier = labels[at].Kind }, end)
            : null;
    }

    private (TimeShape Shape, int End)? ReadNamed(int at, bool isNamed = false) =>
        at >= prose.Count ? null : labels[at].Kind switch
        {
            TimeWord.Weekday => ReadWeekday(at),
            TimeWord.Month => ReadMonth(at, isNamed),
            TimeWord.Day => (new(ShapeKind.Day) { Number = labels[at].Value }, at + labels[at].Length),
            TimeWord.Holiday => (new(ShapeKind.Holiday) { Number = labels[at].Value }, at + labels[at].Length),
            TimeWord.Season when isNamed || IsBehindPreposition(at) => ReadSeason(at),
            TimeWord.Ordinal or TimeWord.Number or TimeWord.None or TimeWord.The => ReadDayOfMonth(at),
            _ => null,
        };

    private (TimeShape, int) ReadSeason(int at)
    {
        var end = Skip(at + labels[at].Length, TimeWord.Of);
        var year = Year(end);
        return (new(ShapeKind.Season) { Number = labels[at].Value, Year = year }, year > 0 ? end + 1 : at + labels[at].Length);
    }

    // "Friday", "Saturday, April 25", "Friday 8 August": the date counts.
    private (TimeShape, int)? ReadWeekday(int at)
    {
        var end = at + labels[at].Length;
        if (prose.Language is "en" or "de" && !prose.IsCapital(at))
        {
            return null;
        }

        var next = Skip(end, TimeWord.Of);
        return next < prose.Count && prose.Start(next) - prose.End(end - 1) <= 8 && (ReadMonth(next, true) ?? ReadDayOfMonth(next)) is var (date, behind) && date.Kind is ShapeKind.Date or ShapeKind.MonthDay
            ? (date with { Weekday = labels[at].Value }, behind)
            : After(at, new(ShapeKind.Weekday) { Number = labels[at].Value });
    }

    // "Aug. 6", "August 6, 2025", "August 2025", "August".
    private (TimeShape, int)? ReadMonth(int at, bool isNamed)
    {
        if (!Is(at, TimeWord.Month) || (prose.Language is "en" or "de" && !prose.IsCapital(at)))
        {
            return null;
        }

        var (month, end) = (labels[at].Value, at + labels[at].Length);
        var day = end < prose.Count && prose.Start(end) - prose.End(end - 1) <= 2 ? DayNumber(end) : 0;
        if (day > 0)
        {
            var year = Year(end + 1);
            return MonthDay(month, day, year, year > 0 ? end + 2 : end + 1);
        }

        var ofYear = Year(Skip(end, TimeWord.Of));
        return ofYear > 0 ? (new(ShapeKind.Month) { Number = month, Year = ofYear }, Skip(end, TimeWord.Of) + 1)
            : isNamed || IsMonthByPlace(at) ? (new(ShapeKind.Month) { Number = month }, end) : null;
    }

    // "April Ryan" and "May said" are people, "may" and "march" are verbs; "in April" is a month.
    private bool IsMonthByPlace(int at) => IsBehindPreposition(at) && !(prose.Language == "en" && at + 1 < prose.Count && prose.IsPlainGap(at) && prose.IsCapital(at + 1) && !Is(at + 1, TimeWord.Weekday));

    private bool IsBehindPreposition(int at) =>
        at > 0 && (labels[at - 1].Kind is TimeWord.Preposition or TimeWord.In or TimeWord.Of or TimeWord.Next or TimeWord.Last or TimeWord.This or TimeWord.From or TimeWord.Before or TimeWord.StartOf or TimeWord.End or TimeWord.Mid);

    // "6 August 2025", "the 6th of August", "15. Oktober", "1er septembre", "30 de septiembre".
    private (TimeShape, int)? ReadDayOfMonth(int at)
    {
        var from = Skip(at, TimeWord.The);
        var day = DayNumber(from);
        if (day == 0)
        {
            return Is(from, TimeWord.Ordinal) && labels[from].Value <= 4 && Is(from + 1, TimeWord.Unit) && (TimeUnit)labels[from + 1].Value == TimeUnit.Quarter ? Quarter(from) : null;
        }

        if (Is(from, TimeWord.Ordinal) && Is(from + 1, TimeWord.Unit))
        {
            return (TimeUnit)labels[from + 1].Value == TimeUnit.Quarter && labels[from].Value <= 4 ? Quarter(from) : null;
        }

        var month = Skip(from + 1, TimeWord.Of);
        if (!Is(month, TimeWord.Month) || prose.Start(month) - prose.End(from) > 8 || (prose.Language is "en" or "de" && !prose.IsCapital(month)))
        {
            return null;
        }

        var end = month + labels[month].Length;
        var year = Year(Skip(end, TimeWord.Of));
        return MonthDay(labels[month].Value, day, year, year > 0 ? Skip(end, TimeWord.Of) + 1 : end);
    }

    private (TimeShape, int) Quarter(int at)
    {
        var end = at + 2;
        var year = Year(Skip(end, TimeWord.Of));
        return (new(ShapeKind.Quarter) { Number = labels[at].Value, Year = year }, year > 0 ? Skip(end, TimeWord.Of) + 1 : end);
    }

    // "Two days ago", "vor zwei Tagen", "in 48 hours", "within 90 days", "a week from Monday"; "10 days" alone.
    private (TimeShape, int)? ReadAmount(int at)
    {
        var lead = labels[at].Kind is TimeWord.Before or TimeWord.In ? labels[at] : default;
        var from = at + lead.Length;
        if (Amount(from) is not { } amount || !Is(amount.Unit, TimeWord.Unit) || prose.SentenceStart(amount.Unit) > at)
        {
            return null;
        }

        var unit = labels[amount.Unit];
        var end = amount.Unit + unit.Length;
        var shape = new TimeShape(ShapeKind.Amount) { Number = unit.Value, Amount = amount.Count };
        return end < prose.Count && labels[end].Kind is TimeWord.Ago ? (shape with { Amount = -amount.Count }, end + 1)
            : end < prose.Count && labels[end].Kind is TimeWord.FromNow ? (shape, end + labels[end].Length)
            : Is(end, TimeWord.From) && ReadDay(end + 1) is var (day, behind) && day.Kind is ShapeKind.Weekday or ShapeKind.Day or ShapeKind.Date or ShapeKind.MonthDay ? (shape with { Base = day }, behind)
            : lead.Kind == TimeWord.Before && prose.Language != "en" ? (shape with { Amount = -amount.Count }, end)
            : (shape with { Kind = lead.Kind == TimeWord.In && !IsWithin(at) && prose.Language != "en" ? ShapeKind.Amount : ShapeKind.Duration }, end);
    }

    private bool IsWithin(int at) => prose.Language is "de" && Folded(at) is "innerhalb" or "binnen" || prose.Language is "fr" && Folded(at) is "sous";

    private (int Count, int Unit)? Amount(int at)
    {
        if (Digits(at) is { } count)
        {
            return count is > 0 and <= MaxAmount ? (count, Is(at + 1, TimeWord.Ordinal) ? at + 2 : at + 1) : null;
        }

        return Is(at, TimeWord.Number) ? (labels[at].Value, at + labels[at].Length) : null;
    }

    // A year needs a preposition before it, so that "2010 people" are none.
    private (TimeShape, int)? ReadYear(int at)
    {
        var year = Year(at);
        return year > 0 && (IsBehindPreposition(at) || Year(at + 1) > year) && (at + 1 >= prose.Count || !prose.IsPlainGap(at) || labels[at + 1].Kind != TimeWord.Unit)
            ? (new(ShapeKind.Year) { Year = year }, Year(at + 1) > year && Sign(at) is '-' or '–' ? at + 2 : at + 1)
            : null;
    }

    private static (TimeShape, int)? Date(int year, int month, int day, int end) =>
        month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? (new(ShapeKind.Date) { Year = year, Number = month, Day = day }, end) : null;

    private static (TimeShape, int)? MonthDay(int month, int day, int year, int end) =>
        year > 0 ? Date(year, month, day, end) : day >= 1 && day <= DateTime.DaysInMonth(2024, month) ? (new(ShapeKind.MonthDay) { Number = month, Day = day }, end) : null;

    private static TimeShape WithClock(TimeShape day, TimeShape clock) => day with { Clock = clock.Clock, IsMidnight = clock.IsMidnight, Zone = clock.Zone };

    private bool IsNear(int end, int next) => next < prose.Count && prose.Start(next) - prose.End(end - 1) <= 8 && prose.SentenceStart(next) < end;

    private int Year(int at) => Digits(at) is { } year && year is >= 1900 and < 2100 && prose.End(at) - prose.Start(at) == 4 ? year : 0;

    private int DayNumber(int at) => Digits(at) is { } day && prose.End(at) - prose.Start(at) <= 2 && day is >= 1 and <= 31 ? day : Is(at, TimeWord.Ordinal) ? labels[at].Value : 0;

    private int? Digits(int at) => at < prose.Count && char.IsAsciiDigit(prose.Text[prose.Start(at)]) && int.TryParse(prose.Tokens.FoldedOf(at), System.Globalization.NumberStyles.None, null, out var number) ? number : null;

    private ReadOnlySpan<char> Folded(int at) => at < prose.Count ? prose.Tokens.FoldedOf(at) : default;

    // The one character between a token and the next.
    private char Sign(int at) => at + 1 < prose.Count && prose.Start(at + 1) - prose.End(at) == 1 ? prose.Text[prose.End(at)] : '\0';

    private bool Is(int at, TimeWord kind) => at < prose.Count && labels[at].Kind == kind;

    private int Skip(int at, TimeWord kind)
    {
        while (at < prose.Count && (labels[at].Kind == kind || (kind == TimeWord.Of && labels[at].Kind is TimeWord.The)))
        {
            at += labels[at].Length;
        }

        return at;
    }
}
