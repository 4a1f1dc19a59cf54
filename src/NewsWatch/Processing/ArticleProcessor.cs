using Microsoft.Extensions.Logging;
using NewsWatch.Configuration;
using NewsWatch.Fetching;
using NewsWatch.Fetching.Documents;
using NewsWatch.Storage;

namespace NewsWatch.Processing;

/// <summary>
/// Makes articles, stories and alerts of new items: claim, read, match, decide, commit 2. What was claimed and not committed
/// when the process died is claimed again; what failed three times, or never ended six times, is given up and the operator told.
/// </summary>
public sealed partial class ArticleProcessor(
    Database database,
    Leases leases,
    ConfigurationHolder configurations,
    PageProcessor pages,
    DocumentReaders readers,
    Bells bells,
    TimeProvider clock,
    ProcessingMetrics metrics,
    ILogger<ArticleProcessor> log)
{
    private const int MostAtOnce = 100;
    private const int MostAttempts = 3;

    // More than an item needs to be caught killing the process, so that one which was only there when something else did is not given up.
    private const int MostStarts = 6;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PatienceForPages = TimeSpan.FromSeconds(30);
    private readonly SlowRegexReporter _slow = new(database, clock, log);

    /// <summary>
    /// Processes items that are due, then reads pages that are due, and waits for pages whose host must be left alone for some seconds.
    /// Answers how many there were; zero means that nothing is due.
    /// </summary>
    public async Task<int> ProcessDueAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var done = await ProcessItemsAsync(cancellation) + await pages.ProcessDueAsync(cancellation);
            var now = clock.GetUtcNow();
            var wait = database.Read(PageQueue.NextDue) - now;
            if (done > 0 || !(wait <= PatienceForPages))
            {
                return done;
            }

            await Task.Delay(wait.Value > TimeSpan.Zero ? wait.Value : TimeSpan.Zero, clock, cancellation);
        }
    }

    /// <summary>Processes items that are due, at most 100; answers how many there were. Touches no network.</summary>
    public async Task<int> ProcessItemsAsync(CancellationToken cancellation)
    {
        var abandoned = leases.Abandoned(Stage.Item);
        var items = await database.WriteAsync(
            db =>
            {
                ItemQueue.GiveBack(db, abandoned);
                return ItemQueue.Claim(db, leases, clock.GetUtcNow(), MostAtOnce);
            },
            cancellation);
        leases.GivenBack(abandoned);
        var configuration = configurations.Current;
        var ends = new List<Task>();

        // Claimed items are decided on to the end, also when the service stops: they touch no network and take a moment.
        foreach (var begun in items.Select(item => Begin(item, configuration, CancellationToken.None)).ToList())
        {
            // Matched side by side, committed in order: of two items of one story the first is its first report.
            await ((Task)begun.Reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ends.Add(ProcessAsync(begun, configuration, CancellationToken.None));
        }

        await Task.WhenAll(ends);
        if (items.Count > 0)
        {
            bells.Pages.Ring();
        }

        await _slow.TellAsync(configuration, cancellation);
        return items.Count;
    }

    private Begun Begin(ClaimedItem item, WatchConfiguration configuration, CancellationToken cancellation)
    {
        var memory = readers.Open();
        return new(item, memory, item.Attempts > MostStarts
            ? Task.FromResult<MatchedArticle?>(null)
            : readers.ArticleAsync(item.Payload.Length, memory, stop => MatchedArticle.OfItem(item, configuration, stop), cancellation));
    }

    private async Task ProcessAsync(Begun begun, WatchConfiguration configuration, CancellationToken cancellation)
    {
        using var memory = begun.Memory;
        try
        {
            await EndAsync(begun.Item, begun.Reading, configuration, cancellation);
        }
        catch
        {
            leases.Abandon(begun.Item.Lease);
            throw;
        }
    }

    private async Task EndAsync(ClaimedItem item, Task<MatchedArticle?> matched, WatchConfiguration configuration, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        try
        {
            if (item.Attempts > MostStarts)
            {
                await GiveUpAsync(item, configuration, $"processing was started {MostStarts} times and never ended", cancellation);
                return;
            }

            if (await matched is not { } reading)
            {
                await GiveUpAsync(item, configuration, $"the article is {DocumentReaders.TooComplex}", cancellation);
                return;
            }

            var committed = await database.WriteAsync(db => Commit(db, item, reading, configuration), cancellation);
            CrashPoint.Reached("commit2.after");
            if (committed is null)
            {
                leases.Lost(Stage.Item);
                LeaseLost(log, item.Source, item.Id);
                return;
            }

            metrics.Item("done", committed.Alerts.Count, clock.GetElapsedTime(started));
            AlertLog.Tell(log, committed.Alerts, configuration);
            if (committed.Alerts.Count > 0)
            {
                bells.Deliveries.Ring();
            }
        }
#pragma warning disable CA1031 // one item that cannot be processed must not stop the others; it is tried again, then given up and told
        catch (Exception failure) when (failure is not OperationCanceledException && !StorageTrouble.Is(failure))
#pragma warning restore CA1031
        {
            ItemFailed(log, failure, item.Source, item.Id, item.Attempts);
            metrics.Item("failed", 0, clock.GetElapsedTime(started));
            await AfterFailureAsync(item, configuration, failure, cancellation);
        }
    }

    private CommitResult? Commit(Microsoft.Data.Sqlite.SqliteConnection db, ClaimedItem item, MatchedArticle reading, WatchConfiguration configuration)
    {
        if (!ItemQueue.Holds(db, item))
        {
            return null;
        }

        var committed = new ArticleWriter(configuration, clock.GetUtcNow()).Save(db, reading);
        ItemQueue.Done(db, item, committed.Article, committed.Outcome);
        CrashPoint.Reached("commit2.inside");
        return committed;
    }

    private Task AfterFailureAsync(ClaimedItem item, WatchConfiguration configuration, Exception failure, CancellationToken cancellation) =>
        item.Attempts >= MostAttempts
            ? GiveUpAsync(item, configuration, $"processing failed {item.Attempts} times: {failure.GetType().Name}", cancellation)
            : database.WriteAsync(
                db => ItemQueue.Again(db, item, clock.GetUtcNow() + BetweenAttempts, $"attempt {item.Attempts} failed: {failure.GetType().Name}"),
                cancellation);

    private Task GiveUpAsync(ClaimedItem item, WatchConfiguration configuration, string why, CancellationToken cancellation)
    {
        ItemGivenUp(log, item.Source, item.Id, why);
        return database.WriteAsync(
            db =>
            {
                ItemQueue.Failed(db, item, why);
                if ((configuration.Operator.Via ?? configuration.Defaults.Via) is { } channel)
                {
                    var notice = new Notice(
                        $"item/{item.Source}/{item.Id}/{item.Revision}",
                        $"An item of {item.Source} could not be processed",
                        $"Item {item.Key} of source {item.Source}, first seen {item.FirstSeen.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {why}. It will not alert. The log has the details.")
                    {
                        Gathering = new("item", "items could not be processed"),
                    };
                    NoticeStore.Add(db, notice, configuration.Operator.To, channel, clock.GetUtcNow());
                }
            },
            cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Item {Item} of source {Source} belongs to another process by now; this work is not written down")]
    private static partial void LeaseLost(ILogger log, string source, long item);

    [LoggerMessage(Level = LogLevel.Error, Message = "Item {Item} of source {Source} failed in attempt {Attempt}")]
    private static partial void ItemFailed(ILogger log, Exception failure, string source, long item, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "Item {Item} of source {Source} is given up: {Why}")]
    private static partial void ItemGivenUp(ILogger log, string source, long item, string why);

    /// <summary>An item that is being matched.</summary>
    private sealed record Begun(ClaimedItem Item, Holding Memory, Task<MatchedArticle?> Reading);
}
