using Dapper;
using Microsoft.Data.Sqlite;

namespace NewsWatch.Storage;

/// <summary>Who does not want what any more. Each row is the audit of itself: who, what, when, how.</summary>
internal static class UnsubscribeStore
{
    /// <summary>Writes it down, and cancels what waits and falls under it, so that the effect is at once.</summary>
    /// <param name="db">The writer's connection.</param>
    /// <param name="subscriber">The subscriber's id.</param>
    /// <param name="scope">all, rule:ID or story:ID.</param>
    /// <param name="by">How: one-click or page.</param>
    /// <param name="now">When.</param>
    /// <returns>How many waiting deliveries were cancelled.</returns>
    public static int Add(SqliteConnection db, string subscriber, string scope, string by, DateTimeOffset now)
    {
        db.Execute(
            "INSERT INTO unsubscribed (subscriber, scope, at, by) VALUES (@subscriber, @scope, @at, @by) ON CONFLICT DO NOTHING",
            new { subscriber, scope, at = UnixTime.Of(now), by });
        return db.Execute(
            """
            UPDATE delivery SET state = 'cancelled', last_error = 'unsubscribed'
            WHERE subscriber = @subscriber AND state IN ('pending', 'held') AND alert IN (
              SELECT id FROM alert WHERE @scope IN ('all', 'rule:' || rule, 'story:' || story))
            """,
            new { subscriber, scope });
    }
}
