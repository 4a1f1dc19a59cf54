namespace NewsWatch.Core.Voices.Dates;

/// <summary>What the dates of a text are counted from.</summary>
/// <param name="Published">When the text was published.</param>
/// <param name="Zone">Where its days begin: the zone of the dateline, else of the publisher, else of the source.</param>
public sealed record TimeAnchor(DateTimeOffset Published, TimeZoneInfo Zone)
{
    /// <summary>The day of publication in the zone.</summary>
    public DateOnly Today { get; } = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Published, Zone).DateTime);

    /// <summary>The anchor of a publication whose zone is known by its offset alone.</summary>
    /// <param name="published">When it was published; null when nobody knows: then only years that are written are right.</param>
    public static TimeAnchor Of(DateTimeOffset? published)
    {
        var at = published ?? DateTimeOffset.UnixEpoch;
        var name = at.ToString("zzz", System.Globalization.CultureInfo.InvariantCulture);
        return new(at, at.Offset == TimeSpan.Zero ? TimeZoneInfo.Utc : TimeZoneInfo.CreateCustomTimeZone(name, at.Offset, name, name));
    }

    /// <summary>A time of a day as an instant: one that the clocks skip comes at the end of the gap, one that comes twice the first time.</summary>
    public static DateTimeOffset On(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        return new(local, zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local));
    }
}
