namespace NewsWatch.Storage.Work;

/// <summary>Alerts that wait for one subscriber over one channel.</summary>
/// <param name="Oldest">When the oldest was decided.</param>
/// <param name="LatestDue">When the last one is due.</param>
internal sealed record WaitingDeliveries(string Subscriber, string Channel, long Count, DateTimeOffset Oldest, DateTimeOffset LatestDue);

/// <summary>What waits for whom, and giving it to somebody else.</summary>
internal static class WaitingStore
{
    private const string Waits = "state IN ('pending', 'held') AND kind NOT IN ('notice', 'test', 'drill')";

    /// <summary>A row for each pair of subscriber and channel for which something waits.</summary>
    public static IReadOnlyList<WaitingDeliveries> All(Session db) =>
    [
        .. db.Query<(string Subscriber, string Channel, long Count, long Oldest, long LatestDue)>(
                $"SELECT subscriber, channel, count(*), min(created), max(due) FROM delivery WHERE {Waits} GROUP BY subscriber, channel ORDER BY subscriber, channel")
            .Select(row => new WaitingDeliveries(row.Subscriber, row.Channel, row.Count, UnixTime.At(row.Oldest), UnixTime.At(row.LatestDue))),
    ];

    /// <summary>
    /// Moves waiting deliveries from one subscriber to another, over its channel; alerts that the other one has or will get anyway are cancelled. Keys and
    /// messages keep their names. What was tried already is due now.
    /// </summary>
    /// <returns>How many deliveries moved.</returns>
    public static int MoveSubscriber(Session db, string from, string to, string channel, DateTimeOffset now)
    {
        db.Execute(
            $"""
            UPDATE delivery SET state = 'cancelled', last_error = @to || ' gets this alert anyway'
            WHERE subscriber = @from AND {Waits} AND EXISTS (SELECT 1 FROM delivery AS own WHERE own.subscriber = @to AND own.alert = delivery.alert)
            """,
            new { from, to });
        return db.Execute(
            $"UPDATE delivery SET subscriber = @to, channel = @channel, due = CASE WHEN state = 'pending' AND due > @at THEN @at ELSE due END WHERE subscriber = @from AND {Waits}",
            new { from, to, channel, at = UnixTime.Of(now) });
    }

    /// <summary>Gives what waits for one channel to another; what was tried already is due now.</summary>
    /// <returns>How many deliveries moved.</returns>
    public static int MoveChannel(Session db, string from, string to, DateTimeOffset now) => db.Execute(
        $"UPDATE delivery SET channel = @to, due = CASE WHEN state = 'pending' AND due > @at THEN @at ELSE due END WHERE channel = @from AND {Waits}",
        new { from, to, at = UnixTime.Of(now) });
}
