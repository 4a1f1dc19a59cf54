using NewsWatch.Core.Text;

namespace NewsWatch.Core.Voices.Dates;

/// <summary>What the dates of a text are counted from.</summary>
/// <param name="Published">When the text was published.</param>
/// <param name="Zone">Where its days begin: the zone of the dateline, else of the source, else of the publication.</param>
public sealed record TimeAnchor(DateTimeOffset Published, TimeZoneInfo Zone)
{
    /// <summary>The day of publication in the zone.</summary>
    public DateOnly Today { get; } = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Published, Zone).DateTime);

    /// <summary>False where nobody knows when the text was published: then only days whose year is written are dates.</summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>What the dates of an article are counted from: the days of its dateline's place, else of its source's zone, else those of the publication's own offset.</summary>
    public static TimeAnchor From(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Published is { } published
            ? new(published, Dateline.ZoneOf(document.Body) ?? document.Zone ?? WithOffset(published))
            : new(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc) { IsKnown = false };
    }

    private static TimeZoneInfo WithOffset(DateTimeOffset at)
    {
        var name = at.ToString("zzz", System.Globalization.CultureInfo.InvariantCulture);
        return at.Offset == TimeSpan.Zero ? TimeZoneInfo.Utc : TimeZoneInfo.CreateCustomTimeZone(name, at.Offset, name, name);
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
