using System.Globalization;
using NewsWatch.Core.Alerts;

namespace NewsWatch.Storage.Deliveries;

/// <summary>A delivery as it is decided: one alert, to one subscriber, over one channel.</summary>
/// <param name="Key">Alert key/subscriber/channel.</param>
/// <param name="Bundle">The message it goes with; its own key when it goes alone.</param>
/// <param name="Kind">alert, group or digest.</param>
/// <param name="Due">When it leaves; held until then when that is later than now.</param>
internal sealed record OutboxEntry(string Key, string Bundle, string Kind, long Alert, string Subscriber, string Channel, DateTimeOffset Due)
{
    /// <summary>The most severe message leaves first.</summary>
    public Severity Severity { get; init; }

    /// <summary>True when it is held to a time of day, false when it waits for a span.</summary>
    public bool IsTimeOfDay { get; init; }
}

/// <summary>Puts deliveries into the outbox, inside commit 2.</summary>
internal static class Outbox
{
    /// <summary>True of a row whose message was tried, or never will be: nothing can be added to that message.</summary>
    internal const string Closed = "(state NOT IN ('pending', 'held') OR attempts > 0)";

    /// <summary>
    /// Adds a delivery. A bundle of which an attempt started is closed: the entry then goes with the next one, <c>BUNDLE#2</c>.
    /// </summary>
    public static void Add(Session db, OutboxEntry entry, DateTimeOffset now) => db.Write(
        """
        INSERT INTO delivery (key, bundle, kind, alert, subscriber, channel, created, state, due, severity, time_of_day)
        VALUES (@Key, @bundle, @Kind, @Alert, @Subscriber, @Channel, @now, @state, @due, @severity, @timeOfDay)
        """,
        new
        {
            entry.Key,
            // A message of its own is new, as its key is: only one that others share can be closed.
            bundle = entry.Bundle == entry.Key ? entry.Bundle : Open(db, entry.Bundle),
            entry.Kind,
            entry.Alert,
            entry.Subscriber,
            entry.Channel,
            now = UnixTime.Of(now),
            state = entry.Due > now ? "held" : "pending",
            due = UnixTime.Of(entry.Due),
            severity = (long)entry.Severity,
            timeOfDay = entry.IsTimeOfDay ? 1L : 0L,
        });

    /// <summary>The name of a message's continuation.</summary>
    /// <param name="part">At least 2.</param>
    internal static string Continued(string bundle, int part) => string.Create(CultureInfo.InvariantCulture, $"{bundle}#{part}");

    /// <summary>A bundle's name without the number of its part, and the number; 1 where it has none.</summary>
    internal static (string Bundle, int Part) Numbered(string bundle) =>
        bundle.LastIndexOf('#') is > 0 and var at && int.TryParse(bundle.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var part)
            ? (bundle[..at], part)
            : (bundle, 1);

    private static string Open(Session db, string bundle)
    {
        var (stem, part) = Numbered(bundle);
        var name = bundle;
        while (IsClosed(db, name))
        {
            name = Continued(stem, ++part);
        }

        return name;
    }

    private static bool IsClosed(Session db, string bundle) => db.ExecuteScalar<bool>(
        $"SELECT EXISTS (SELECT 1 FROM delivery WHERE bundle = @bundle AND {Closed})", new { bundle });
}
