using NewsWatch.Core.Stories.Clusters;

namespace NewsWatch.Storage.Stories;

/// <summary>Stories that were merged or split, for the question "why is this in that story?".</summary>
internal static class StoryEventStore
{
    /// <summary>Keeps a merge or split with the article with which it showed.</summary>
    public static void Add(Session db, long article, StoryChange change, DateTimeOffset at) => db.Write(
        "INSERT INTO story_event (article, story, other, kind, why, at) VALUES (@article, @Story, @Other, @kind, @Why, @at)",
        new { article, change.Story, change.Other, kind = StoredName.Of(change.Kind), change.Why, at = UnixTime.Of(at) });

    /// <summary>The merges and splits of the story that an article is in now, and of those that were merged into it, oldest first.</summary>
    public static IReadOnlyList<(DateTimeOffset At, string Why)> OfArticle(Session db, long article) =>
    [
        .. db.Query<(long At, string Why)>(
                """
                WITH own AS (SELECT other.article FROM placement JOIN placement AS other ON other.story = placement.story WHERE placement.article = @article)
                SELECT at, why FROM story_event WHERE story IN (SELECT article FROM own) OR other IN (SELECT article FROM own) ORDER BY id
                """,
                new { article })
            .Select(row => (UnixTime.At(row.At), row.Why)),
    ];
}
