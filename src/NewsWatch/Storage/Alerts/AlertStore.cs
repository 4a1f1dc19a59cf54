using NewsWatch.Core.Alerts;
using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Storage.Alerts;

/// <summary>Alerts: decisions to tell, each with everything it says.</summary>
internal static class AlertStore
{
    /// <summary>An alert's key: stable for ever, because message ids are made of it.</summary>
    public static string KeyOf(string rule, string storyKey, AlertReason reason, int step) => $"{rule}/{storyKey}/{StoredName.Of(reason)}/{step}";

    /// <summary>What was alerted before about a story, by all rules, in the order it was decided.</summary>
    public static IReadOnlyList<EarlierAlert> OfStory(Session db, long story) => Earlier(db, [story], 0, null);

    /// <summary>
    /// What was alerted before about an article's story, and about its report in whatever story, by all rules, in the order it was decided:
    /// a report that came to another story is not told there again.
    /// </summary>
    /// <param name="threads">The story's threads: more than one where stories were merged.</param>
    /// <param name="report">Null for an article that was never placed: its story is one report.</param>
    public static IReadOnlyList<EarlierAlert> Earlier(Session db, IReadOnlyList<long> threads, long article, long? report) =>
    [
        .. db.Query<Row>(
                """
                SELECT key, rule, reason, step, severity, created, alert.article, placement.report
                FROM alert LEFT JOIN placement ON placement.article = alert.article
                WHERE alert.story IN @threads OR alert.article IN (SELECT article FROM placement WHERE report = @report)
                ORDER BY id
                """,
                new { report, threads })
            .Select(row => new EarlierAlert(
                row.Key, row.Rule, StoredName.To<AlertReason>(row.Reason), (int)row.Step, StoredName.To<Severity>(row.Severity), UnixTime.At(row.Created))
            {
                IsOfReport = report is null || row.Report is null || row.Report == report,
                IsOfArticle = row.Article == article,
            }),
    ];

    /// <summary>The latest alerts of a rule about a story, the oldest first, each with its article's report.</summary>
    public static IReadOnlyList<(AlertContent Content, long? Report)> Latest(Session db, IReadOnlyList<long> threads, string rule, int most) =>
    [
        .. db.Query<(string Content, long? Report)>(
                """
                SELECT content, placement.report FROM alert LEFT JOIN placement ON placement.article = alert.article
                WHERE alert.story IN @threads AND rule = @rule ORDER BY id DESC LIMIT @most
                """,
                new { rule, most, threads })
            .Select(row => (StoredJson.Read<AlertContent>(row.Content), row.Report))
            .Reverse(),
    ];

    /// <summary>The newest alerts of rules, with the time of each; those that a silence kept from everybody are left out.</summary>
    public static IReadOnlyList<(DateTimeOffset Created, AlertContent Content)> Newest(Session db, IReadOnlyList<string> rules, int most) =>
    [
        .. db.Query<(long Created, string Content)>(
                """
                SELECT created, content FROM alert
                WHERE rule IN @rules AND (NOT EXISTS (SELECT 1 FROM silenced WHERE silenced.alert = alert.id) OR EXISTS (SELECT 1 FROM delivery WHERE delivery.alert = alert.id))
                ORDER BY created DESC, id DESC LIMIT @most
                """,
                new { rules, most })
            .Select(row => (UnixTime.At(row.Created), StoredJson.Read<AlertContent>(row.Content))),
    ];

    /// <summary>What an alert says.</summary>
    public static AlertContent ContentOf(Session db, long alert) =>
        StoredJson.Read<AlertContent>(db.QuerySingle<string>("SELECT content FROM alert WHERE id = @alert", new { alert }));

    /// <summary>The rules that alerted, by the article's number.</summary>
    public static ILookup<long, string> RulesByArticle(Session db) =>
        db.Query<(long Article, string Rule)>("SELECT article, rule FROM alert ORDER BY id").ToLookup(row => row.Article, row => row.Rule);

    /// <summary>Stores an alert; returns its number.</summary>
    /// <remarks>The database refuses a key that exists: then the caller did not check the earlier alerts.</remarks>
    public static long Add(Session db, AlertContent content, string configuration, DateTimeOffset now) =>
        db.ExecuteScalar<long>(
            """
            INSERT INTO alert (key, rule, story, reason, step, article, severity, created, configuration, content)
            VALUES (@Key, @rule, @Story, @reason, @Step, @article, @severity, @now, @configuration, @content)
            RETURNING id
            """,
            new
            {
                content.Key,
                rule = content.Rule.Id,
                content.Story,
                reason = StoredName.Of(content.Reason),
                content.Step,
                article = content.Article.Id,
                severity = StoredName.Of(content.Severity),
                now = UnixTime.Of(now),
                configuration,
                content = StoredJson.Write(content),
            });

    /// <summary>The alerts of a story, or of one report in it, that nobody was sent yet.</summary>
    public static IReadOnlyList<(long Id, AlertContent Content)> Waiting(Session db, long story, long? report) =>
    [
        .. db.Query<(long Id, string Content)>(
                $"""
                SELECT id, content FROM alert
                WHERE story = @story AND (@report IS NULL OR article IN (SELECT article FROM placement WHERE report = @report)) AND EXISTS (SELECT 1 FROM delivery WHERE delivery.alert = alert.id)
                  AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.alert = alert.id AND {Outbox.Closed})
                """,
                new { story, report })
            .Select(row => (row.Id, StoredJson.Read<AlertContent>(row.Content))),
    ];

    /// <summary>Whom an alert goes to.</summary>
    public static IReadOnlyList<string> SubscribersOf(Session db, long id) => db.Query<string>("SELECT DISTINCT subscriber FROM delivery WHERE alert = @id", new { id });

    /// <summary>Changes what an alert says, as long as nobody was sent it.</summary>
    public static void Rewrite(Session db, long id, AlertContent content) =>
        db.Write("UPDATE alert SET content = @content WHERE id = @id", new { id, content = StoredJson.Write(content) });

    private sealed class Row
    {
        public string Key { get; init; } = "";

        public string Rule { get; init; } = "";

        public string Reason { get; init; } = "";

        public long Step { get; init; }

        public string Severity { get; init; } = "";

        public long Created { get; init; }

        public long Article { get; init; }

        public long? Report { get; init; }
    }
}
