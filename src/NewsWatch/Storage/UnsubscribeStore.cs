using Dapper;
using Microsoft.Data.Sqlite;

namespace NewsWatch.Storage;

/// <summary>What a subscriber does not want any more.</summary>
/// <param name="Scope">all, rule:ID or story:ID.</param>
/// <param name="By">one-click or page.</param>
internal sealed record Unsubscribed(string Subscriber, string Scope, DateTimeOffset At, string By);

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

    /// <summary>All of it, the newest first.</summary>
    public static IReadOnlyList<Unsubscribed> All(SqliteConnection db) =>
    [
        .. db.Query<(string Subscriber, string Scope, long At, string By)>("SELECT subscriber, scope, at, by FROM unsubscribed ORDER BY at DESC, subscriber, scope")
            .Select(row => new Unsubscribed(row.Subscriber, row.Scope, UnixTime.At(row.At), row.By)),
    ];

    /// <summary>Forgets what a subscriber unsubscribed from; answers how many rows. What was cancelled meanwhile stays so.</summary>
    public static int Undo(SqliteConnection db, string subscriber) => db.Execute("DELETE FROM unsubscribed WHERE subscriber = @subscriber", new { subscriber });
}
