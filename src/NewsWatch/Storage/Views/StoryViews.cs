using NewsWatch.Core.Stories.Clusters;

namespace NewsWatch.Storage.Views;

/// <summary>A story in a list.</summary>
/// <param name="Key">Stable for ever, also after a restore from a backup.</param>
public sealed record StoryLine(long Id, string Key, string Title, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, int Articles, int Sources, int Alerts);

/// <summary>That a story and another turned out to be one, or one turned out to be two.</summary>
/// <param name="Other">The other one's thread, whose alerts stay there.</param>
public sealed record StoryChangeLine(DateTimeOffset At, StoryChangeKind Kind, long Other, string Title);

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

    /// <summary>The merges and splits between a story's thread and others, oldest first.</summary>
    public static IReadOnlyList<StoryChangeLine> Changes(Session db, long story) =>
    [
        .. db.Query<(long At, string Kind, long Other, string Title)>(
                """
                SELECT story_event.at, story_event.kind, other.id, other.title FROM story_event
                JOIN article AS stays ON stays.id = story_event.story
                JOIN article AS goes ON goes.id = story_event.other
                JOIN story AS other ON other.id = CASE WHEN stays.story = @story THEN goes.story ELSE stays.story END
                WHERE (stays.story = @story OR goes.story = @story) AND other.id <> @story
                ORDER BY story_event.id
                """,
                new { story })
            .Select(row => new StoryChangeLine(UnixTime.At(row.At), StoredName.To<StoryChangeKind>(row.Kind), row.Other, row.Title)),
    ];

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
