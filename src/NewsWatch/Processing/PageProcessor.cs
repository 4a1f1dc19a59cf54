using Microsoft.Extensions.Logging;
using NewsWatch.Configuration;
using NewsWatch.Core.Articles;
using NewsWatch.Fetching;
using NewsWatch.Fetching.Documents;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Locks;
using NewsWatch.Storage.Work;

namespace NewsWatch.Processing;

/// <summary>
/// Reads the pages of articles whose feed gave a teaser: the headline and summary were matched already, so nothing waits for this.
/// A page that cannot be read is asked for three times in all; then the feed's text stays, marked partial.
/// </summary>
public sealed partial class PageProcessor(
    Database database,
    Leases leases,
    ConfigurationHolder configurations,
    StoryShelf stories,
    ArticlePageFetcher articlePage,
    DocumentReaders readers,
    WorkSignals signals,
    TimeProvider clock,
    ProcessingMetrics metrics,
    ILogger<PageProcessor> logger)
{
    private const int MaxAtOnce = 16;

    /// <summary>Due pages that are looked at for hosts that may be asked now.</summary>
    private const int MaxLookedAt = 64;
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(1);
    private readonly List<Task> _running = [];

    /// <summary>
    /// One turn: begins to read the pages that are due and whose hosts may be asked, as far as there is room, then waits for a signal, which the end of a
    /// page is too, or for a second. A page that does not answer holds up its own place alone.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await StartDueAsync(cancellationToken);
            await signals.Pages.WaitAsync(Sweep, clock, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await EndedAsync();
    }

    /// <summary>Reads the pages that are due and those that become due meanwhile; returns how many there were.</summary>
    public async Task<int> ProcessDueAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        while (await StartDueAsync(cancellationToken) is var started && (started > 0 || _running.Count > 0))
        {
            count += started;
            await Task.WhenAny(_running);
            await EndedAsync();
        }

        return count;
    }

    /// <summary>A page that failed in a way that could not be written down makes the turn fail; the others go on.</summary>
    private async Task EndedAsync()
    {
        var ended = _running.FindAll(page => page.IsCompleted);
        _running.RemoveAll(ended.Contains);
        await Task.WhenAll(ended);
    }

    private async Task<int> StartDueAsync(CancellationToken cancellationToken)
    {
        var claimed = await ClaimAsync(MaxAtOnce - _running.Count, cancellationToken);
        _running.AddRange(claimed.Select(page => Task.Run(() => ProcessAsync(page, cancellationToken), CancellationToken.None)));
        return claimed.Count;
    }

    /// <summary>Claims pages whose hosts may be asked now, and enters those hosts' gates; the pages of the other hosts are put off in the same write.</summary>
    private async Task<IReadOnlyList<ClaimedPage>> ClaimAsync(int room, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var abandoned = leases.Abandoned(Stage.Page);
        var due = room > 0 ? database.Read(db => PageQueue.Due(db, leases, now, MaxLookedAt)) : [];
        if (due.Count == 0 && abandoned.Count == 0)
        {
            return [];
        }

        var elsewhere = leases.Share.IsWhole ? [] : due.Select(page => (Page: page, Shard: ArticlePageFetcher.ShardOf(page.Url))).Where(one => one.Shard != one.Page.Shard).ToList();
        var plan = articlePage.Enter([.. due.Except(elsewhere.Select(one => one.Page))], room);
        IReadOnlyList<ClaimedPage> claimed = [];
        try
        {
            claimed = await database.WriteAsync(
                abandoned.Count == 0 ? LockSet.None : LockSet.Whole,
                db =>
                {
                    PageQueue.GiveBack(db, abandoned);
                    PageQueue.PutOff(db, plan.Later);
                    PageQueue.SetShards(db, elsewhere.Select(one => (one.Page.Article, one.Shard)));
                    return PageQueue.Claim(db, leases, plan.Now.Where(page => leases.Share.OwnsShard(page.Shard)).Select(page => page.Article), now);
                },
                cancellationToken);
            leases.GivenBack(abandoned);
            return claimed;
        }
        finally
        {
            foreach (var page in plan.Now.ExceptBy(claimed.Select(page => page.Article), page => page.Article))
            {
                articlePage.Leave(page.Url);
            }
        }
    }

    private async Task ProcessAsync(ClaimedPage page, CancellationToken cancellationToken)
    {
        using var stopping = leases.Share.UntilCut(cancellationToken);
        try
        {
            await EndAsync(page, configurations.Current, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await database.WriteAsync(db => PageQueue.Later(db, page, clock.GetUtcNow()), CancellationToken.None);
        }
        catch
        {
            leases.Abandon(page.Lease);
            throw;
        }
        finally
        {
            articlePage.Leave(page.Url);
            signals.Pages.Set();
        }
    }

    private async Task EndAsync(ClaimedPage page, WatchConfiguration configuration, CancellationToken cancellationToken)
    {
        try
        {
            var article = database.Read(db => ArticleStore.Find(db, page.Article))!;
            using var memory = readers.Open();
            var answer = page.Attempts > PageWriter.MaxAttempts ? PageFetchResult.NeverEnded : await ReadAsync(article, memory, configuration, cancellationToken);
            await (answer is PageFetchResult.Matched matched ? KeepAsync(page, article, matched, configuration, cancellationToken) : LeaveAsync(page, article, answer, configuration, cancellationToken));
        }
#pragma warning disable CA1031 // one page that cannot be read must not stop the others; it is asked for again, then left
        catch (Exception failure) when (failure is not OperationCanceledException && !StorageTrouble.Is(failure))
#pragma warning restore CA1031
        {
            PageFailed(logger, failure, page.Article, page.Attempts);
            metrics.Page("failed", 0);
            await database.WriteAsync(db => Writer(configuration).Fail(db, page, new PageFetchResult.Failed(failure.GetType().Name, ForGood: false)), cancellationToken);
        }
    }

    private async Task<PageFetchResult> ReadAsync(StoredArticle article, Holding memory, WatchConfiguration configuration, CancellationToken cancellationToken)
    {
        var source = configuration.Sources.GetValueOrDefault(article.Source);
        var known = database.Read(db => PageWatchStore.Find(db, article.Id))?.Validators is { } json ? StoredJson.Read<Validators>(json) : null;
        var answer = await articlePage.ReadAsync(article.Article.Url, source, Seen(article, source), known, memory, cancellationToken);
        if (answer is not PageFetchResult.Read { Page: var page, Validators: var validators })
        {
            return answer;
        }

        return await readers.ArticleAsync(page.Article.Text.Length, memory, stop => Compared(article, page.Article, configuration, stop), cancellationToken) is { } reading
            ? new PageFetchResult.Matched(page, reading, validators)
            : PageFetchResult.TooComplex;
    }

    private MatchedArticle Compared(StoredArticle article, Article page, WatchConfiguration configuration, CancellationToken stop)
    {
        var reading = MatchedArticle.OfPage(article, page, configuration, stop);
        return reading with { Comparison = database.Read(db => VersionComparison.From(db, article.Id, ToldStage.Page, page, stop)) };
    }

    private RepeatedParagraphs? Seen(StoredArticle article, Source? source) =>
        source is { DropRepeated: false } ? null : database.Read(db => BoilerplateStore.Find(db, article.Article.Url));

    private async Task LeaveAsync(ClaimedPage page, StoredArticle article, PageFetchResult answer, WatchConfiguration configuration, CancellationToken cancellationToken)
    {
        if (answer is PageFetchResult.NotYet notYet)
        {
            metrics.Page("throttled", 0);
            await database.WriteAsync(LockSet.None, db => PageWriter.Later(db, page, notYet.Until), cancellationToken);
            return;
        }

        metrics.Page(answer is PageFetchResult.Failed ? "failed" : "unchanged", 0);
        Ended(page, await database.WriteAsync(LockSet.None, db => Writer(configuration).Leave(db, page, article, answer), cancellationToken), configuration);
    }

    private async Task KeepAsync(ClaimedPage page, StoredArticle article, PageFetchResult.Matched matched, WatchConfiguration configuration, CancellationToken cancellationToken)
    {
        var told = await database.WriteAsync(
            LockSet.Of(ArticleWriter.KeysOf(configuration, matched.Reading)), db => Writer(configuration).Keep(db, page, article, matched), cancellationToken);
        if (told is not null)
        {
            metrics.Page("read", told.Count);
        }

        Ended(page, told, configuration);
    }

    private PageWriter Writer(WatchConfiguration configuration) => new(configuration, stories, clock.GetUtcNow());

    /// <summary>After commit 2 of a page.</summary>
    /// <param name="told">The alerts that were decided on; null if another process has the page by now.</param>
    private void Ended(ClaimedPage page, IReadOnlyList<ToldAlert>? told, WatchConfiguration configuration)
    {
        CrashPoint.Reached("commit2.after");
        if (told is null)
        {
            leases.Lost(Stage.Page);
            LeaseLost(logger, page.Article);
            return;
        }

        AlertLog.Tell(logger, told, configuration);
        if (told.Count > 0)
        {
            signals.Deliveries.Set();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The page of article {Article} is read by another process by now; this reading is not written down")]
    private static partial void LeaseLost(ILogger logger, long article);

    [LoggerMessage(Level = LogLevel.Error, Message = "The page of article {Article} failed in attempt {Attempt}")]
    private static partial void PageFailed(ILogger logger, Exception failure, long article, int attempt);
}
