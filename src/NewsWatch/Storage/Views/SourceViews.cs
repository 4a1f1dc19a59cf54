
namespace NewsWatch.Storage.Views;

/// <summary>How a source is.</summary>
/// <param name="State">ok, failing, stale or gone.</param>
/// <param name="Why">One sentence; empty when nothing is wrong.</param>
public sealed record SourceLine(
    string Id, string State, DateTimeOffset Since, string Why, int Failures, DateTimeOffset? LastPoll, DateTimeOffset? LastSuccess, DateTimeOffset? LastItem, DateTimeOffset NextDue, string? MovedTo);

/// <summary>An entry that a source showed.</summary>
/// <param name="State">baseline, old, new, done or failed.</param>
/// <param name="Title">Of its article; null when it made none.</param>
public sealed record ItemLine(string Key, string State, DateTimeOffset FirstSeen, string? Outcome, long? Article, string? Title);

/// <summary>The number of sources and deliveries in each state, of items that wait, and the newest alert. Every page shows and follows them.</summary>
/// <param name="NewestAlert">The number of the newest alert; 0 when there is none.</param>
/// <param name="NewestReading">The number of the newest reading; 0 when there is none.</param>
public sealed record Counts(IReadOnlyDictionary<string, int> Sources, IReadOnlyDictionary<string, int> Deliveries, long WaitingItems, long NewestAlert, long NewestReading);

/// <summary>Sources as the desk lists them.</summary>
internal static class SourceViews
{
    private const string Columns =
        """
        id, state, state_since AS since, coalesce(nullif(state_reason, ''), last_error, '') AS why, failures, last_poll, last_success, last_item, next_due, moved_to
        FROM source JOIN due ON due.source = source.id
        """;

    /// <summary>All configured sources: those with trouble first.</summary>
    public static IReadOnlyList<SourceLine> All(Session db) =>
        [.. db.Query<Row>($"SELECT {Columns} WHERE configured = 1 ORDER BY CASE WHEN state = 'ok' THEN 1 ELSE 0 END, CASE WHEN failures = 0 THEN 1 ELSE 0 END, id").Select(row => row.ToLine())];

    /// <summary>The configured sources that are failing, silent or gone.</summary>
    public static IReadOnlyList<SourceLine> WithTrouble(Session db) =>
        [.. db.Query<Row>($"SELECT {Columns} WHERE configured = 1 AND state <> 'ok' ORDER BY failures = 0, id").Select(row => row.ToLine())];

    /// <summary>The source with this id, or null.</summary>
    public static SourceLine? Find(Session db, string id) => db.QueryFirstOrDefault<Row>($"SELECT {Columns} WHERE id = @id", new { id })?.ToLine();

    /// <summary>The entries that a source showed last, the newest first.</summary>
    public static IReadOnlyList<ItemLine> Items(Session db, string source, int most) =>
    [
        .. db.Query<ItemRow>(
                """
                SELECT item.key, item.state, item.first_seen, item.outcome, item.article, article.title FROM item LEFT JOIN article ON article.id = item.article
                WHERE item.source = @source ORDER BY item.last_seen DESC, item.id DESC LIMIT @most
                """,
                new { source, most })
            .Select(row => new ItemLine(row.Key, row.State, UnixTime.At(row.FirstSeen), row.Outcome, row.Article, row.Title)),
    ];

    /// <summary>What every page shows.</summary>
    public static Counts Count(Session db) => new(
        db.Query<(string State, long Count)>("SELECT state, count(*) FROM source WHERE configured = 1 GROUP BY state").ToDictionary(row => row.State, row => (int)row.Count),
        db.Query<(string State, long Count)>(
                $"""
                SELECT 'pending', count(*) FROM delivery {db.Hint("delivery_next")} WHERE state = 'pending' UNION ALL SELECT 'held', count(*) FROM delivery {db.Hint("delivery_held")} WHERE state = 'held'
                UNION ALL SELECT 'leased', count(*) FROM delivery {db.Hint("delivery_leased")} WHERE state = 'leased' UNION ALL SELECT 'dead', count(*) FROM delivery {db.Hint("delivery_dead")} WHERE state = 'dead'
                """)
            .ToDictionary(row => row.State, row => (int)row.Count),
        db.ExecuteScalar<long>("SELECT count(*) FROM item WHERE state = 'new'"),
        db.ExecuteScalar<long?>("SELECT max(id) FROM alert") ?? 0,
        db.ExecuteScalar<long?>("SELECT max(id) FROM reading") ?? 0);

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string State { get; init; } = "";

        public long Since { get; init; }

        public string Why { get; init; } = "";

        public long Failures { get; init; }

        public long? LastPoll { get; init; }

        public long? LastSuccess { get; init; }

        public long? LastItem { get; init; }

        public long NextDue { get; init; }

        public string? MovedTo { get; init; }

        public SourceLine ToLine() =>
            new(Id, State, UnixTime.At(Since), Why, (int)Failures, UnixTime.At(LastPoll), UnixTime.At(LastSuccess), UnixTime.At(LastItem), UnixTime.At(NextDue), MovedTo);
    }

    private sealed class ItemRow
    {
        public string Key { get; init; } = "";

        public string State { get; init; } = "";

        public long FirstSeen { get; init; }

        public string? Outcome { get; init; }

        public long? Article { get; init; }

        public string? Title { get; init; }
    }
}
