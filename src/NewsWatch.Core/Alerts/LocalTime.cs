namespace NewsWatch.Core.Alerts;

/// <summary>
/// Times of day in a zone as instants, whatever daylight saving does to that day: a time that is skipped happens at the end of
/// the gap, a time that comes twice happens the first time. So each local time happens exactly once on each local day.
/// </summary>
public static class LocalTime
{
    /// <summary>The instant of a local time on a local day.</summary>
    public static DateTimeOffset On(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new(local, offset);
    }

    /// <summary>The first of these local times after an instant.</summary>
    /// <param name="times">At least one.</param>
    public static DateTimeOffset Next(IReadOnlyList<TimeOnly> times, TimeZoneInfo zone, DateTimeOffset after)
    {
        var today = Day(after, zone);
        return Enumerable.Range(-1, 5)
            .SelectMany(days => times.Select(time => On(today.AddDays(days), time, zone)))
            .Where(instant => instant > after)
            .Min();
    }

    /// <summary>When the quiet span that holds an instant ends; null when it is not quiet then. A span from a time to itself is never.</summary>
    public static DateTimeOffset? QuietUntil(QuietHours quiet, TimeZoneInfo zone, DateTimeOffset at) => QuietAt(quiet, zone, at)?.Until;

    /// <summary>The quiet span that holds an instant; null when it is not quiet then.</summary>
    public static (DateTimeOffset From, DateTimeOffset Until)? QuietAt(QuietHours quiet, TimeZoneInfo zone, DateTimeOffset at)
    {
        if (quiet.From == quiet.To)
        {
            return null;
        }

        var today = Day(at, zone);
        foreach (var day in new[] { today.AddDays(-1), today })
        {
            var (start, end) = (On(day, quiet.From, zone), On(quiet.To > quiet.From ? day : day.AddDays(1), quiet.To, zone));
            if (start <= at && at < end)
            {
                return (start, end);
            }
        }

        return null;
    }

    private static DateOnly Day(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}
