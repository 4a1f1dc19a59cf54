namespace NewsWatch.Storage.Articles;

/// <summary>An article whose page is looked at again because it was alerted.</summary>
/// <param name="Began">When it was alerted first.</param>
/// <param name="Missing">How many looks in a row found no page.</param>
/// <param name="MissingSince">When the first of them was.</param>
/// <param name="Validators">JSON of the last good look; null for none.</param>
internal sealed record PageWatchRow(DateTimeOffset Began, int Missing, DateTimeOffset? MissingSince, string? Validators);

/// <summary>Pages of alerted articles: when they are looked at again, and what was found missing.</summary>
internal static class PageWatchStore
{
    /// <summary>How long after the alert a page is looked at again: six requests at most.</summary>
    private static readonly TimeSpan[] Looks =
        [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24), TimeSpan.FromHours(72)];

    /// <summary>The article was alerted: its page is looked at again from now on, if it is not already.</summary>
    public static void Begin(Session db, long article, DateTimeOffset now)
    {
        if (db.Execute("INSERT INTO page_watch (article, began) VALUES (@article, @now) ON CONFLICT (article) DO NOTHING", new { article, now = UnixTime.Of(now) }) > 0)
        {
            PageQueue.LookAgain(db, article, now + Looks[0]);
        }
    }

    /// <summary>The watch on an article's page; null for none.</summary>
    public static PageWatchRow? Find(Session db, long article) =>
        db.Query<(long Began, long Missing, long? Since, string? Validators)>("SELECT began, missing, missing_since, validators FROM page_watch WHERE article = @article", new { article })
            .Select(row => new PageWatchRow(UnixTime.At(row.Began), (int)row.Missing, UnixTime.At(row.Since), row.Validators)).FirstOrDefault();

    /// <summary>A look has ended: the next one, as long as there is one. Those that were missed are not made up for, and two are at least 5 minutes apart.</summary>
    public static void Next(Session db, long article, PageWatchRow watch, DateTimeOffset now)
    {
        var next = Array.FindIndex(Looks, look => watch.Began + look > now + Looks[0]);
        if (next >= 0)
        {
            PageQueue.LookAgain(db, article, watch.Began + Looks[next]);
        }
    }

    /// <summary>The page is there.</summary>
    public static void Seen(Session db, long article, string? validators) =>
        db.Write("UPDATE page_watch SET missing = 0, missing_since = NULL, validators = @validators WHERE article = @article", new { article, validators });

    /// <summary>The page is not there.</summary>
    public static void Missing(Session db, long article, DateTimeOffset now) =>
        db.Write("UPDATE page_watch SET missing = missing + 1, missing_since = coalesce(missing_since, @now) WHERE article = @article", new { article, now = UnixTime.Of(now) });
}
