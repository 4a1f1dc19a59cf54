using NewsWatch.Core.Stories;
using NewsWatch.Core.Stories.Clusters;
using NewsWatch.Storage.Locks;

namespace NewsWatch.Storage.Stories;

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
        db.Write(
            """
            INSERT INTO placement (article, at, publisher, report, story, doubtful, why, fingerprint)
            VALUES (@article, @at, @publisher, @Report, @Story, @IsDoubtful, @Why, @fingerprint)
            """,
            new { article, at = UnixTime.Of(at), publisher, placement.Report, placement.Story, placement.IsDoubtful, placement.Why, fingerprint = placement.Fingerprint.ToArray() });
        foreach (var change in placement.Changes)
        {
            Change(db, change);
            StoryEventStore.Add(db, article, change, at);
        }
    }

    /// <summary>An article's place; null for one that was never placed.</summary>
    public static StoredPlacement? Of(Session db, long article)
    {
        var placed = db.Query<(long Report, bool IsDoubtful, string Why)>("SELECT report, doubtful, why FROM placement WHERE article = @article", new { article })
            .Select(row => new StoredPlacement(row.Report, row.IsDoubtful, row.Why))
            .FirstOrDefault();
        if (placed is not null)
        {
            db.Lock(LockKey.Book);
        }

        return placed;
    }

    /// <summary>
    /// The thread of a story: where its first article is told; null for a story that has no article yet. What it took along when it was split off another was
    /// told in that one's thread.
    /// </summary>
    /// <param name="story">The number of the story's first article, or of the one that split it off.</param>
    public static long? ThreadOf(Session db, long story) => db.ExecuteScalar<long?>(
        "SELECT article.story FROM placement JOIN article ON article.id = placement.article WHERE placement.story = @story AND placement.article >= @story ORDER BY placement.article LIMIT 1",
        new { story });

    /// <summary>A thread and those of the stories that were merged with its story, in the order in which they began.</summary>
    /// <param name="thread">The number of a thread; where stories are told by their headline, each is one thread.</param>
    public static IReadOnlyList<long> Merged(Session db, long thread)
    {
        List<long> threads =
        [
            .. db.Query<long>(
                    """
                    SELECT DISTINCT story FROM article WHERE id IN (
                      SELECT article FROM placement WHERE article >= story AND story IN (
                        SELECT story FROM placement WHERE article >= story AND article IN (SELECT id FROM article WHERE story = @thread)))
                    """,
                    new { thread })
                .Append(thread)
                .Distinct()
                .Order(),
        ];
        return threads.Count > 1 && db.Lock(LockKey.Book) ? Merged(db, thread) : threads;
    }

    /// <summary>How many reports and articles a thread's stories have, and when the first of them was seen. What was never placed is one report.</summary>
    public static (int Reports, int Articles, DateTimeOffset FirstSeen) Size(Session db, IReadOnlyList<long> threads)
    {
        var (reports, articles, seen) = db.QuerySingle<(long, long, long)>(
            """
            SELECT count(DISTINCT coalesce(placement.report, 0)), count(*), min(article.first_seen)
            FROM article LEFT JOIN placement ON placement.article = article.id WHERE article.story IN @threads
            """,
            new { threads });
        return ((int)reports, (int)articles, UnixTime.At(seen));
    }

    /// <summary>All that was placed since a time, in the order in which it was placed.</summary>
    public static IReadOnlyList<PlacedArticle> Since(Session db, DateTimeOffset since) => Placed(db, "at >= @since", new { since = UnixTime.Of(since) });

    /// <summary>An article and all that was placed after it, in the order in which it was placed.</summary>
    public static IReadOnlyList<PlacedArticle> From(Session db, long article) => Placed(db, "article >= @article", new { article });

    /// <summary>True where stories were merged or split by articles that were placed after this one.</summary>
    public static bool HasChangesAfter(Session db, long article) => db.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM story_event WHERE article > @article)", new { article });

    private static IReadOnlyList<PlacedArticle> Placed(Session db, string which, object parameters) =>
    [
        .. db.Query<(long Article, long At, string Publisher, long Report, long Story, byte[] Fingerprint)>(
                $"SELECT article, at, publisher, report, story, fingerprint FROM placement WHERE {which} ORDER BY article", parameters)
            .Select(row => new PlacedArticle(row.Article, UnixTime.At(row.At), row.Publisher, row.Report, row.Story, row.Fingerprint)),
    ];

    private static void Change(Session db, StoryChange change) => db.Write(
        change.Kind == StoryChangeKind.Merged
            ? "UPDATE placement SET story = @Story WHERE story = @Other"
            : "UPDATE placement SET story = @Other WHERE story = @Story AND report IN @Reports",
        new { change.Story, change.Other, change.Reports });
}
