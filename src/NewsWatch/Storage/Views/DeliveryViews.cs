using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Stories;

namespace NewsWatch.Storage.Views;

/// <summary>Which deliveries are asked for; null asks for all.</summary>
/// <param name="State">pending, held, leased, sent, dead or cancelled.</param>
/// <param name="Before">The number of the last delivery of the page before; null for the first page.</param>
public sealed record DeliveryAsked(string? State = null, string? Subscriber = null, string? Channel = null, long? Before = null, int Most = 50);

/// <summary>A delivery, what it is about, and what became of it.</summary>
/// <param name="About">The headline, or a notice's subject.</param>
/// <param name="Due">When it is tried next, or was last.</param>
public sealed record DeliveryLine(
    long Id,
    string Key,
    string Bundle,
    string Kind,
    string State,
    string Subscriber,
    string Channel,
    long? Alert,
    string? Rule,
    string About,
    DateTimeOffset Created,
    DateTimeOffset Due,
    int Attempts,
    string? LastError,
    string? MessageId,
    DateTimeOffset? SentAt,
    string? Reply);

/// <summary>One attempt to send a delivery.</summary>
/// <param name="Outcome">sent, again, unfinished, dead or lost.</param>
public sealed record AttemptLine(long N, DateTimeOffset Started, DateTimeOffset Ended, string Outcome, string? Reply);

/// <summary>What a subscriber was sent.</summary>
public sealed record RecipientTally(string Subscriber, int Sent, int Held, int Dead, DateTimeOffset? Last);

/// <summary>Deliveries as the desk lists them.</summary>
internal static class DeliveryViews
{
    private const string Columns =
        """
        delivery.id, delivery.key, delivery.bundle, delivery.kind, delivery.state, delivery.subscriber, delivery.channel, delivery.alert, alert.rule, alert.content, delivery.notice,
        delivery.created, delivery.due, delivery.attempts, delivery.last_error, delivery.message_id, delivery.sent_at, delivery.reply
        FROM delivery LEFT JOIN alert ON alert.id = delivery.alert
        """;

    /// <summary>The states of a delivery: its own words and the statements' literals.</summary>
    public static IReadOnlyList<string> States { get; } = ["pending", "held", "leased", "sent", "dead", "cancelled"];

    /// <summary>Deliveries, the newest first.</summary>
    public static IReadOnlyList<DeliveryLine> List(Session db, DeliveryAsked asked) => Lines(
        db,
        $"""
        WHERE 1 = 1 {(asked.State is { } state && States.Contains(state) ? $"AND delivery.state = '{state}'" : "")}
          {(asked.Subscriber is null ? "" : "AND delivery.subscriber = @Subscriber")} {(asked.Channel is null ? "" : "AND delivery.channel = @Channel")}
          {(asked.Before is null ? "" : "AND (delivery.created, delivery.id) < (SELECT created, id FROM delivery WHERE id = @Before)")}
        ORDER BY delivery.created DESC, delivery.id DESC LIMIT @Most
        """,
        asked);

    /// <summary>The deliveries of an alert, in the order in which they were decided.</summary>
    public static IReadOnlyList<DeliveryLine> OfAlert(Session db, long alert) => Lines(db, "WHERE delivery.alert = @alert ORDER BY delivery.id", new { alert });

    /// <summary>The delivery with this number, or null.</summary>
    public static DeliveryLine? Find(Session db, long id) => Lines(db, "WHERE delivery.id = @id", new { id }).FirstOrDefault();

    /// <summary>Other deliveries that leave, or left, in the same message.</summary>
    public static IReadOnlyList<DeliveryLine> Together(Session db, DeliveryLine one) =>
        Lines(db, "WHERE delivery.bundle = @Bundle AND delivery.id <> @Id ORDER BY delivery.id LIMIT 50", new { one.Bundle, one.Id });

    /// <summary>The attempts of a delivery, the first first.</summary>
    public static IReadOnlyList<AttemptLine> Attempts(Session db, DeliveryLine of) =>
        [.. AttemptStore.Of(db, of.Key).Select(attempt => new AttemptLine(attempt.N, attempt.Started, attempt.Ended, StoredName.Of(attempt.Outcome), attempt.Reply))];

    /// <summary>What each subscriber was sent since a time.</summary>
    public static IReadOnlyDictionary<string, RecipientTally> Tallies(Session db, DateTimeOffset since) =>
        db.Query<(string Subscriber, string State, long Count, long? Last)>(
                "SELECT subscriber, state, count(*), max(sent_at) FROM delivery WHERE created >= @since GROUP BY subscriber, state", new { since = UnixTime.Of(since) })
            .GroupBy(row => row.Subscriber)
            .ToDictionary(of => of.Key, of => new RecipientTally(of.Key, Count(of, "sent"), Count(of, "held"), Count(of, "dead"), UnixTime.At(of.Max(row => row.Last))));

    /// <summary>For the messages sent since a time the milliseconds from first sight of the article to the server's acceptance.</summary>
    public static IReadOnlyList<long> Waits(Session db, DateTimeOffset since) =>
    [
        .. db.Query<long>(
            """
            SELECT delivery.sent_at - article.first_seen FROM delivery JOIN alert ON alert.id = delivery.alert JOIN article ON article.id = alert.article
            WHERE delivery.created >= @since AND delivery.state = 'sent' AND delivery.kind IN ('alert', 'group') AND delivery.sent_at >= article.first_seen
            """,
            new { since = UnixTime.Of(since) }),
    ];

    private static int Count(IEnumerable<(string Subscriber, string State, long Count, long? Last)> rows, string state) => (int)rows.Where(row => row.State == state).Sum(row => row.Count);

    private static List<DeliveryLine> Lines(Session db, string which, object parameters) => [.. db.Query<Row>($"SELECT {Columns} {which}", parameters).Select(row => row.ToLine())];

    private sealed class Row : DeliveryRow
    {
        public long Id { get; init; }

        public long? Alert { get; init; }

        public DeliveryLine ToLine() => new(
            Id, Key, Bundle, Kind, State, Subscriber, Channel, Alert, Rule, StoredHeadline.TitleOf(Content, Notice) ?? "", UnixTime.At(Created), UnixTime.At(Due), (int)Attempts, LastError, MessageId, UnixTime.At(SentAt), Reply);
    }
}
