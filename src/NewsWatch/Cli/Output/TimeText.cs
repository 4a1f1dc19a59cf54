using System.Globalization;

namespace NewsWatch.Cli.Output;

/// <summary>Times in the configuration's zone, which the output names once; spans in one unit.</summary>
internal sealed class TimeText(TimeZoneInfo zone)
{
    /// <summary>For output without a configuration.</summary>
    public static TimeText Utc { get; } = new(TimeZoneInfo.Utc);

    /// <summary>The line that names the zone of the other times.</summary>
    public string Label => $"Times are {zone.Id}.";

    /// <summary>The zone of that name, or UTC.</summary>
    public static TimeText For(string? zoneId) => zoneId is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out var zone) ? new(zone) : Utc;

    /// <summary>2025-08-06 14:00:05</summary>
    public string At(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>2025-08-06 14:00 +02:00, for a single time.</summary>
    public string Alone(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    /// <summary>14:00:05</summary>
    public string Clock(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>5 min</summary>
    public static string Span(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span switch
    {
        { TotalSeconds: < 0 } => "0 s",
        { TotalSeconds: < 100 } => $"{span.TotalSeconds:0} s",
        { TotalMinutes: < 100 } => $"{span.TotalMinutes:0} min",
        { TotalHours: < 48 } => $"{span.TotalHours:0} h",
        _ => $"{span.TotalDays:0} d",
    }}");

    /// <summary>5 min ago, or never.</summary>
    public static string Ago(DateTimeOffset? time, DateTimeOffset now) => time is { } value ? $"{Span(now - value)} ago" : "never";
}
