using NewsWatch.Core.Alerts;

namespace NewsWatch.Storage.Views;

/// <summary>Which alerts are asked for; null asks for all.</summary>
/// <param name="Before">The number of the last alert of the page before; null for the first page.</param>
public sealed record AlertAsked(string? Rule = null, Severity? Severity = null, DateTimeOffset? Since = null, long? Before = null, int Most = 50);

/// <summary>An alert with its content and how far its deliveries are.</summary>
/// <param name="States">How many deliveries are in each state.</param>
public sealed record AlertLine(long Id, DateTimeOffset Created, string Configuration, AlertContent Content, IReadOnlyDictionary<string, int> States);

/// <summary>How many alerts of a severity were decided in one hour.</summary>
public sealed record AlertHour(int HoursAgo, Severity Severity, int Count);

/// <summary>A rule's alerts.</summary>
public sealed record RuleTally(string Rule, int Alerts, DateTimeOffset Last);

/// <summary>Alerts as the desk lists them.</summary>
internal static class AlertViews
{
    private const long Hour = 3_600_000;

    /// <summary>Alerts, the newest first.</summary>
    public static IReadOnlyList<AlertLine> List(Session db, AlertAsked asked) => WithStates(
        db,
        db.Query<Row>(
            $"""
            SELECT id, created, configuration, content FROM alert
            WHERE created >= @since {(asked.Rule is null ? "" : "AND rule = @Rule")} {(asked.Severity is null ? "" : "AND severity = @severity")}
              {(asked.Before is null ? "" : "AND (created, id) < (SELECT created, id FROM alert WHERE id = @Before)")}
            ORDER BY created DESC, id DESC LIMIT @Most
            """,
            new { since = UnixTime.Of(asked.Since) ?? 0, asked.Rule, severity = asked.Severity is { } severity ? StoredName.Of(severity) : null, asked.Before, asked.Most }));

    /// <summary>The alert with this number, or null.</summary>
    public static AlertLine? Find(Session db, long id) =>
        WithStates(db, db.Query<Row>("SELECT id, created, configuration, content FROM alert WHERE id = @id", new { id })).FirstOrDefault();

    /// <summary>The alerts of a story, the first first.</summary>
    public static IReadOnlyList<AlertLine> OfStory(Session db, long story) =>
        WithStates(db, db.Query<Row>("SELECT id, created, configuration, content FROM alert WHERE story = @story ORDER BY id", new { story }));

    /// <summary>The alerts about an article, the first first.</summary>
    public static IReadOnlyList<AlertLine> OfArticle(Session db, long article, long story) =>
        [.. OfStory(db, story).Where(alert => alert.Content.Article.Id == article)];

    /// <summary>Alerts of the last 24 hours, by hour and severity.</summary>
    public static IReadOnlyList<AlertHour> Hours(Session db, DateTimeOffset now) =>
    [
        .. db.Query<(long Ago, string Severity, long Count)>(
                "SELECT (@now - created) / @Hour AS ago, severity, count(*) AS number FROM alert WHERE created > @since AND created <= @now GROUP BY ago, severity",
                new { now = UnixTime.Of(now), since = UnixTime.Of(now) - (24 * Hour), Hour })
            .Select(row => new AlertHour((int)row.Ago, StoredName.To<Severity>(row.Severity), (int)row.Count)),
    ];

    /// <summary>How often each rule alerted since a time.</summary>
    public static IReadOnlyDictionary<string, RuleTally> Tallies(Session db, DateTimeOffset since) =>
        db.Query<(string Rule, long Alerts, long Last)>("SELECT rule, count(*), max(created) FROM alert WHERE created >= @since GROUP BY rule", new { since = UnixTime.Of(since) })
            .ToDictionary(row => row.Rule, row => new RuleTally(row.Rule, (int)row.Alerts, UnixTime.At(row.Last)));

    /// <summary>How often one rule alerted on each of the last days, today last.</summary>
    public static IReadOnlyList<int> Days(Session db, string rule, DateTimeOffset now, int days)
    {
        var counts = new int[days];
        foreach (var (ago, count) in db.Query<(long Ago, long Count)>(
            "SELECT (@now - created) / (24 * @Hour) AS ago, count(*) AS number FROM alert WHERE rule = @rule AND created > @since AND created <= @now GROUP BY ago",
            new { rule, now = UnixTime.Of(now), since = UnixTime.Of(now) - (days * 24 * Hour), Hour }))
        {
            counts[days - 1 - (int)ago] = (int)count;
        }

        return counts;
    }

    private static List<AlertLine> WithStates(Session db, IEnumerable<Row> rows)
    {
        var found = rows.ToList();
        var states = found.Count == 0
            ? Enumerable.Empty<(long Alert, string State, long Count)>().ToLookup(row => row.Alert)
            : db.Query<(long Alert, string State, long Count)>("SELECT alert, state, count(*) FROM delivery WHERE alert IN @ids GROUP BY alert, state", new { ids = found.Select(row => row.Id) })
                .ToLookup(row => row.Alert);
        return [.. found.Select(row => new AlertLine(
            row.Id, UnixTime.At(row.Created), row.Configuration, StoredJson.Read<AlertContent>(row.Content), states[row.Id].ToDictionary(state => state.State, state => (int)state.Count)))];
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public long Created { get; init; }

        public string Configuration { get; init; } = "";

        public string Content { get; init; } = "";
    }
}
