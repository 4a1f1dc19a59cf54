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
    ArticlePage pages,
    Bells bells,
    TimeProvider clock,
    ProcessMetrics metrics,
    ILogger<PageProcessor> log)
{
    private const int MostAtOnce = 8;
    private static readonly TimeSpan[] Again = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];

    /// <summary>Reads the pages that are due, at most 8; answers how many there were.</summary>
    public async Task<int> ProcessDueAsync(CancellationToken cancellation)
    {
        var claimed = await database.WriteAsync(db => PageQueue.Claim(db, clock.GetUtcNow(), MostAtOnce), cancellation);
        var configuration = configurations.Current;
        await Task.WhenAll(claimed.Select(page => ProcessAsync(page, configuration, cancellation)));
        return claimed.Count;
    }

    private async Task ProcessAsync(ClaimedPage page, WatchConfiguration configuration, CancellationToken cancellation)
    {
        try
        {
            var source = configuration.Sources.GetValueOrDefault(page.Article.Source);
            var answer = page.Attempts > Again.Length + 1
                ? new PageAnswer.Failed("reading it was started three times and never ended", ForGood: true)
                : await pages.ReadAsync(page.Article.Article.Url, source, Seen(page, source), cancellation);
            await KeepAsync(page, answer, configuration, cancellation);
        }
#pragma warning disable CA1031 // one page that cannot be read must not stop the others; it is asked for again, then left
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            PageFailed(log, failure, page.Article.Source, page.Article.Id, page.Attempts);
            await KeepAsync(page, new PageAnswer.Failed(failure.GetType().Name, ForGood: false), configuration, cancellation);
        }
    }

    private SeenBlocks? Seen(ClaimedPage page, Source? source) =>
        source is { DropRepeated: false } ? null : database.Read(db => HostMemoryStore.Find(db, page.Article.Article.Url));

    private Task KeepAsync(ClaimedPage page, PageAnswer answer, WatchConfiguration configuration, CancellationToken cancellation)
    {
        switch (answer)
        {
            case PageAnswer.Read read:
                return KeepAsync(page, read, configuration, cancellation);
            case PageAnswer.NotYet notYet:
                metrics.Page("throttled", 0);
                return database.WriteAsync(db => PageQueue.Later(db, page.Article.Id, notYet.Until), cancellation);
            default:
                var failed = (PageAnswer.Failed)answer;
                metrics.Page("failed", 0);
                DateTimeOffset? due = failed.ForGood || page.Attempts > Again.Length ? null : clock.GetUtcNow() + Again[page.Attempts - 1];
                return database.WriteAsync(db => PageQueue.Failed(db, page.Article.Id, due, failed.Why), cancellation);
        }
    }

    private async Task KeepAsync(ClaimedPage page, PageAnswer.Read read, WatchConfiguration configuration, CancellationToken cancellation)
    {
        var reading = Reading.OfPage(page.Article, read.Article, configuration);
        var committed = await database.WriteAsync(
            db =>
            {
                var done = new ArticleCommit(configuration, clock.GetUtcNow()).KeepPage(db, page.Article, reading, read.Article.Url);
                PageQueue.Done(db, page.Article.Id, reading.Remark);
                HostMemoryStore.Add(db, read.Article.Url, read.Paragraphs, clock.GetUtcNow());
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

    [LoggerMessage(Level = LogLevel.Error, Message = "The page of article {Article} of source {Source} failed in attempt {Attempt}")]
    private static partial void PageFailed(ILogger log, Exception failure, string source, long article, int attempt);
}
