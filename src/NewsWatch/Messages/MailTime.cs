using System.Globalization;

namespace NewsWatch.Messages;

/// <summary>Times as a reader wants them: his own first, then UTC.</summary>
internal static class MailTime
{
    /// <summary>E.g. <c>Wed 6 Aug 2025, 22:41 Berlin (20:41 UTC)</c>.</summary>
    public static string Full(DateTimeOffset at, TimeZoneInfo zone) => Format(at, zone, "ddd d MMM yyyy, HH:mm");

    /// <summary>The same without the year.</summary>
    public static string Short(DateTimeOffset at, TimeZoneInfo zone) => Format(at, zone, "ddd d MMM, HH:mm");

    /// <summary>A time of the reader's without its zone, for lists that name it once.</summary>
    public static string Local(DateTimeOffset at, TimeZoneInfo zone, string form) => TimeZoneInfo.ConvertTime(at, zone).ToString(form, CultureInfo.InvariantCulture);

    /// <summary>The zone that such times are in: <c>Times are Berlin (UTC+02:00).</c></summary>
    public static string Zone(DateTimeOffset at, TimeZoneInfo zone)
    {
        if (IsUtc(zone))
        {
            return "Times are UTC.";
        }

        var offset = zone.GetUtcOffset(at);
        return string.Create(CultureInfo.InvariantCulture, $"Times are {City(zone)} (UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}).");
    }

    private static string Format(DateTimeOffset at, TimeZoneInfo zone, string form)
    {
        var utc = at.UtcDateTime;
        if (IsUtc(zone))
        {
            return utc.ToString(form, CultureInfo.InvariantCulture) + " UTC";
        }

        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        var utcText = utc.Date == local.Date ? utc.ToString("HH:mm", CultureInfo.InvariantCulture) : utc.ToString("ddd HH:mm", CultureInfo.InvariantCulture);
        return $"{local.ToString(form, CultureInfo.InvariantCulture)} {City(zone)} ({utcText} UTC)";
    }

    private static bool IsUtc(TimeZoneInfo zone) => zone.BaseUtcOffset == TimeSpan.Zero && !zone.SupportsDaylightSavingTime;

    private static string City(TimeZoneInfo zone) => zone.Id.Split('/')[^1].Replace('_', ' ');
}
