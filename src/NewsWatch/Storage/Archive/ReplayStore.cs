using NewsWatch.Core.Alerts;
using NewsWatch.Core.Alerts.Replay;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Stories;

namespace NewsWatch.Storage.Archive;

/// <summary>The archive's readings of a window.</summary>
/// <param name="First">The number of its first reading; 0 where there is none.</param>
/// <param name="Last">The number of its last reading.</param>
/// <param name="From">When the first was decided; null where there is none.</param>
/// <param name="To">When the last was decided.</param>
internal sealed record ReplayWindow(long First, long Last, int Readings, DateTimeOffset? From, DateTimeOffset? To);

/// <summary>A reading with all that is needed to decide it again.</summary>
/// <param name="Article">What rules saw.</param>
/// <param name="Place">Where the article belonged.</param>
/// <param name="StoryKey">Null for a story that the archive no longer has.</param>
internal sealed record ReplayedReading(
    long Id, Article Article, ArticlePlace Place, string? StoryKey, bool IsDoubtful, string Source, DateTimeOffset At, DateTimeOffset FirstSeen, ReadingStage Stage, ArticleChange Change, string? Configuration);

/// <summary>An alert of the past, with the place of its article.</summary>
internal sealed record PastAlert(ArticlePlace Place, EarlierAlert Alert);

/// <summary>Reads back what was decided, page by page: for a backtest. Only reads.</summary>
internal static class ReplayStore
{
    private static readonly string[] Beside = [.. ((AlertReason[])[AlertReason.Correction, AlertReason.Withdrawal, AlertReason.DeadlineNear]).Select(StoredName.Of)];

    private const string Columns =
        """
        reading.id, reading.article, reading.story, reading.source, reading.at, reading.first_seen, reading.published, reading.stage, reading.change, reading.configuration,
        article.url, story.key AS story_key, placement.report, placement.doubtful,
        document.title, document.text, document.authors, document.section, document.language
        FROM reading
        JOIN article ON article.id = reading.article
        JOIN document ON document.id = reading.document
        LEFT JOIN story ON story.id = reading.story
        LEFT JOIN placement ON placement.article = reading.article
        """;

    /// <summary>The readings of a time.</summary>
    /// <param name="since">Null for the archive's beginning.</param>
    /// <param name="until">Null for its end.</param>
    public static ReplayWindow Window(Session db, DateTimeOffset? since, DateTimeOffset? until)
    {
        var found = db.QuerySingle<(long? First, long? Last, int Readings, long? From, long? To)>(
            "SELECT min(id), max(id), count(*), min(at), max(at) FROM reading WHERE (@since IS NULL OR at >= @since) AND (@until IS NULL OR at <= @until)",
            new { since = UnixTime.Of(since), until = UnixTime.Of(until) });
        return new(found.First ?? 0, found.Last ?? 0, found.Readings, UnixTime.At(found.From), UnixTime.At(found.To));
    }

    /// <summary>The next readings of a window, in the order in which they were decided.</summary>
    /// <param name="after">The number of the reading before them.</param>
    /// <returns>Unpacked one by one, when they are looked at.</returns>
    public static IEnumerable<ReplayedReading> Page(Session db, ReplayWindow window, long after, int most) =>
        db.Query<Row>($"SELECT {Columns} WHERE reading.id > @after AND reading.id <= @Last ORDER BY reading.id LIMIT @most", new { after, window.Last, most }).Select(row => row.ToReading());

    /// <summary>The next readings from before a window, of the stories that have readings in it, in the order in which they were decided.</summary>
    public static IEnumerable<ReplayedReading> Before(Session db, ReplayWindow window, long after, int most) =>
        db.Query<Row>(
                $"SELECT {Columns} WHERE reading.id > @after AND reading.id < @First AND reading.story IN (SELECT story FROM reading WHERE id BETWEEN @First AND @Last) ORDER BY reading.id LIMIT @most",
                new { after, window.First, window.Last, most })
            .Select(row => row.ToReading());

    /// <summary>One reading; null where retention took it meanwhile.</summary>
    public static ReplayedReading? Find(Session db, long id) =>
        db.Query<Row>($"SELECT {Columns} WHERE reading.id = @id", new { id }).Select(row => row.ToReading()).FirstOrDefault();

    /// <summary>All alerts from before a time, each with the place of its article.</summary>
    public static IEnumerable<PastAlert> AlertsBefore(Session db, DateTimeOffset time) => Alerts(db, "created < @time", new { time = UnixTime.Of(time) });

    /// <summary>The alerts of a window, those left out that no reading's words decide: <see cref="BesideReadings"/>.</summary>
    public static IEnumerable<(string Key, string Rule)> KeysOf(Session db, ReplayWindow window) => db.Query<(string Key, string Rule)>(
        "SELECT key, rule FROM alert WHERE created BETWEEN @from AND @to AND reason NOT IN @beside ORDER BY id", new { from = UnixTime.Of(window.From), to = UnixTime.Of(window.To), beside = Beside });

    /// <summary>Corrections, withdrawals and reminders of a window: versions that were compared, and the clock, have decided them.</summary>
    public static IReadOnlyList<PastAlert> BesideReadings(Session db, ReplayWindow window) =>
        [.. Alerts(db, "created BETWEEN @from AND @to AND reason IN @beside", new { from = UnixTime.Of(window.From), to = UnixTime.Of(window.To), beside = Beside })];

    /// <summary>All stories that were merged, with their threads and the reading that showed it.</summary>
    public static IReadOnlyList<ThreadMerge> Merges(Session db) =>
    [
        .. db.Query<(long? Reading, long One, long Other)>(
                """
                SELECT (SELECT min(id) FROM reading WHERE reading.article = story_event.article), one.story, other.story
                FROM story_event JOIN article AS one ON one.id = story_event.story JOIN article AS other ON other.id = story_event.other WHERE kind = 'merged' ORDER BY story_event.id
                """)
            .Select(row => new ThreadMerge(row.Reading ?? 0, row.One, row.Other)),
    ];

    /// <summary>The messages that alerts of a time went with.</summary>
    public static IReadOnlyList<PastMessage> MessagesOf(Session db, DateTimeOffset since, DateTimeOffset before) =>
    [
        .. db.Query<(string Subscriber, string Bundle, string Kind, long At)>(
                """
                SELECT subscriber, bundle, kind, max(coalesce(sent_at, due)) FROM delivery
                WHERE created >= @since AND created < @before AND kind IN ('alert', 'group', 'digest') AND state <> 'cancelled'
                GROUP BY subscriber, bundle, kind
                """,
                new { since = UnixTime.Of(since), before = UnixTime.Of(before) })
            .Select(row => new PastMessage(row.Subscriber, row.Kind == "alert" ? null : row.Bundle, UnixTime.At(row.At), row.Kind != "digest")),
    ];

    /// <summary>The configurations that decided readings of a window, in that order.</summary>
    public static IReadOnlyList<string> ConfigurationsOf(Session db, ReplayWindow window) => db.Query<string>(
        "SELECT configuration FROM reading WHERE id BETWEEN @First AND @Last AND configuration IS NOT NULL GROUP BY configuration ORDER BY min(id)", window);

    private static IEnumerable<PastAlert> Alerts(Session db, string which, object parameters) =>
        db.Query<(long Article, long Story, long? Report, string Key, string Rule, string Reason, int Step, string Severity, long Created)>(
                $"""
                SELECT alert.article, alert.story, placement.report, key, rule, reason, step, severity, created
                FROM alert LEFT JOIN placement ON placement.article = alert.article WHERE {which} ORDER BY alert.id
                """,
                parameters)
            .Select(row => new PastAlert(
                new(row.Article, row.Story, row.Report),
                new(row.Key, row.Rule, StoredName.To<AlertReason>(row.Reason), row.Step, StoredName.To<Severity>(row.Severity), UnixTime.At(row.Created))));

    private sealed class Row
    {
        public long Id { get; init; }

        public long Article { get; init; }

        public long Story { get; init; }

        public string Source { get; init; } = "";

        public long At { get; init; }

        public long FirstSeen { get; init; }

        public long? Published { get; init; }

        public string Stage { get; init; } = "";

        public string Change { get; init; } = "";

        public string? Configuration { get; init; }

        public string Url { get; init; } = "";

        public string? StoryKey { get; init; }

        public long? Report { get; init; }

        public long? Doubtful { get; init; }

        public string Title { get; init; } = "";

        public byte[] Text { get; init; } = [];

        public string Authors { get; init; } = "[]";

        public string Section { get; init; } = "";

        public string Language { get; init; } = "";

        public ReplayedReading ToReading()
        {
            var article = new Article
            {
                Url = Url,
                Title = Title,
                Text = PackedText.Unpack(Text),
                Authors = Authors == "[]" ? [] : StoredJson.Read<string[]>(Authors),
                Section = Section,
                Language = Language,
                Published = UnixTime.At(Published),
            };
            return new(
                Id, article, new(Article, Story, Report), StoryKey, Doubtful == 1, Source, UnixTime.At(At), UnixTime.At(FirstSeen), StoredName.To<ReadingStage>(Stage), StoredName.To<ArticleChange>(Change), Configuration);
        }
    }
}
