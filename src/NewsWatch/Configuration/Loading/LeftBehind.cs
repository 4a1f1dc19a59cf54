using System.Globalization;
using NewsWatch.Storage;
using NewsWatch.Storage.Work;

namespace NewsWatch.Configuration.Loading;

/// <summary>Alerts that wait for a subscriber or a channel that an edit renamed or removed.</summary>
/// <param name="Waiting">The alerts.</param>
/// <param name="IsSubscriber">True if the subscriber is missing, false if the channel is.</param>
internal sealed record LeftBehind(WaitingDeliveries Waiting, bool IsSubscriber)
{
    /// <summary>How long NewsWatch tries a delivery.</summary>
    private static readonly TimeSpan Tried = TimeSpan.FromDays(5);

    /// <summary>Those of <paramref name="now"/>; with <paramref name="before"/>, only those that the edit strands.</summary>
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

    /// <summary>One line: the number of alerts, their deadline, and what to do.</summary>
    public override string ToString()
    {
        var (gone, kind) = IsSubscriber ? (Waiting.Subscriber, "subscriber") : (Waiting.Channel, "channel");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Waiting.Count} {(Waiting.Count == 1 ? "alert waits" : "alerts wait")} for {Waiting.Subscriber} over {Waiting.Channel}, the oldest since {Waiting.Oldest.UtcDateTime:yyyy-MM-dd HH:mm} UTC, "
            + $"and the {kind} {gone} is not in the configuration. NewsWatch gives them up by {(Waiting.LatestDue + Tried).UtcDateTime:yyyy-MM-dd HH:mm} UTC. "
            + $"`newswatch deliveries --move {gone} NEW` moves them to another {kind}.");
    }
}
