using NewsWatch.Core.Alerts;

namespace NewsWatch.Configuration;

/// <summary>When drills are: a time of each day, or of one day of the week.</summary>
/// <param name="Day">Null for every day.</param>
public sealed record DrillTime(DayOfWeek? Day, TimeOnly At)
{
    private const int DaysLookedAt = 8;

    /// <summary>The latest such time, not later than an instant.</summary>
    public DateTimeOffset Last(DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        return Enumerable.Range(0, DaysLookedAt)
            .Select(ago => today.AddDays(-ago))
            .Where(day => Day is null || day.DayOfWeek == Day)
            .Select(day => LocalTime.On(day, At, zone))
            .First(at => at <= now);
    }
}
