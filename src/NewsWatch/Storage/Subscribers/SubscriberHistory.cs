using NewsWatch.Core.Alerts;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Locks;

namespace NewsWatch.Storage.Subscribers;

/// <summary>What a decision must know of a subscriber's recent past, read inside commit 2.</summary>
internal static class SubscriberHistory
{
    /// <summary>The past of the alert's subscriber, as far as this decision looks at it.</summary>
    /// <param name="together">The most messages that are decided together with this one: they count for the cap too.</param>
    public static SubscriberState Read(Session db, AlertFacts alert, Destination to, int together, DateTimeOffset now)
    {
        db.Lock(LockKey.Subscriber(to.Subscriber.Id));
        var rows = Rows(db, to.Subscriber, together, now);
        var state = new SubscriberState
        {
            Unsubscribed = rows.Select(row => row.Scope).OfType<string>().ToHashSet(),
            Group = DeliveryPolicy.GroupOf(alert, to) is { } group ? Last(db, group, now) : null,
        };
        return !to.Subscriber.Cap.IsNone && rows[0].MayReachCap
            ? state with { Messages = Messages(db, to.Subscriber, now), Overflow = Last(db, DeliveryPolicy.OverflowOf(to), now) }
            : state;
    }

    /// <summary>
    /// The last messages of a subscriber, as many as the cap looks at, oldest first: however many wait, no more rows are read than that.
    /// An overdue message (the server or this process was away) leaves now.
    /// </summary>
    private static DateTimeOffset[] Messages(Session db, Subscriber subscriber, DateTimeOffset now)
    {
        var parameters = new { subscriber = subscriber.Id, since = UnixTime.Of(now - subscriber.Cap.Window), now = UnixTime.Of(now), count = subscriber.Cap.Count };
        var sent = db.Query<long>(
            """
            SELECT at FROM (
              SELECT DISTINCT bundle, sent_at AS at FROM delivery
              WHERE subscriber = @subscriber AND sent_at > @since AND sent_at <= @now AND kind IN ('alert', 'group') AND state = 'sent'
              ORDER BY sent_at DESC LIMIT @count) AS last
            """,
            parameters);
        var open = db.Query<(string Bundle, long Due)>(
            $"""
            SELECT DISTINCT bundle, due FROM delivery {db.Hint("delivery_open")}
            WHERE subscriber = @subscriber AND kind IN ('alert', 'group') AND state IN ('pending', 'leased', 'held')
            ORDER BY due DESC LIMIT @count
            """,
            parameters).Select(message => Math.Max(message.Due, parameters.now));
        return [.. sent.Concat(open).OrderDescending().Take(subscriber.Cap.Count).Order().Select(UnixTime.At)];
    }

    /// <summary>
    /// What the subscriber unsubscribed from, at least one row. The cap may not be reached when the subscriber has too few deliveries, those that are decided together among them: then no message and no
    /// overflow digest counts. Looks at indexes alone, so that a cap of thousands costs little.
    /// </summary>
    private static IReadOnlyList<(string? Scope, bool MayReachCap)> Rows(Session db, Subscriber subscriber, int together, DateTimeOffset now) => db.Query<(string?, bool)>(
        $"""
        SELECT scope, (SELECT count(*) FROM (
            SELECT 1 FROM delivery {db.Hint("delivery_subscriber")} WHERE subscriber = @subscriber AND sent_at > @since AND sent_at <= @now LIMIT @count) AS sent)
          + (SELECT count(*) FROM (
            SELECT 1 FROM delivery {db.Hint("delivery_open")} WHERE subscriber = @subscriber AND state IN ('pending', 'leased', 'held') LIMIT @count) AS open)
          >= @enough
        FROM (SELECT 1) AS one LEFT JOIN unsubscribed ON subscriber = @subscriber
        """,
        new
        {
            subscriber = subscriber.Id,
            since = UnixTime.Of(now - subscriber.Cap.Window),
            now = UnixTime.Of(now),
            count = subscriber.Cap.IsNone ? 0 : subscriber.Cap.Count,
            enough = subscriber.Cap.Count - together,
        });

    /// <summary>Names of one kind of message end in the time they leave, so that the last name is the last message.</summary>
    private static EarlierMessage? Last(Session db, string prefix, DateTimeOffset now)
    {
        var bundle = db.QueryFirstOrDefault<string>(
            "SELECT bundle FROM delivery WHERE bundle > @prefix AND bundle < @end ORDER BY bundle DESC LIMIT 1", new { prefix, end = prefix + '~' });
        if (bundle is null)
        {
            return null;
        }

        var (at, closed) = db.QuerySingle<(long At, bool Closed)>(
            $"""
            SELECT max(CASE WHEN sent_at IS NULL THEN due WHEN sent_at > @now THEN @now ELSE sent_at END), max(CASE WHEN {Outbox.Closed} THEN 1 ELSE 0 END)
            FROM delivery WHERE bundle = @bundle
            """,
            new { bundle, now = UnixTime.Of(now) });
        return new(bundle, UnixTime.At(at), !closed);
    }
}
