using Dapper;
using Microsoft.Data.Sqlite;
using NewsWatch.Core.Alerts;

namespace NewsWatch.Storage;

/// <summary>What a decision must know of a subscriber's recent past, read inside commit 2.</summary>
internal static class SubscriberHistory
{
    /// <summary>The past of the alert's subscriber, as far as this decision looks at it.</summary>
    public static SubscriberState Of(SqliteConnection db, AlertFacts alert, Destination to, DateTimeOffset now) => new()
    {
        Unsubscribed = db.Query<string>("SELECT scope FROM unsubscribed WHERE subscriber = @Id", new { to.Subscriber.Id }).ToHashSet(),
        Messages = Messages(db, to.Subscriber.Id, now - to.Subscriber.Cap.Window, now),
        Group = Decision.GroupOf(alert, to) is { } group ? Last(db, group, now) : null,
        Overflow = Last(db, Decision.OverflowOf(to), now),
    };

    /// <summary>What should have left long ago and has not (the server or this process was away) leaves now.</summary>
    private static DateTimeOffset[] Messages(SqliteConnection db, string subscriber, DateTimeOffset since, DateTimeOffset now) =>
    [
        .. db.Query<long>(
                """
                SELECT MAX(at) AS at FROM (
                  SELECT bundle, sent_at AS at FROM delivery
                  WHERE subscriber = @subscriber AND sent_at > @since AND sent_at <= @now AND kind IN ('alert', 'group') AND state = 'sent'
                  UNION ALL
                  SELECT bundle, MAX(due, @now) FROM delivery
                  WHERE subscriber = @subscriber AND kind IN ('alert', 'group') AND state IN ('pending', 'leased', 'held'))
                GROUP BY bundle ORDER BY at
                """,
                new { subscriber, since = UnixTime.Of(since), now = UnixTime.Of(now) })
            .Select(UnixTime.At),
    ];

    /// <summary>Names of one kind of message end in the time they leave, so that the last name is the last message.</summary>
    private static EarlierMessage? Last(SqliteConnection db, string prefix, DateTimeOffset now)
    {
        var bundle = db.QueryFirstOrDefault<string>(
            "SELECT bundle FROM delivery WHERE bundle > @prefix AND bundle < @end ORDER BY bundle DESC LIMIT 1", new { prefix, end = prefix + '~' });
        if (bundle is null)
        {
            return null;
        }

        var (at, closed) = db.QuerySingle<(long At, bool Closed)>(
            $"SELECT MAX(COALESCE(MIN(sent_at, @now), due)), MAX({Outbox.Closed}) FROM delivery WHERE bundle = @bundle", new { bundle, now = UnixTime.Of(now) });
        return new(bundle, UnixTime.At(at), !closed);
    }
}
