namespace NewsWatch.Storage.Subscribers;

/// <summary>A decision about a subscriber.</summary>
internal sealed record SubscriberVerdict(long Article, string Rule, DateTimeOffset At, string Outcome, string Why);

/// <summary>What the ledger holds of one subscriber, and how it is forgotten.</summary>
internal static class SubscriberStore
{
    /// <summary>Every decision about a subscriber, the newest first.</summary>
    public static IReadOnlyList<SubscriberVerdict> Verdicts(Session db, string subscriber) =>
    [
        .. db.Query<(long Article, string Rule, long At, string Outcome, string Why)>(
                "SELECT article, rule, at, outcome, why FROM verdict WHERE subscriber = @subscriber ORDER BY at DESC", new { subscriber })
            .Select(row => new SubscriberVerdict(row.Article, row.Rule, UnixTime.At(row.At), row.Outcome, row.Why)),
    ];

    /// <summary>What a subscriber said of alerts, the newest first.</summary>
    public static IReadOnlyList<(string Alert, string Verdict, DateTimeOffset At)> Feedback(Session db, string subscriber) =>
    [
        .. db.Query<(string Alert, string Verdict, long At)>(
                "SELECT alert.key, verdict, at FROM feedback JOIN alert ON alert.id = feedback.alert WHERE subscriber = @subscriber ORDER BY at DESC", new { subscriber })
            .Select(row => (row.Alert, row.Verdict, UnixTime.At(row.At))),
    ];

    /// <summary>
    /// Takes a subscriber out of the ledger: what waits is cancelled, rows lose the id, the servers' words and the names that the id is part of,
    /// and the counts stay. What the file held is overwritten.
    /// </summary>
    /// <param name="db">The writer's connection.</param>
    /// <param name="subscriber">The subscriber's id.</param>
    /// <param name="addresses">The addresses that notices to the operator may name.</param>
    /// <returns>How many deliveries there were.</returns>
    public static int Erase(Session db, string subscriber, IReadOnlyCollection<string> addresses)
    {
        db.OverwriteDeleted();
        db.Execute("UPDATE attempt SET reply = NULL WHERE delivery IN (SELECT id FROM delivery WHERE subscriber = @subscriber)", new { subscriber });
        var deliveries = db.Execute(
            """
            UPDATE delivery SET subscriber = 'erased', key = 'erased/' || id, bundle = 'erased/' || id, message_id = NULL, reply = NULL, replica = NULL, fence = fence + 1,
              last_error = NULL, state = CASE WHEN state IN ('pending', 'held', 'leased') THEN 'cancelled' ELSE state END
            WHERE subscriber = @subscriber AND kind <> 'notice'
            """,
            new { subscriber });
        db.Execute(
            """
            DELETE FROM delivery WHERE kind = 'notice' AND key LIKE 'notice/dead/' || @pattern || '/%' ESCAPE '\';
            DELETE FROM verdict WHERE subscriber = 'erased' AND EXISTS (
              SELECT 1 FROM verdict AS own WHERE own.subscriber = @subscriber AND own.article = verdict.article AND own.rule = verdict.rule AND own.at = verdict.at);
            UPDATE verdict SET subscriber = 'erased', why = outcome WHERE subscriber = @subscriber;
            DELETE FROM unsubscribed WHERE subscriber = @subscriber;
            DELETE FROM feedback WHERE subscriber = @subscriber;
            UPDATE drill SET result = '' WHERE id IN (SELECT drill FROM drill_address WHERE subscriber = @subscriber);
            DELETE FROM drill_address WHERE subscriber = @subscriber;
            DELETE FROM silenced WHERE subscriber = @subscriber;
            DELETE FROM silence WHERE scope = 'subscriber' AND target = @subscriber;
            UPDATE act SET target = 'subscriber erased', detail = '' WHERE target = 'subscriber ' || @subscriber;
            DELETE FROM unsubscribe_name WHERE name = 'subscriber/' || @subscriber;
            """,
            new { subscriber, pattern = subscriber.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal) });
        foreach (var address in addresses)
        {
            db.Execute("UPDATE delivery SET notice = replace(notice, @address, 'erased@example.com') WHERE kind = 'notice' AND replace(notice, @address, '') <> notice", new { address });
        }

        return deliveries;
    }
}
