using NewsWatch.Core.Articles;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Articles;

namespace NewsWatch.Storage.Views;

/// <summary>An article in a list.</summary>
/// <param name="Rules">The rules that alerted about it.</param>
public sealed record ArticleLine(long Id, long Story, string Url, string Title, string Source, string Language, DateTimeOffset FirstSeen, DateTimeOffset? Published, IReadOnlyList<string> Rules);

/// <summary>An article with what is kept of it.</summary>
public sealed record ArticleSheet(long Id, long Story, string Source, DateTimeOffset FirstSeen, Article Article, IReadOnlyList<ReadingLine> Readings);

/// <summary>One time that rules saw an article.</summary>
/// <param name="Stage">headline, page, copy, live or kept.</param>
/// <param name="Change">What the reading was to its article: new, edit, copy, ...</param>
public sealed record ReadingLine(long Id, long Article, string Title, string Source, DateTimeOffset At, string Stage, string Change, string? Configuration);

/// <summary>What rules saw, with the source that brought it: what a query is tried on.</summary>
public sealed record TriedReading(long Article, string Url, string Title, string Text, string Authors, string Section, string Language, string Source, DateTimeOffset At);

/// <summary>Articles and their readings as the desk lists them.</summary>
internal static class ArticleViews
{
    private const string ReadingColumns =
        "reading.id, reading.article, document.title, reading.source, reading.at, reading.stage, reading.change, reading.configuration FROM reading JOIN document ON document.id = reading.document";

    /// <summary>The articles that came last, the newest first.</summary>
    /// <param name="before">The number of the last article of the page before; null for the first page.</param>
    public static IReadOnlyList<ArticleLine> Newest(Session db, string? source, long? before, int most) => WithRules(
        db,
        db.Query<Row>(
            $"""
            SELECT id, story, url, title, source, language, first_seen, published FROM article
            WHERE id < @before {(source is null ? "" : "AND source = @source")} ORDER BY id DESC LIMIT @most
            """,
            new { source, before = before ?? long.MaxValue, most }));

    /// <summary>Articles by number, in the order of the numbers.</summary>
    public static IReadOnlyList<ArticleLine> These(Session db, IReadOnlyList<long> ids)
    {
        var found = ids.Count == 0
            ? []
            : WithRules(db, db.Query<Row>("SELECT id, story, url, title, source, language, first_seen, published FROM article WHERE id IN @ids", new { ids })).ToDictionary(line => line.Id);
        return [.. ids.Where(found.ContainsKey).Select(id => found[id])];
    }

    /// <summary>The articles of a story, the first first.</summary>
    public static IReadOnlyList<ArticleLine> OfStory(Session db, long story) =>
        WithRules(db, db.Query<Row>("SELECT id, story, url, title, source, language, first_seen, published FROM article WHERE story = @story ORDER BY first_seen, id", new { story }));

    /// <summary>An article with its readings, or null.</summary>
    public static ArticleSheet? Find(Session db, long id) => ArticleStore.Find(db, id) is { } kept
        ? new(kept.Id, kept.Story, kept.Source, kept.FirstSeen, kept.Article, Readings(db, "WHERE reading.article = @id ORDER BY reading.id", new { id }))
        : null;

    /// <summary>The readings of a story's articles, the first first.</summary>
    public static IReadOnlyList<ReadingLine> ReadingsOfStory(Session db, long story) =>
        Readings(db, "JOIN article ON article.id = reading.article WHERE article.story = @story ORDER BY reading.id LIMIT 500", new { story });

    /// <summary>The document of a reading, or null.</summary>
    public static (long Article, string Title, string Text)? Seen(Session db, long reading) =>
        db.Query<(long Article, string Title, byte[] Text)>(
                "SELECT reading.article, document.title, document.text FROM reading JOIN document ON document.id = reading.document WHERE reading.id = @reading", new { reading })
            .Select(row => ((long, string, string)?)(row.Article, row.Title, PackedText.Unpack(row.Text)))
            .FirstOrDefault();

    /// <summary>The newest readings, one for each document, the newest first.</summary>
    public static IReadOnlyList<TriedReading> Latest(Session db, int most) =>
    [
        .. db.Query<TriedRow>(
                """
                SELECT reading.article, article.url, document.title, document.text, document.authors, document.section, document.language, reading.source, reading.at
                FROM reading JOIN document ON document.id = reading.document JOIN article ON article.id = reading.article
                ORDER BY reading.id DESC LIMIT @most
                """,
                new { most })
            .Select(row => row.ToTried()),
    ];

    /// <summary>When the newest article came; null when none is kept.</summary>
    public static DateTimeOffset? NewestSeen(Session db) => UnixTime.At(db.ExecuteScalar<long?>("SELECT max(first_seen) FROM article"));

    private static List<ReadingLine> Readings(Session db, string which, object parameters) =>
        [.. db.Query<ReadingRow>($"SELECT {ReadingColumns} {which}", parameters).Select(row => row.ToLine())];

    private static List<ArticleLine> WithRules(Session db, IEnumerable<Row> rows)
    {
        var found = rows.ToList();
        var rules = found.Count == 0
            ? Enumerable.Empty<(long Article, string Rule)>().ToLookup(row => row.Article, row => row.Rule)
            : db.Query<(long Article, string Rule)>(
                    "SELECT DISTINCT article, rule FROM alert WHERE story IN @stories", new { stories = found.Select(row => row.Story).Distinct() })
                .ToLookup(row => row.Article, row => row.Rule);
        return [.. found.Select(row => row.ToLine([.. rules[row.Id]]))];
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public long Story { get; init; }

        public string Url { get; init; } = "";

        public string Title { get; init; } = "";

        public string Source { get; init; } = "";

        public string Language { get; init; } = "";

        public long FirstSeen { get; init; }

        public long? Published { get; init; }

        public ArticleLine ToLine(IReadOnlyList<string> rules) => new(Id, Story, Url, Title, Source, Language, UnixTime.At(FirstSeen), UnixTime.At(Published), rules);
    }

    private sealed class ReadingRow
    {
        public long Id { get; init; }

        public long Article { get; init; }

        public string Title { get; init; } = "";

        public string Source { get; init; } = "";

        public long At { get; init; }

        public string Stage { get; init; } = "";

        public string Change { get; init; } = "";

        public string? Configuration { get; init; }

        public ReadingLine ToLine() => new(Id, Article, Title, Source, UnixTime.At(At), Stage, Change, Configuration);
    }

    private sealed class TriedRow
    {
        public long Article { get; init; }

        public string Url { get; init; } = "";

        public string Title { get; init; } = "";

        public byte[] Text { get; init; } = [];

        public string Authors { get; init; } = "[]";

        public string Section { get; init; } = "";

        public string Language { get; init; } = "";

        public string Source { get; init; } = "";

        public long At { get; init; }

        public TriedReading ToTried() =>
            new(Article, Url, Title, PackedText.Unpack(Text), string.Join(", ", StoredJson.Read<string[]>(Authors)), Section, Language, Source, UnixTime.At(At));
    }
}
