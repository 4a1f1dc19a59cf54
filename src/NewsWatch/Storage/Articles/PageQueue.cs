using System.Globalization;
using NewsWatch.Storage.Replicas;
using NewsWatch.Storage.Work;

namespace NewsWatch.Storage.Articles;

/// <summary>An article whose page is due.</summary>
/// <param name="Url">Where its page is.</param>
/// <param name="Shard">The shard of its host, as far as it is known.</param>
internal sealed record DuePage(long Article, string Url, long Shard);

/// <summary>An article whose page is read by the process that claimed it.</summary>
/// <param name="Article">Its number.</param>
/// <param name="Url">Where its page is.</param>
/// <param name="Attempts">How often its page was asked for, this time included.</param>
/// <param name="Fence">The number of this claim.</param>
internal sealed record ClaimedPage(long Article, string Url, int Attempts, long Fence)
{
    /// <summary>What ends when the page is read.</summary>
    public Lease Lease => new(Stage.Page, Article.ToString(CultureInfo.InvariantCulture), Fence);
}

/// <summary>The articles whose pages are due.</summary>
internal static class PageQueue
{
    private static readonly string IsFree = ReplicaStore.IsDead("page.replica");

    /// <summary>The article's page is to be read at <paramref name="due"/>; earlier attempts are forgotten.</summary>
    /// <param name="shard">The shard of its host; where it is another one, whoever finds it says so.</param>
    public static void Schedule(Session db, long article, DateTimeOffset due, long shard = 0) => db.Write(
        "INSERT INTO page (article, due, shard) VALUES (@article, @due, @shard) ON CONFLICT (article) DO UPDATE SET due = excluded.due, shard = excluded.shard, attempts = 0, error = NULL",
        new { article, due = UnixTime.Of(due), shard });

    /// <summary>The page of an alerted article is looked at again at <paramref name="due"/>, unless it is to be read anyway.</summary>
    public static void LookAgain(Session db, long article, DateTimeOffset due) => db.Write(
        "INSERT INTO page (article, due) VALUES (@article, @due) ON CONFLICT (article) DO UPDATE SET due = excluded.due, attempts = 0 WHERE page.due IS NULL",
        new { article, due = UnixTime.Of(due) });

    /// <summary>The pages of this process's shards that are due and free, longest due first.</summary>
    public static IReadOnlyList<DuePage> Due(Session db, Leases leases, DateTimeOffset now, int most) =>
    [
        .. db.Query<DuePage>(
            $"""
            SELECT page.article, url, shard FROM page JOIN article ON article.id = page.article
            WHERE due <= @now AND {IsFree}{OfShards(leases)} ORDER BY due, page.article LIMIT @most
            """,
            new { now = UnixTime.Of(now), replica = leases.Replica, most, shards = leases.Share.Shards }),
    ];

    private static string OfShards(Leases leases) => leases.Share.Shards is null ? "" : " AND shard IN @shards";

    /// <summary>Claims these pages, as far as they are still due and free.</summary>
    public static IReadOnlyList<ClaimedPage> Claim(Session db, Leases leases, IEnumerable<long> articles, DateTimeOffset now) =>
    [
        .. db.Query<(long Article, string Url, long Attempts, long Fence)>(
                $"""
                UPDATE page SET replica = @replica, fence = fence + 1, attempts = attempts + 1
                WHERE article IN (SELECT article FROM page WHERE article IN @articles AND due <= @now AND {IsFree}{db.SkipLocked})
                RETURNING article, (SELECT url FROM article AS named WHERE named.id = page.article), attempts, fence
                """,
                new { now = UnixTime.Of(now), replica = leases.Replica, articles })
            .Select(row => new ClaimedPage(row.Article, row.Url, (int)row.Attempts, row.Fence)),
    ];

    /// <summary>Ends leases whose reading could not be written down: no attempt of theirs.</summary>
    public static void GiveBack(Session db, IEnumerable<Lease> leases) => db.Write(
        "UPDATE page SET replica = NULL, fence = fence + 1, attempts = attempts - 1 WHERE article = @article AND fence = @Fence",
        leases.Select(lease => new { article = long.Parse(lease.Key, CultureInfo.InvariantCulture), lease.Fence }));

    /// <summary>Pages whose hosts belong to other shards than their rows say.</summary>
    public static void SetShards(Session db, IEnumerable<(long Article, long Shard)> shards) =>
        db.Write($"UPDATE page SET shard = @shard WHERE article IN (SELECT article FROM page WHERE article = @article{db.SkipLocked})", shards.Select(one => new { article = one.Article, shard = one.Shard }));

    /// <summary>These pages may not be asked for yet: no attempt.</summary>
    public static void PutOff(Session db, IEnumerable<(long Article, DateTimeOffset Due)> pages) => db.Write(
        $"UPDATE page SET due = @due WHERE article IN (SELECT article FROM page WHERE article = @article AND due < @due{db.SkipLocked})", pages.Select(page => new { article = page.Article, due = UnixTime.Of(page.Due) }));

    /// <summary>True while the claim is the page's latest.</summary>
    public static bool Holds(Session db, ClaimedPage page) =>
        db.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM page WHERE article = @Article AND fence = @Fence)", new { page.Article, page.Fence });

    /// <summary>When the next page is due that is free and of this process's shards; null when none is.</summary>
    public static DateTimeOffset? NextDue(Session db, Leases leases) => UnixTime.At(db.ExecuteScalar<long?>(
        $"SELECT MIN(due) FROM page WHERE {IsFree}{OfShards(leases)}", new { replica = leases.Replica, shards = leases.Share.Shards }));

    /// <summary>The page was read.</summary>
    /// <param name="remark">Why it changed nothing; null when it did.</param>
    public static void Done(Session db, ClaimedPage page, string? remark) => db.Write(
        "UPDATE page SET due = NULL, replica = NULL, attempts = 0, error = @remark WHERE article = @Article AND fence = @Fence",
        new { page.Article, page.Fence, remark });

    /// <summary>The page was not read: again at <paramref name="due"/>, or not again when that is null.</summary>
    public static void Failed(Session db, ClaimedPage page, DateTimeOffset? due, string why) => db.Write(
        "UPDATE page SET due = @due, replica = NULL, error = @why WHERE article = @Article AND fence = @Fence",
        new { page.Article, page.Fence, due = UnixTime.Of(due), why });

    /// <summary>The page may not be asked for yet: the claim was no attempt.</summary>
    public static void Later(Session db, ClaimedPage page, DateTimeOffset due) => db.Write(
        "UPDATE page SET due = @due, replica = NULL, attempts = attempts - 1 WHERE article = @Article AND fence = @Fence",
        new { page.Article, page.Fence, due = UnixTime.Of(due) });
}
