namespace NewsWatch.Storage.Subscribers;

/// <summary>What a subscriber does not want any more.</summary>
/// <param name="Scope">all, rule:ID or story:KEY.</param>
/// <param name="By">one-click or page.</param>
internal sealed record Unsubscribed(string Subscriber, string Scope, DateTimeOffset At, string By);

/// <summary>Who does not want what any more. Each row is the audit of itself: who, what, when, how.</summary>
internal static class UnsubscribeStore
{
    /// <summary>True when this is written down already.</summary>
    public static bool Has(Session db, string subscriber, string scope) =>
        db.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM unsubscribed WHERE subscriber = @subscriber AND scope = @scope)", new { subscriber, scope });

    /// <summary>Writes it down, and cancels the waiting deliveries that fall under it, so that the effect is at once.</summary>
    /// <returns>How many waiting deliveries were cancelled.</returns>
    public static int Add(Session db, Unsubscribed entry)
    {
        db.Execute(
            "INSERT INTO unsubscribed (subscriber, scope, at, by) VALUES (@Subscriber, @Scope, @at, @By) ON CONFLICT DO NOTHING",
            new { entry.Subscriber, entry.Scope, at = UnixTime.Of(entry.At), entry.By });
        return db.Execute(
            """
            UPDATE delivery SET state = 'cancelled', last_error = 'unsubscribed'
            WHERE subscriber = @Subscriber AND state IN ('pending', 'held') AND alert IN (
              SELECT alert.id FROM alert JOIN story ON story.id = alert.story WHERE @Scope IN ('all', 'rule:' || alert.rule, 'story:' || story.key))
            """,
            new { entry.Subscriber, entry.Scope });
    }

    /// <summary>All of it, the newest first.</summary>
    public static IReadOnlyList<Unsubscribed> All(Session db) =>
    [
        .. db.Query<(string Subscriber, string Scope, long At, string By)>("SELECT subscriber, scope, at, by FROM unsubscribed ORDER BY at DESC, subscriber, scope")
            .Select(row => new Unsubscribed(row.Subscriber, row.Scope, UnixTime.At(row.At), row.By)),
    ];

    /// <summary>Forgets what a subscriber unsubscribed from. What was cancelled meanwhile stays so.</summary>
    /// <param name="db">The writer's connection.</param>
    /// <param name="subscriber">The subscriber's id.</param>
    /// <param name="until">Only what is as old as this; null for all.</param>
    /// <returns>How many rows there were.</returns>
    public static int Undo(Session db, string subscriber, DateTimeOffset? until = null) =>
        db.Execute("DELETE FROM unsubscribed WHERE subscriber = @subscriber AND (@until IS NULL OR at <= @until)", new { subscriber, until = UnixTime.Of(until) });
}
