namespace NewsWatch.Storage.Alerts;

/// <summary>What a subscriber says of an alert.</summary>
public enum FeedbackVerdict
{
    /// <summary>It helped.</summary>
    Useful,

    /// <summary>It was not worth the message.</summary>
    NotUseful,

    /// <summary>It was right, and the reader knew it already.</summary>
    Known,
}

/// <summary>A subscriber's word on an alert.</summary>
public sealed record Feedback(string Subscriber, FeedbackVerdict Verdict, DateTimeOffset At);

/// <summary>Feedback: one row for an alert and subscriber, the last word.</summary>
internal static class FeedbackStore
{
    /// <summary>
    /// Takes a subscriber's word on an alert, and on the others of the same article that went to the same subscriber: a mail shows them as one. The same word once more changes nothing.
    /// </summary>
    /// <returns>How many alerts have another word now.</returns>
    public static int Give(Session db, long alert, string subscriber, FeedbackVerdict verdict, DateTimeOffset now) => db.Execute(
        $"""
        INSERT INTO feedback (alert, subscriber, verdict, at)
        SELECT DISTINCT alert.id, @subscriber, @verdict, @now FROM alert JOIN delivery {db.Hint("delivery_alert")} ON delivery.alert = alert.id
        WHERE delivery.subscriber = @subscriber AND alert.article = (SELECT article FROM alert WHERE id = @alert) AND alert.reason = (SELECT reason FROM alert WHERE id = @alert)
        ON CONFLICT (alert, subscriber) DO UPDATE SET verdict = excluded.verdict, at = excluded.at WHERE feedback.verdict <> excluded.verdict
        """,
        new { alert, subscriber, verdict = StoredName.Of(verdict), now = UnixTime.Of(now) });

    /// <summary>What subscribers said of an alert, the first first.</summary>
    public static IReadOnlyList<Feedback> Of(Session db, long alert) =>
    [
        .. db.Query<(string Subscriber, string Verdict, long At)>("SELECT subscriber, verdict, at FROM feedback WHERE alert = @alert ORDER BY at, subscriber", new { alert })
            .Select(row => new Feedback(row.Subscriber, StoredName.To<FeedbackVerdict>(row.Verdict), UnixTime.At(row.At))),
    ];

    /// <summary>The numbers of alerts, by their keys.</summary>
    public static IReadOnlyDictionary<string, long> Numbers(Session db, IEnumerable<string> keys) =>
        db.Query<(string Key, long Id)>("SELECT key, id FROM alert WHERE key IN @keys", new { keys }).ToDictionary(row => row.Key, row => row.Id);

    /// <summary>The key, rule and headline of an alert that a subscriber got; null for another's.</summary>
    public static (string Key, string Rule, string Content)? Asked(Session db, long alert) =>
        db.Query<(string Key, string Rule, string Content)>("SELECT key, rule, content FROM alert WHERE id = @alert", new { alert }) is [var found] ? found : null;
}
