using NewsWatch.Configuration;
using NewsWatch.Core.Changes;
using NewsWatch.Polling;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Stories;

namespace NewsWatch.Processing;

/// <summary>Commit 2 of a page, inside one write: its text and the alerts of it, or why it was not read and when it is asked for again.</summary>
/// <param name="now">When the page's answer was there.</param>
internal sealed class PageWriter(WatchConfiguration configuration, StoryShelf stories, DateTimeOffset now)
{
    private static readonly TimeSpan[] Again = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];

    /// <summary>A page is asked for so often in all before the feed's text stays.</summary>
    public static int MaxAttempts => Again.Length + 1;

    /// <summary>The page was read.</summary>
    /// <returns>The alerts that were decided on; null if the claim is not the latest: then nothing is written.</returns>
    public IReadOnlyList<ToldAlert>? Keep(Session db, ClaimedPage claimed, StoredArticle article, PageFetchResult.Matched matched)
    {
        StoryStore.Lock(db, article.Id);
        if (!PageQueue.Holds(db, claimed))
        {
            return null;
        }

        var done = new ArticleWriter(configuration, stories, now).SavePage(db, article, matched.Reading, matched.Page);
        PageQueue.Done(db, claimed, matched.Reading.Remark);
        PageWatchStore.Seen(db, article.Id, matched.Validators is { } validators ? StoredJson.Write(validators) : null);
        LookAgain(db, article.Id);
        BoilerplateStore.Add(db, matched.Page.Article.Url, matched.Page.Paragraphs, now);
        CrashPoint.Reached("commit2.inside");
        return done.Alerts;
    }

    /// <summary>The page is as it was, or could not be read.</summary>
    /// <returns>The withdrawals that were decided on; null if the claim is not the latest: then nothing is written.</returns>
    public IReadOnlyList<ToldAlert>? Leave(Session db, ClaimedPage claimed, StoredArticle article, PageFetchResult answer)
    {
        StoryStore.Lock(db, article.Id);
        if (!PageQueue.Holds(db, claimed))
        {
            return null;
        }

        if (answer is not PageFetchResult.Failed failed)
        {
            PageQueue.Done(db, claimed, null);
            LookAgain(db, article.Id);
            return [];
        }

        Fail(db, claimed, failed);
        if (failed.IsTold)
        {
            GivenUpNotice.Add(db, configuration, article.Source, "page", article.Article.Url, failed.Why, now);
        }

        return failed.Absent is { } status ? Missing(db, article, status) : [];
    }

    /// <summary>The page may not be asked for yet.</summary>
    public static void Later(Session db, ClaimedPage page, DateTimeOffset due)
    {
        StoryStore.Lock(db, page.Article);
        PageQueue.Later(db, page, due);
    }

    /// <summary>An alerted article's page is looked at at its own times; another is asked for again soon, <see cref="MaxAttempts"/> times in all.</summary>
    public void Fail(Session db, ClaimedPage page, PageFetchResult.Failed failed)
    {
        var isWatched = PageWatchStore.Find(db, page.Article) is not null;
        DateTimeOffset? due = isWatched || failed.ForGood || page.Attempts >= MaxAttempts ? null : now + Again[page.Attempts - 1];
        PageQueue.Failed(db, page, due, failed.Why);
        if (!failed.ForGood)
        {
            LookAgain(db, page.Article);
        }
    }

    /// <summary>A page that is gone withdraws what was alerted of it.</summary>
    private IReadOnlyList<ToldAlert> Missing(Session db, StoredArticle article, int status)
    {
        PageWatchStore.Missing(db, article.Id, now);
        var isGone = PageWatchStore.Find(db, article.Id) is { MissingSince: { } since } watch && PageAbsences.Of(status, watch.Missing, now - since) == PageAbsence.Gone;
        var told = isGone ? new ChangeWriter(configuration, now).Gone(db, article) : [];
        CrashPoint.Reached("commit2.inside");
        return told;
    }

    private void LookAgain(Session db, long article)
    {
        if (PageWatchStore.Find(db, article) is { } watch)
        {
            PageWatchStore.Next(db, article, watch, now);
        }
    }
}
