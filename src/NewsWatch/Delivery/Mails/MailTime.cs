using System.Globalization;

namespace NewsWatch.Delivery.Mails;

/// <summary>Times as a reader wants them: his own first, then UTC.</summary>
internal static class MailTime
{
    /// <summary>E.g. <c>Wed 6 Aug 2025, 22:41 Berlin (20:41 UTC)</c>.</summary>
    public static string Full(DateTimeOffset at, TimeZoneInfo zone) => Told(at, zone, "ddd d MMM yyyy, HH:mm");

    /// <summary>The same without the year.</summary>
    public static string Short(DateTimeOffset at, TimeZoneInfo zone) => Told(at, zone, "ddd d MMM, HH:mm");

    private static string Told(DateTimeOffset at, TimeZoneInfo zone, string form)
    {
        var utc = at.UtcDateTime;
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        if (zone.BaseUtcOffset == TimeSpan.Zero && !zone.SupportsDaylightSavingTime)
        {
            return utc.ToString(form, CultureInfo.InvariantCulture) + " UTC";
        }

        var city = zone.Id.Split('/')[^1].Replace('_', ' ');
        var utcText = utc.Date == local.Date ? utc.ToString("HH:mm", CultureInfo.InvariantCulture) : utc.ToString("ddd HH:mm", CultureInfo.InvariantCulture);
        return $"{local.ToString(form, CultureInfo.InvariantCulture)} {city} ({utcText} UTC)";
    }
}
