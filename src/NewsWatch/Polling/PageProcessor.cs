using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using NewsWatch.Configuration;
using NewsWatch.Core.Articles;
using NewsWatch.Storage;

namespace NewsWatch.Polling;

/// <summary>
/// Reads the pages of articles whose feed gave a teaser: what the headline and summary matched was alerted already, so nothing waits for this.
/// A page that cannot be had is asked for three times in all; then the feed's text stays, marked partial.
/// </summary>
public sealed partial class PageProcessor(
    Database database,
    ConfigurationHolder configurations,
    ArticlePage articlePage,
    Bells bells,
    TimeProvider clock,
    ProcessMetrics metrics,
    ILogger<PageProcessor> log)
{
    private const int MostAtOnce = 8;
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan[] Again = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];

    /// <summary>Reads pages as they fall due, 8 at a time: one that does not answer holds up its own place alone.</summary>
    public Task RunAsync(CancellationToken cancellation) => ProcessAsync(DueAsync(endless: true, cancellation), cancellation);

    /// <summary>Reads the pages that are due; answers how many there were.</summary>
    public Task<int> ProcessDueAsync(CancellationToken cancellation) => ProcessAsync(DueAsync(endless: false, cancellation), cancellation);

    private async Task<int> ProcessAsync(IAsyncEnumerable<ClaimedPage> pages, CancellationToken cancellation)
    {
        var count = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(pages, options, async (page, either) =>
        {
            Interlocked.Increment(ref count);
            await ProcessAsync(page, configurations.Current, either);
        });
        return count;
    }

    private async IAsyncEnumerable<ClaimedPage> DueAsync(bool endless, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            if (await database.WriteAsync(db => PageQueue.Claim(db, clock.GetUtcNow()), cancellation) is { } page)
            {
                yield return page;
            }
            else if (endless)
            {
                await bells.Pages.WaitAsync(Sweep, clock, cancellation);
            }
            else
            {
                yield break;
            }
        }
    }

    private async Task ProcessAsync(ClaimedPage page, WatchConfiguration configuration, CancellationToken cancellation)
    {
        try
        {
            var article = database.Read(db => ArticleStore.Find(db, page.Article))!;
            var source = configuration.Sources.GetValueOrDefault(article.Source);
            var answer = page.Attempts > Again.Length + 1
                ? new PageAnswer.Failed("reading it was started three times and never ended", ForGood: true)
                : await articlePage.ReadAsync(article.Article.Url, source, Seen(article, source), cancellation);
            await (answer is PageAnswer.Read read ? KeepAsync(article, read.Page, configuration, cancellation) : LeaveAsync(page, answer, cancellation));
        }
#pragma warning disable CA1031 // one page that cannot be read must not stop the others; it is asked for again, then left
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            PageFailed(log, failure, page.Article, page.Attempts);
            await LeaveAsync(page, new PageAnswer.Failed(failure.GetType().Name, ForGood: false), cancellation);
        }
    }

    private SeenBlocks? Seen(StoredArticle article, Source? source) =>
        source is { DropRepeated: false } ? null : database.Read(db => HostMemoryStore.Find(db, article.Article.Url));

    private Task LeaveAsync(ClaimedPage page, PageAnswer answer, CancellationToken cancellation)
    {
        if (answer is PageAnswer.NotYet notYet)
        {
            metrics.Page("throttled", 0);
            return database.WriteAsync(db => PageQueue.Later(db, page.Article, notYet.Until), cancellation);
        }

        var failed = (PageAnswer.Failed)answer;
        metrics.Page("failed", 0);
        DateTimeOffset? due = failed.ForGood || page.Attempts > Again.Length ? null : clock.GetUtcNow() + Again[page.Attempts - 1];
        return database.WriteAsync(db => PageQueue.Failed(db, page.Article, due, failed.Why), cancellation);
    }

    private async Task KeepAsync(StoredArticle article, PageResult.Read page, WatchConfiguration configuration, CancellationToken cancellation)
    {
        var reading = Reading.OfPage(article, page.Article, configuration, cancellation);
        var committed = await database.WriteAsync(
            db =>
            {
                var done = new ArticleCommit(configuration, clock.GetUtcNow()).KeepPage(db, article, reading, page);
                PageQueue.Done(db, article.Id, reading.Remark);
                HostMemoryStore.Add(db, page.Article.Url, page.Paragraphs, clock.GetUtcNow());
                CrashPoint.Reached("commit2.inside");
                return done;
            },
            cancellation);
        CrashPoint.Reached("commit2.after");
        metrics.Page("read", committed.Alerts);
        if (committed.Alerts > 0)
        {
            bells.Deliveries.Ring();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The page of article {Article} failed in attempt {Attempt}")]
    private static partial void PageFailed(ILogger log, Exception failure, long article, int attempt);
}
