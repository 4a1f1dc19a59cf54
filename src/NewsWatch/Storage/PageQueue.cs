using Dapper;
using Microsoft.Data.Sqlite;

namespace NewsWatch.Storage;

/// <summary>An article whose page is to be read, leased to whoever reads this.</summary>
/// <param name="Article">Its number.</param>
/// <param name="Attempts">How often its page was asked for, this time included.</param>
internal sealed record ClaimedPage(long Article, int Attempts);

/// <summary>The articles whose pages are due.</summary>
internal static class PageQueue
{
    /// <summary>How long a claimed page belongs to its claimer.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>The article's page is to be read at <paramref name="due"/>; what was tried before is forgotten.</summary>
    public static void Schedule(SqliteConnection db, long article, DateTimeOffset due) => db.Execute(
        "UPDATE article SET page_due = @due, page_attempts = 0, page_error = NULL WHERE id = @article", new { article, due = UnixTime.Of(due) });

    /// <summary>Claims the page that has been due longest; null when none is.</summary>
    public static ClaimedPage? Claim(SqliteConnection db, DateTimeOffset now) =>
        db.QueryFirstOrDefault<(long Id, long Attempts)?>(
            """
            UPDATE article SET page_lease = @lease, page_attempts = page_attempts + 1
            WHERE id = (
              SELECT id FROM article
              WHERE page_due <= @now AND (page_lease IS NULL OR page_lease <= @now)
              ORDER BY page_due, id LIMIT 1)
            RETURNING id, page_attempts
            """,
            new { now = UnixTime.Of(now), lease = UnixTime.Of(now + Lease) }) is var (id, attempts)
            ? new ClaimedPage(id, (int)attempts)
            : null;

    /// <summary>When the next page is due; null when none is.</summary>
    public static DateTimeOffset? NextDue(SqliteConnection db) => UnixTime.At(db.ExecuteScalar<long?>("SELECT MIN(page_due) FROM article"));

    /// <summary>The page was read.</summary>
    /// <param name="remark">Why it changed nothing; null when it did.</param>
    public static void Done(SqliteConnection db, long article, string? remark) => db.Execute(
        "UPDATE article SET page_due = NULL, page_lease = NULL, page_attempts = 0, page_error = @remark WHERE id = @article", new { article, remark });

    /// <summary>The page could not be had: again at <paramref name="due"/>, or not again when that is null.</summary>
    public static void Failed(SqliteConnection db, long article, DateTimeOffset? due, string why) => db.Execute(
        "UPDATE article SET page_due = @due, page_lease = NULL, page_error = @why WHERE id = @article", new { article, due = UnixTime.Of(due), why });

    /// <summary>The page may not be asked for yet: that was no attempt.</summary>
    public static void Later(SqliteConnection db, long article, DateTimeOffset due) => db.Execute(
        "UPDATE article SET page_due = @due, page_lease = NULL, page_attempts = page_attempts - 1 WHERE id = @article", new { article, due = UnixTime.Of(due) });

    /// <summary>After a start: what the last process had claimed is free at once.</summary>
    public static void ReleaseAll(SqliteConnection db) => db.Execute("UPDATE article SET page_lease = NULL WHERE page_lease IS NOT NULL AND page_due IS NOT NULL");
}
