using Dapper;
using Microsoft.Data.Sqlite;
using NewsWatch.Core.Alerts;

namespace NewsWatch.Storage;

/// <summary>An item as it was seen at a source.</summary>
/// <param name="State">baseline, old, new, done or failed.</param>
internal sealed record SeenItem(string Source, string State, DateTimeOffset FirstSeen, string? Outcome);

/// <summary>A delivery and what became of it.</summary>
/// <param name="Article">The article that the alert is about.</param>
/// <param name="Due">When it is tried next, or was last.</param>
internal sealed record DeliveryRecord(
    string Key,
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
internal sealed record AlertRecord(
    string Key, string Rule, Reason Reason, Severity Severity, DateTimeOffset Created, string Title, string Url, string Source, int Deliveries, int Sent, int Dead);

/// <summary>Which deliveries are asked for; null asks for all.</summary>
internal sealed record DeliveryFilter(string? Subscriber = null, string? Channel = null, string? State = null, DateTimeOffset? Since = null, int Most = 100);

/// <summary>What is on record: for `why`, `alerts` and `deliveries`. Reads only.</summary>
internal static class LedgerStore
{
    private const string DeliveryColumns =
        """
        delivery.key, delivery.subscriber, delivery.channel, delivery.kind, delivery.state, alert.rule, alert.article,
        COALESCE(json_extract(alert.content, '$.Article.Title'), json_extract(delivery.notice, '$.Subject')) AS title,
        delivery.created, delivery.due, delivery.attempts, delivery.last_error AS lastError, delivery.message_id AS messageId,
        delivery.sent_at AS sentAt, delivery.reply
        """;

    /// <summary>Where this address was seen, first seen first.</summary>
    public static IReadOnlyList<SeenItem> Seen(SqliteConnection db, string url) =>
    [
        .. db.Query<(string Source, string State, long FirstSeen, string? Outcome)>(
                """
                SELECT source, state, first_seen, outcome FROM item
                WHERE link_key = @url OR json_extract(payload, '$.Link') = @url ORDER BY first_seen, id
                """,
                new { url })
            .Select(row => new SeenItem(row.Source, row.State, UnixTime.At(row.FirstSeen), row.Outcome)),
    ];

    /// <summary>What a subscriber was or will be sent about a story.</summary>
    public static IReadOnlyList<DeliveryRecord> OfStory(SqliteConnection db, long story, string subscriber) =>
    [
        .. db.Query<DeliveryRow>(
                $"SELECT {DeliveryColumns} FROM delivery JOIN alert ON alert.id = delivery.alert WHERE alert.story = @story AND delivery.subscriber = @subscriber ORDER BY delivery.id",
                new { story, subscriber })
            .Select(row => row.ToRecord()),
    ];

    /// <summary>The verdicts on an article, the newest first.</summary>
    public static IReadOnlyList<Verdict> Verdicts(SqliteConnection db, long article) =>
    [
        .. db.Query<(long Article, string Rule, string Subscriber, long At, string Outcome, string Why, long? Alert)>(
                "SELECT article, rule, subscriber, at, outcome, why, alert FROM verdict WHERE article = @article ORDER BY at DESC", new { article })
            .Select(row => new Verdict(row.Article, row.Rule, row.Subscriber, UnixTime.At(row.At), row.Outcome, row.Why, row.Alert)),
    ];

    /// <summary>Alerts, the newest first.</summary>
    public static IReadOnlyList<AlertRecord> Alerts(SqliteConnection db, DateTimeOffset? since, string? rule, int most) =>
    [
        .. db.Query<AlertRow>(
                """
                SELECT alert.key, alert.rule, alert.reason, alert.severity, alert.created,
                  json_extract(content, '$.Article.Title') AS title, json_extract(content, '$.Article.Url') AS url,
                  json_extract(content, '$.Article.SourceName') AS source,
                  (SELECT count(*) FROM delivery WHERE alert = alert.id) AS deliveries,
                  (SELECT count(*) FROM delivery WHERE alert = alert.id AND state = 'sent') AS sent,
                  (SELECT count(*) FROM delivery WHERE alert = alert.id AND state = 'dead') AS dead
                FROM alert
                WHERE created >= @since AND (@rule IS NULL OR rule = @rule)
                ORDER BY created DESC, id DESC LIMIT @most
                """,
                new { since = UnixTime.Of(since) ?? 0, rule, most })
            .Select(row => row.ToRecord()),
    ];

    /// <summary>Deliveries, the newest first.</summary>
    public static IReadOnlyList<DeliveryRecord> Deliveries(SqliteConnection db, DeliveryFilter filter) =>
    [
        .. db.Query<DeliveryRow>(
                $"""
                SELECT {DeliveryColumns} FROM delivery LEFT JOIN alert ON alert.id = delivery.alert
                WHERE delivery.created >= @since
                  AND (@Subscriber IS NULL OR delivery.subscriber = @Subscriber)
                  AND (@Channel IS NULL OR delivery.channel = @Channel)
                  AND (@State IS NULL OR delivery.state = @State)
                ORDER BY delivery.created DESC, delivery.id DESC LIMIT @Most
                """,
                new { since = UnixTime.Of(filter.Since) ?? 0, filter.Subscriber, filter.Channel, filter.State, filter.Most })
            .Select(row => row.ToRecord()),
    ];
}
