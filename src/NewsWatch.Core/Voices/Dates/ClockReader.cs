using NewsWatch.Core.Voices.Sentences;

namespace NewsWatch.Core.Voices.Dates;

/// <summary>Reads a time of day: "6 p.m. ET", "18:00", "18 Uhr", "18h30", "noon".</summary>
internal sealed class ClockReader(Prose prose, Label<TimeWord>[] labels)
{
    /// <summary>The time at a token and the token behind it; null when none is there. <see cref="TimeShape.Number"/> is 1 when it is a time by itself.</summary>
    public (TimeShape Shape, int End)? ReadAt(int at)
    {
        while (Is(at, TimeWord.At))
        {
            at += labels[at].Length;
        }

        if (at >= prose.Count)
        {
            return null;
        }

        return labels[at].Kind switch
        {
            TimeWord.Noon => WithZone(new(12, 0), at + labels[at].Length, false),
            TimeWord.Midnight => WithZone(new(0, 0), at + labels[at].Length, true),
            _ => ReadDigits(at),
        };
    }

    private (TimeShape, int)? ReadDigits(int at)
    {
        if (Hours(at) is not var (hour, minute, end) || minute > 59)
        {
            return null;
        }

        if (end < prose.Count && labels[end].Kind is TimeWord.Am or TimeWord.Pm)
        {
            return hour is >= 1 and <= 12 ? WithZone(new((hour % 12) + (labels[end].Kind == TimeWord.Pm ? 12 : 0), minute), end + 1, false) : null;
        }

        var isUnit = Is(end, TimeWord.ClockUnit) && prose.Language != "ru" && (prose.Language != "fr" || Is(at - 1, TimeWord.At) || Is(at - 1, TimeWord.Of));
        var isClock = end > at + 1 || prose.End(at) - prose.Start(at) > 2 || isUnit;
        if (!isClock || hour > 24)
        {
            return null;
        }

        end = isUnit ? end + 1 : end;
        return WithZone(new(hour % 24, minute), Is(end, TimeWord.Part) && prose.Language == "es" ? end + labels[end].Length : end, hour == 24);
    }

    // 18:00, 18.30 Uhr, 18h30, 18.
    private (int Hour, int Minute, int End)? Hours(int at)
    {
        var word = at >= prose.Count ? default : prose.Text.AsSpan(prose.Start(at), prose.End(at) - prose.Start(at));
        var h = word.IndexOfAny('h', 'H');
        if (h > 0 && int.TryParse(word[..h], System.Globalization.NumberStyles.None, null, out var hour) && (h + 1 == word.Length || int.TryParse(word[(h + 1)..], System.Globalization.NumberStyles.None, null, out _)))
        {
            return (hour, h + 1 == word.Length ? 0 : int.Parse(word[(h + 1)..], System.Globalization.CultureInfo.InvariantCulture), at + 1);
        }

        if (word.Length is 0 or > 2 || !int.TryParse(word, System.Globalization.NumberStyles.None, null, out hour))
        {
            return null;
        }

        return at + 1 < prose.Count && prose.Start(at + 1) == prose.End(at) + 1 && prose.Text[prose.End(at)] is ':' && prose.End(at + 1) - prose.Start(at + 1) == 2
            && int.TryParse(prose.Tokens.FoldedOf(at + 1), System.Globalization.NumberStyles.None, null, out var minute)
            ? (hour, minute, at + 2)
            : (hour, 0, at + 1);
    }

    private (TimeShape, int)? WithZone(TimeOnly clock, int end, bool isMidnight)
    {
        var shape = new TimeShape(ShapeKind.Clock) { Number = 1, Clock = clock, IsMidnight = isMidnight };
        if (Is(end, TimeWord.Local))
        {
            return (shape, end + labels[end].Length);
        }

        return end < prose.Count && prose.IsCapital(end) && prose.IsPlainGap(end - 1) && ZoneOf(prose.Tokens.FoldedOf(end)) is { } zone ? (shape with { Zone = zone }, end + 1) : (shape, end);
    }

    private static TimeZoneInfo? ZoneOf(ReadOnlySpan<char> word) => word switch
    {
        "gmt" or "utc" => TimeZoneInfo.Utc,
        "et" or "est" or "edt" => Named("America/New_York"),
        "ct" or "cst" or "cdt" => Named("America/Chicago"),
        "mt" or "mst" or "mdt" => Named("America/Denver"),
        "pt" or "pst" or "pdt" => Named("America/Los_Angeles"),
        "cet" or "cest" => Named("Europe/Berlin"),
        "eet" or "eest" => Named("Europe/Kyiv"),
        "bst" => Named("Europe/London"),
        "msk" => Named("Europe/Moscow"),
        "jst" => Named("Asia/Tokyo"),
        "ist" => Named("Asia/Kolkata"),
        _ => null,
    };

    private static TimeZoneInfo? Named(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : null;

    private bool Is(int at, TimeWord kind) => at >= 0 && at < prose.Count && labels[at].Kind == kind;
}
