using NewsWatch.Core.Alerts;
using NewsWatch.Storage.Stories;

namespace NewsWatch.Storage.Alerts;

/// <summary>An item as it was seen at a source.</summary>
/// <param name="State">baseline, old, new, done or failed.</param>
internal sealed record SeenItem(string Source, string State, DateTimeOffset FirstSeen, string? Outcome);

/// <summary>A delivery and what became of it.</summary>
/// <param name="Bundle">The message that it goes with.</param>
/// <param name="Article">The article that the alert is about.</param>
/// <param name="Due">When it is tried next, or was last.</param>
internal sealed record DeliveryRecord(
    string Key,
    string Bundle,
    string Subscriber,
    string Channel,
    string Kind,
    string State,
    string? Rule,
    long? Article,
    string? Title,
    DateTimeOffset Created,
    DateTimeOffset Due,
    int Attempts,
    string? LastError,
    string? MessageId,
    DateTimeOffset? SentAt,
    string? Reply);

/// <summary>An alert and how far its deliveries are.</summary>
/// <param name="HeldUntil">When the first of those that are held is released; null when none is.</param>
internal sealed record AlertRecord(
    string Key,
    string Rule,
    AlertReason Reason,
    Severity Severity,
    DateTimeOffset Created,
    string Title,
    string Url,
    string Source,
    int Deliveries,
    int Sent,
    int Dead,
    int Held,
    DateTimeOffset? HeldUntil);

/// <summary>An alert as the log tells it, with whom it goes to.</summary>
/// <param name="Number">Grows with each alert.</param>
internal sealed record ToldAlert(long Number, DateTimeOffset At, Severity Severity, string Rule, string Title, IReadOnlyList<ToldDelivery> To);

/// <summary>One delivery of an alert.</summary>
/// <param name="HeldUntil">Null when it leaves at once.</param>
internal sealed record ToldDelivery(string Subscriber, string Channel, DateTimeOffset? HeldUntil);

/// <summary>Which deliveries are asked for; null asks for all.</summary>
/// <param name="Most">Messages, not deliveries.</param>
internal sealed record DeliveryFilter(string? Subscriber = null, string? Channel = null, string? State = null, DateTimeOffset? Since = null, int Most = 100);

/// <summary>What is on record: for `why`, `alerts` and `deliveries`. Reads only.</summary>
internal static class LedgerStore
{
    private const string DeliveryColumns =
        """
        delivery.key, delivery.bundle, delivery.subscriber, delivery.channel, delivery.kind, delivery.state, alert.rule, alert.article,
        alert.content, delivery.notice, delivery.created, delivery.due, delivery.attempts, delivery.last_error AS lastError, delivery.message_id AS messageId,
        delivery.sent_at AS sentAt, delivery.reply
        """;

    /// <summary>Where this address was seen, first seen first.</summary>
    public static IReadOnlyList<SeenItem> Seen(Session db, string url) =>
    [
        .. db.Query<(string Source, string State, long FirstSeen, string? Outcome)>(
                """
                SELECT source, state, first_seen, outcome FROM item
                WHERE link_key = @url OR link = @url ORDER BY first_seen, id
                """,
                new { url })
            .Select(row => new SeenItem(row.Source, row.State, UnixTime.At(row.FirstSeen), row.Outcome)),
    ];

    /// <summary>What a subscriber was or will be sent about a story.</summary>
    public static IReadOnlyList<DeliveryRecord> OfStory(Session db, long story, string subscriber) =>
    [
        .. db.Query<DeliveryRow>(
                $"SELECT {DeliveryColumns} FROM alert JOIN delivery {db.Hint("delivery_alert")} ON delivery.alert = alert.id WHERE alert.story = @story AND delivery.subscriber = @subscriber ORDER BY delivery.id",
                new { story, subscriber })
            .Select(row => row.ToRecord()),
    ];

    /// <summary>Alerts, the newest first.</summary>
    public static IReadOnlyList<AlertRecord> Alerts(Session db, DateTimeOffset? since, string? rule, int most) =>
    [
        .. db.Query<AlertRow>(
                """
                SELECT alert.key, alert.rule, alert.reason, alert.severity, alert.created, alert.content,
                  (SELECT count(*) FROM delivery WHERE alert = alert.id) AS deliveries,
                  (SELECT count(*) FROM delivery WHERE alert = alert.id AND state = 'sent') AS sent,
                  (SELECT count(*) FROM delivery WHERE alert = alert.id AND state = 'dead') AS dead,
                  (SELECT count(*) FROM delivery WHERE alert = alert.id AND state = 'held') AS held,
                  (SELECT min(due) FROM delivery WHERE alert = alert.id AND state = 'held') AS heldUntil
                FROM alert
                WHERE created >= @since AND (@rule IS NULL OR rule = @rule)
                ORDER BY created DESC, id DESC LIMIT @most
                """,
                new { since = UnixTime.Of(since) ?? 0, rule, most })
            .Select(row => row.ToRecord()),
    ];

    /// <summary>The number of alerts.</summary>
    public static int CountAlerts(Session db, DateTimeOffset? since, string? rule) =>
        db.ExecuteScalar<int>("SELECT count(*) FROM alert WHERE created >= @since AND (@rule IS NULL OR rule = @rule)", new { since = UnixTime.Of(since) ?? 0, rule });

    /// <summary>The number of the newest alert; 0 when there is none.</summary>
    public static long NewestAlert(Session db) => db.ExecuteScalar<long?>("SELECT max(id) FROM alert") ?? 0;

    /// <summary>Alerts after one, the oldest first, and whom they go to.</summary>
    public static IReadOnlyList<ToldAlert> AlertsAfter(Session db, long number) =>
    [
        .. db.Query<(long Id, long Created, string Severity, string Rule, string Content)>(
                "SELECT id, created, severity, rule, content FROM alert WHERE id > @number ORDER BY id", new { number })
            .Select(row => new ToldAlert(
                row.Id, UnixTime.At(row.Created), StoredName.To<Severity>(row.Severity), row.Rule, StoredHeadline.Parse(row.Content).Title, [.. db.Query<(string Subscriber, string Channel, string State, long Due)>(
                    "SELECT subscriber, channel, state, due FROM delivery WHERE alert = @Id ORDER BY id", new { row.Id })
                .Select(to => new ToldDelivery(to.Subscriber, to.Channel, to.State == "held" ? UnixTime.At(to.Due) : null))])),
    ];

    /// <summary>The deliveries of the newest messages, those of one message together.</summary>
    public static IReadOnlyList<DeliveryRecord> Deliveries(Session db, DeliveryFilter filter) =>
    [
        .. db.Query<DeliveryRow>(
                $"""
                WITH asked AS (
                  SELECT id, bundle, created FROM delivery
                  WHERE created >= @since
                    AND (@Subscriber IS NULL OR subscriber = @Subscriber)
                    AND (@Channel IS NULL OR channel = @Channel)
                    AND (@State IS NULL OR state = @State)),
                message AS (SELECT bundle, max(created) AS created, max(id) AS id FROM asked GROUP BY bundle ORDER BY max(created) DESC, max(id) DESC LIMIT @Most)
                SELECT {DeliveryColumns} FROM message JOIN asked ON asked.bundle = message.bundle JOIN delivery ON delivery.id = asked.id LEFT JOIN alert ON alert.id = delivery.alert
                ORDER BY message.created DESC, message.id DESC, delivery.id
                """,
                new { since = UnixTime.Of(filter.Since) ?? 0, filter.Subscriber, filter.Channel, filter.State, filter.Most })
            .Select(row => row.ToRecord()),
    ];
}
