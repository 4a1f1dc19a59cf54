using System.Globalization;
using System.Text.Json;
using NewsWatch.Core.Alerts;

namespace NewsWatch.Storage.Deliveries;

/// <summary>A subscriber hears at once that the cap is reached, so that the silence until the digest is no surprise.</summary>
internal static class CapNotice
{
    /// <summary>One message of its own, which counts under no cap; the digest's name makes it one for each digest.</summary>
    public static void Add(Session db, Destination to, DeliveryPlan.Overflow capped, DateTimeOffset now)
    {
        var cap = to.Subscriber.Cap;
        var until = string.Create(CultureInfo.InvariantCulture, $"{TimeZoneInfo.ConvertTime(capped.At, to.Subscriber.TimeZone):yyyy-MM-dd HH:mm zzz}");
        var notice = new Notice(
            $"cap/{capped.Bundle}",
            string.Create(CultureInfo.InvariantCulture, $"Limit of {cap.Count} {(cap.Count == 1 ? "message" : "messages")} reached: more at {until}"),
            string.Create(
                CultureInfo.InvariantCulture,
                $"You had {cap.Count} messages within {cap.Window.TotalHours:0.##} h, which is your limit. Further alerts come together in one message at {until}. Alerts of severity {StoredName.Of(to.Subscriber.BreakThrough)} and above still come at once."));
        db.Write(
            """
            INSERT INTO delivery (key, bundle, kind, notice, subscriber, channel, created, state, due, severity)
            VALUES (@key, @key, 'cap', @text, @subscriber, @channel, @at, 'pending', @at, 1)
            ON CONFLICT (key) DO NOTHING
            """,
            new { key = notice.Key, text = JsonSerializer.Serialize(notice), subscriber = to.Subscriber.Id, channel = to.Channel, at = UnixTime.Of(now) });
    }
}
