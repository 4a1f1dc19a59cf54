using NewsWatch.Core.Stories;
using NewsWatch.Core.Stories.Clusters;

namespace NewsWatch.Storage;

/// <summary>An article's place among the others.</summary>
/// <param name="Report">The first article that told the same fact.</param>
/// <param name="IsDoubtful">True where it joined that report narrowly.</param>
/// <param name="Why">One sentence.</param>
internal sealed record StoredPlacement(long Report, bool IsDoubtful, string Why);

/// <summary>Which report and story each article belongs to, and what a book of stories is read back from.</summary>
internal static class PlacementStore
{
    /// <summary>Keeps an article's place and what it changed for others.</summary>
    public static void Add(Session db, long article, string publisher, Placement placement, DateTimeOffset at)
    {
        db.Execute(
            """
            INSERT INTO placement (article, at, publisher, report, story, doubtful, why, fingerprint)
            VALUES (@article, @at, @publisher, @Report, @Story, @IsDoubtful, @Why, @fingerprint)
            """,
            new { article, at = UnixTime.Of(at), publisher, placement.Report, placement.Story, placement.IsDoubtful, placement.Why, fingerprint = placement.Fingerprint.ToArray() });
        foreach (var change in placement.Changes)
        {
            Change(db, change);
        }
    }

    /// <summary>An article's place; null for one that was never placed.</summary>
    public static StoredPlacement? Of(Session db, long article) =>
        db.Query<(long Report, bool IsDoubtful, string Why)>("SELECT report, doubtful, why FROM placement WHERE article = @article", new { article })
            .Select(row => new StoredPlacement(row.Report, row.IsDoubtful, row.Why))
            .FirstOrDefault();

    /// <summary>The thread of a story: where its first article is told; null for a story that has no article yet.</summary>
    /// <param name="story">The number of the story's first article.</param>
    public static long? ThreadOf(Session db, long story) => db.ExecuteScalar<long?>(
        "SELECT article.story FROM placement JOIN article ON article.id = placement.article WHERE placement.story = @story ORDER BY placement.article LIMIT 1",
        new { story });

    /// <summary>All that was placed since a time, in the order in which it was placed.</summary>
    public static IReadOnlyList<PlacedArticle> Since(Session db, DateTimeOffset since) =>
    [
        .. db.Query<(long Article, long At, string Publisher, long Report, long Story, byte[] Fingerprint)>(
                "SELECT article, at, publisher, report, story, fingerprint FROM placement WHERE at >= @since ORDER BY article", new { since = UnixTime.Of(since) })
            .Select(row => new PlacedArticle(row.Article, UnixTime.At(row.At), row.Publisher, row.Report, row.Story, row.Fingerprint)),
    ];

    private static void Change(Session db, StoryChange change) => db.Execute(
        change.Kind == StoryChangeKind.Merged
            ? "UPDATE placement SET story = @Story WHERE story = @Other"
            : "UPDATE placement SET story = @Other WHERE story = @Story AND report IN @Reports",
        new { change.Story, change.Other, change.Reports });
}
