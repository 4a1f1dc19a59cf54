using System.Globalization;
using NewsWatch.Core.Feeds;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Sources;

namespace NewsWatch.Storage.Operators;

/// <summary>How a drill ended.</summary>
public enum DrillOutcome
{
    /// <summary>Every message was accepted.</summary>
    Passed,

    /// <summary>A message was not accepted within 10 minutes, or there was none.</summary>
    Failed,

    /// <summary>Its time passed while the service did not run.</summary>
    Missed,
}

/// <summary>A drill.</summary>
/// <param name="At">When its article was written.</param>
/// <param name="By">Who began it; the schedule is one, too.</param>
/// <param name="Decided">When its messages were put into the outbox; null before.</param>
/// <param name="Trouble">Why there are no messages; empty where there are.</param>
/// <param name="Outcome">Null while it runs.</param>
/// <param name="Result">One sentence; empty while it runs.</param>
public sealed record Drill(long Id, DateTimeOffset At, string By, string Rule, DateTimeOffset? Decided, string Trouble, DateTimeOffset? Ended, DrillOutcome? Outcome, string Result);

/// <summary>Whom a drill's message goes to.</summary>
/// <param name="Subscriber">A subscriber's id, or an operator's address.</param>
public sealed record DrillAddress(string Subscriber, string Channel);

/// <summary>A drill's message.</summary>
/// <param name="State">The delivery's state.</param>
/// <param name="Started">When its first attempt began; null before.</param>
/// <param name="Accepted">When the server took it; null before.</param>
/// <param name="Said">The server's words.</param>
public sealed record DrillMessage(string Subscriber, string Channel, string State, DateTimeOffset? Started, DateTimeOffset? Accepted, string Said);

/// <summary>
/// Drills. A drill's article is an item of a source that no configuration can name; from there on it goes the way of all items, up to the outbox. It becomes no article, story or alert, so that it
/// changes no number and no name of those.
/// </summary>
internal static class DrillStore
{
    /// <summary>The source of the articles of drills; ids of the configuration have no brackets.</summary>
    public const string Source = "(drill)";

    private const string Columns = "SELECT id, at, made_by AS maker, rule, decided, trouble, ended, outcome, result FROM drill";
    private static readonly TimeSpan MessagesKept = TimeSpan.FromDays(7);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(366);

    /// <summary>Writes a drill and its article; returns its number.</summary>
    /// <param name="planned">The time of the schedule; null for a person's.</param>
    /// <param name="article">Returns the article of the drill with this number.</param>
    public static long Add(Session db, DateTimeOffset? planned, string by, string rule, Func<long, FeedItem> article, IReadOnlyList<DrillAddress> addresses, DateTimeOffset now)
    {
        var id = Insert(db, planned, by, rule, now);
        db.Execute("INSERT INTO drill_address (drill, subscriber, channel) VALUES (@id, @Subscriber, @Channel)", addresses.Select(address => new { id, address.Subscriber, address.Channel }).ToList());
        var key = id.ToString(CultureInfo.InvariantCulture);
        ItemStore.Add(db, Source, new ItemWrite(key, null, null, null, key, "", null, "new", StoredJson.Write(article(id))), now, now);
        return id;
    }

    /// <summary>A drill of the schedule whose time passed.</summary>
    public static void AddMissed(Session db, DateTimeOffset planned, string why, DateTimeOffset now) =>
        End(db, Insert(db, planned, "the schedule", "", now), DrillOutcome.Missed, why, now);

    /// <summary>True if the schedule's drill of this time was begun or missed.</summary>
    public static bool IsKnown(Session db, DateTimeOffset planned) => db.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM drill WHERE planned = @planned)", new { planned = UnixTime.Of(planned) });

    /// <summary>The drill with this number; null for none.</summary>
    public static Drill? Find(Session db, long id) => Read(db, $"{Columns} WHERE id = @id", id, 1) is [var drill] ? drill : null;

    /// <summary>Those that run.</summary>
    public static IReadOnlyList<Drill> Running(Session db) => Read(db, $"{Columns} WHERE ended IS NULL ORDER BY at", 0, 0);

    /// <summary>Drills, the newest first.</summary>
    /// <param name="before">The number of the last one of the page before; null for the first page.</param>
    public static IReadOnlyList<Drill> List(Session db, long? before, int most) => Read(db, $"{Columns} WHERE id < @id ORDER BY id DESC LIMIT @most", before ?? long.MaxValue, most);

    /// <summary>Whom a drill goes to.</summary>
    public static IReadOnlyList<DrillAddress> Addresses(Session db, long id) =>
        [.. db.Query<DrillAddress>("SELECT subscriber, channel FROM drill_address WHERE drill = @id ORDER BY channel, subscriber", new { id })];

    /// <summary>The messages of a drill.</summary>
    public static IReadOnlyList<DrillMessage> Messages(Session db, long id) =>
    [
        .. db.Query<(string Subscriber, string Channel, string State, long? Started, long? Accepted, string? Said)>(
                """
                SELECT subscriber, channel, state, (SELECT min(started) FROM attempt WHERE attempt.delivery = delivery.id), sent_at, coalesce(reply, last_error)
                FROM delivery WHERE key >= @first AND key < @after ORDER BY channel, subscriber
                """,
                new { first = KeyOf(id, ""), after = KeyOf(id, "")[..^1] + '0' })
            .Select(row => new DrillMessage(row.Subscriber, row.Channel, row.State, UnixTime.At(row.Started), UnixTime.At(row.Accepted), row.Said ?? "")),
    ];

    /// <summary>The key and bundle of a drill's message.</summary>
    public static string KeyOf(long id, string rest) => string.Create(CultureInfo.InvariantCulture, $"drill/{id}/{rest}");

    /// <summary>Its rule has fired: puts its messages into the outbox, each by itself and due now.</summary>
    public static void Send(Session db, long id, Notice notice, DateTimeOffset now)
    {
        var rows = Addresses(db, id).Select(address => new { key = KeyOf(id, $"{address.Subscriber}/{address.Channel}"), text = System.Text.Json.JsonSerializer.Serialize(notice), address.Subscriber, address.Channel, at = UnixTime.Of(now) }).ToList();
        db.Execute(
            """
            INSERT INTO delivery (key, bundle, kind, notice, subscriber, channel, created, state, due, severity)
            VALUES (@key, @key, 'drill', @text, @Subscriber, @Channel, @at, 'pending', @at, 2)
            """,
            rows);
        db.Execute("UPDATE drill SET decided = @now WHERE id = @id", new { id, now = UnixTime.Of(now) });
    }

    /// <summary>There are no messages.</summary>
    public static void Stop(Session db, long id, string trouble) => db.Execute("UPDATE drill SET trouble = @trouble WHERE id = @id", new { id, trouble });

    /// <summary>The end of a drill.</summary>
    /// <returns>False for one that has ended already: it stays as it is.</returns>
    public static bool End(Session db, long id, DrillOutcome outcome, string result, DateTimeOffset now) => db.Execute(
        "UPDATE drill SET ended = @now, outcome = @outcome, result = @result WHERE id = @id AND ended IS NULL", new { id, outcome = StoredName.Of(outcome), result, now = UnixTime.Of(now) }) > 0;

    /// <summary>Deletes articles and messages that are a week old, and drills that are a year old.</summary>
    public static void DeleteOlder(Session db, DateTimeOffset now)
    {
        db.Execute("DELETE FROM delivery WHERE kind = 'drill' AND created < @cutoff AND state IN ('sent', 'dead', 'cancelled')", new { cutoff = UnixTime.Of(now - MessagesKept) });
        db.Execute("DELETE FROM item WHERE source = @source AND first_seen < @cutoff AND state <> 'new'", new { source = Source, cutoff = UnixTime.Of(now - MessagesKept) });
        db.Execute("DELETE FROM drill WHERE at < @cutoff AND ended IS NOT NULL", new { cutoff = UnixTime.Of(now - Kept) });
    }

    private static long Insert(Session db, DateTimeOffset? planned, string by, string rule, DateTimeOffset now) => db.ExecuteScalar<long>(
        "INSERT INTO drill (at, planned, made_by, rule) VALUES (@at, @planned, @by, @rule) RETURNING id", new { at = UnixTime.Of(now), planned = UnixTime.Of(planned), by, rule });

    private static IReadOnlyList<Drill> Read(Session db, string sql, long id, int most) =>
    [
        .. db.Query<Row>(sql, new { id, most }).Select(row => new Drill(
            row.Id, UnixTime.At(row.At), row.Maker, row.Rule, UnixTime.At(row.Decided), row.Trouble, UnixTime.At(row.Ended), row.Outcome is { } outcome ? StoredName.To<DrillOutcome>(outcome) : null, row.Result)),
    ];

    private sealed class Row
    {
        public long Id { get; init; }

        public long At { get; init; }

        public string Maker { get; init; } = "";

        public string Rule { get; init; } = "";

        public long? Decided { get; init; }

        public string Trouble { get; init; } = "";

        public long? Ended { get; init; }

        public string? Outcome { get; init; }

        public string Result { get; init; } = "";
    }
}
