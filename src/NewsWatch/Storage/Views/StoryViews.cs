
namespace NewsWatch.Storage.Views;

/// <summary>A story in a list.</summary>
/// <param name="Key">Stable for ever, also after a restore from a backup.</param>
public sealed record StoryLine(long Id, string Key, string Title, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, int Articles, int Sources, int Alerts);

/// <summary>Stories as the desk lists them.</summary>
internal static class StoryViews
{
    private const string Columns =
        """
        id, key, title, first_seen, last_seen, (SELECT count(*) FROM article WHERE article.story = story.id) AS articles,
        (SELECT count(DISTINCT source) FROM article WHERE article.story = story.id) AS sources, (SELECT count(*) FROM alert WHERE alert.story = story.id) AS alerts
        """;

    /// <summary>Stories, the one with the newest report first.</summary>
    /// <param name="alerted">True for those with an alert alone.</param>
    /// <param name="before">The number of the last story of the page before; null for the first page.</param>
    public static IReadOnlyList<StoryLine> List(Session db, bool alerted, long? before, int most) =>
    [
        .. db.Query<Row>(
                $"""
                SELECT {Columns} FROM story
                WHERE 1 = 1 {(alerted ? "AND EXISTS (SELECT 1 FROM alert WHERE alert.story = story.id)" : "")}
                  {(before is null ? "" : "AND (last_seen, id) < (SELECT last_seen, id FROM story WHERE id = @before)")}
                ORDER BY last_seen DESC, id DESC LIMIT @most
                """,
                new { before, most })
            .Select(row => row.ToLine()),
    ];

    /// <summary>The story with this number, or null.</summary>
    public static StoryLine? Find(Session db, long id) => db.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM story WHERE id = @id", new { id })?.ToLine();

    private sealed class Row
    {
        public long Id { get; init; }

        public string Key { get; init; } = "";

        public string Title { get; init; } = "";

        public long FirstSeen { get; init; }

        public long LastSeen { get; init; }

        public long Articles { get; init; }

        public long Sources { get; init; }

        public long Alerts { get; init; }

        public StoryLine ToLine() => new(Id, Key, Title, UnixTime.At(FirstSeen), UnixTime.At(LastSeen), (int)Articles, (int)Sources, (int)Alerts);
    }
}
