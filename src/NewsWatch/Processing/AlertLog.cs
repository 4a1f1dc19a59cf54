using System.Globalization;
using Microsoft.Extensions.Logging;
using NewsWatch.Configuration;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;

namespace NewsWatch.Processing;

/// <summary>One line for each alert, in words: <c>flash deadline "President sets a deadline" -> anna, ben (mail), room (hook)</c>.</summary>
internal static partial class AlertLog
{
    /// <summary>Tells what was committed.</summary>
    public static void Tell(ILogger logger, IReadOnlyList<ToldAlert> alerts, WatchConfiguration configuration)
    {
        foreach (var alert in alerts)
        {
            var (severity, to) = (StoredName.Of(alert.Severity), To(alert, configuration.Defaults.TimeZone));
            Alert(logger, severity, alert.Rule, alert.Title, to);
        }
    }

    /// <summary>Whom an alert goes to, channel by channel: first those who get it at once, then those for whom it is held.</summary>
    public static string To(ToldAlert alert, TimeZoneInfo zone) => alert.To.Count == 0
        ? "nobody"
        : string.Join("; ", alert.To.GroupBy(to => to.HeldUntil).OrderBy(group => group.Key).Select(group => Held(group.Key, zone) + Channels(group)));

    private static string Held(DateTimeOffset? until, TimeZoneInfo zone) => until is { } time
        ? string.Create(CultureInfo.InvariantCulture, $"held until {TimeZoneInfo.ConvertTime(time, zone):yyyy-MM-dd HH:mm zzz}: ")
        : "";

    private static string Channels(IEnumerable<ToldDelivery> deliveries) =>
        string.Join(", ", deliveries.GroupBy(to => to.Channel).Select(channel => $"{string.Join(", ", channel.Select(to => to.Subscriber))} ({channel.Key})"));

    [LoggerMessage(Level = LogLevel.Information, Message = "{Severity} {Rule} \"{Headline}\" -> {To}")]
    private static partial void Alert(ILogger logger, string severity, string rule, string headline, string to);
}
