using System.Globalization;
using NewsWatch.Storage;

namespace NewsWatch.Configuration.Loading;

/// <summary>Alerts that wait for a subscriber or a channel that is not in the configuration (any more): an edit renamed or removed it.</summary>
/// <param name="Waiting">The alerts.</param>
/// <param name="IsSubscriber">True when the subscriber is gone, false when the channel is.</param>
internal sealed record LeftBehind(WaitingDeliveries Waiting, bool IsSubscriber)
{
    /// <summary>How long a delivery is tried that nobody takes.</summary>
    private static readonly TimeSpan Tried = TimeSpan.FromDays(5);

    /// <summary>Those of <paramref name="now"/>; with <paramref name="before"/>, those alone that it takes away.</summary>
    public static IReadOnlyList<LeftBehind> Find(Database database, WatchConfiguration? before, WatchConfiguration now)
    {
        var found = new List<LeftBehind>();
        foreach (var waiting in database.Read(WaitingStore.All))
        {
            var subscriber = !now.Subscribers.ContainsKey(waiting.Subscriber) && before?.Subscribers.ContainsKey(waiting.Subscriber) is null or true;
            var channel = !now.Channels.ContainsKey(waiting.Channel) && before?.Channels.ContainsKey(waiting.Channel) is null or true;
            if (subscriber || channel)
            {
                found.Add(new(waiting, subscriber));
            }
        }

        return found;
    }

    /// <summary>One line: what waits, until when, and what to do.</summary>
    public override string ToString()
    {
        var (gone, kind) = IsSubscriber ? (Waiting.Subscriber, "subscriber") : (Waiting.Channel, "channel");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Waiting.Count} {(Waiting.Count == 1 ? "alert waits" : "alerts wait")} for {Waiting.Subscriber} over {Waiting.Channel}, the oldest since {Waiting.Oldest.UtcDateTime:yyyy-MM-dd HH:mm} UTC, "
            + $"and the {kind} {gone} is not in the configuration. At {(Waiting.LatestDue + Tried).UtcDateTime:yyyy-MM-dd HH:mm} UTC at the latest they are given up. "
            + $"`newswatch deliveries --move {gone} NEW` gives them to another {kind}.");
    }
}
