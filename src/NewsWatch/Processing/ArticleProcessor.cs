using Microsoft.Extensions.Logging;
using NewsWatch.Configuration;
using NewsWatch.Fetching;
using NewsWatch.Fetching.Documents;
using NewsWatch.Storage;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Locks;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Sources;
using NewsWatch.Storage.Work;

namespace NewsWatch.Processing;

/// <summary>
/// Makes articles, stories and alerts of new items: claim, read, match, decide, commit 2. What was claimed and not committed
/// when the process died is claimed again; an item that failed three times, or never ended six times, is given up with a notice to the operator.
/// </summary>
public sealed partial class ArticleProcessor(
    Database database,
    Leases leases,
    ConfigurationHolder configurations,
    StoryShelf stories,
    PageProcessor pages,
    DocumentReaders readers,
    WorkSignals signals,
    TimeProvider clock,
    ProcessingMetrics metrics,
    ILogger<ArticleProcessor> logger)
{
    private const int MaxAttempts = 3;

    // More than an item needs to be caught killing the process, and with a wait between them (ItemQueue), so that one which was only there when
    // something else did is not given up.
    private const int MaxStarts = 6;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PatienceForPages = TimeSpan.FromSeconds(30);
    private readonly SlowRegexReporter _slow = new(database, clock, logger);

    /// <summary>How many items are claimed together.</summary>
    internal int MaxAtOnce { get; init; } = 100;

    /// <summary>
    /// Processes items that are due, then reads pages that are due, and waits for pages whose host must be left alone for some seconds.
    /// Returns their number; zero means that nothing is due.
    /// </summary>
    public async Task<int> ProcessDueAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var done = await ProcessItemsAsync(cancellationToken) + await pages.ProcessDueAsync(cancellationToken);
            var now = clock.GetUtcNow();
            var wait = database.Read(db => PageQueue.NextDue(db, leases)) - now;
            if (done > 0 || !(wait <= PatienceForPages))
            {
                return done;
            }

            await Task.Delay(wait.Value > TimeSpan.Zero ? wait.Value : TimeSpan.Zero, clock, cancellationToken);
        }
    }

    /// <summary>Processes up to <see cref="MaxAtOnce"/> due items and returns their number. Touches no network.</summary>
    public async Task<int> ProcessItemsAsync(CancellationToken cancellationToken)
    {
        var abandoned = leases.Abandoned(Stage.Item);
        if (!leases.Share.IsCurrent || (abandoned.Count == 0 && !database.Read(db => ItemQueue.IsAnyDue(db, leases, clock.GetUtcNow()))))
        {
            await _slow.TellAsync(configurations.Current, cancellationToken);
            return 0;
        }

        var items = await database.WriteAsync(
            abandoned.Count == 0 ? LockSet.None : LockSet.Whole,
            db =>
            {
                ItemQueue.GiveBack(db, abandoned);
                return ItemQueue.Claim(db, leases, clock.GetUtcNow(), MaxAtOnce);
            },
            cancellationToken);
        leases.GivenBack(abandoned);
        var configuration = configurations.Current;
        if (items.Count > 0 && configuration.Defaults.Stories == StoryScope.Wide)
        {
            stories.Prepare(database, clock.GetUtcNow());
        }

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
            signals.Pages.Set();
        }

        await _slow.TellAsync(configuration, cancellationToken);
        return items.Count;
    }

    private Begun Begin(ClaimedItem item, WatchConfiguration configuration, CancellationToken cancellationToken)
    {
        var memory = readers.Open();
        return new(item, memory, item.Attempts > MaxStarts
            ? Task.FromResult<MatchedArticle?>(null)
            : readers.ArticleAsync(item.Payload.Length, memory, stop => Compared(MatchedArticle.OfItem(item, configuration, stop), stop), cancellationToken));
    }

    /// <summary>With what changed since the version that was told, if it was: compared before the write.</summary>
    private MatchedArticle Compared(MatchedArticle reading, CancellationToken stop) => reading with
    {
        Comparison = database.Read(db => ArticleStore.Find(db, reading.Article.Url) is { } known && known.Source == reading.Source
            ? VersionComparison.From(db, known.Id, ToldStage.Feed, reading.Article, stop)
            : null),
    };

    private async Task ProcessAsync(Begun begun, WatchConfiguration configuration, CancellationToken cancellationToken)
    {
        using var memory = begun.Memory;
        try
        {
            await EndAsync(begun.Item, begun.Reading, configuration, cancellationToken);
        }
        catch
        {
            leases.Abandon(begun.Item.Lease);
            throw;
        }
    }

    private async Task EndAsync(ClaimedItem item, Task<MatchedArticle?> matched, WatchConfiguration configuration, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        try
        {
            if (item.Attempts > MaxStarts)
            {
                await GiveUpAsync(item, configuration, $"processing was started {MaxStarts} times and never ended", cancellationToken);
                return;
            }

            if (await matched is not { } reading)
            {
                await GiveUpAsync(item, configuration, $"the article is {DocumentReaders.TooComplex}", cancellationToken);
                return;
            }

            if (item.Source == DrillStore.Source)
            {
                await DrillAsync(item, reading, configuration, cancellationToken);
                return;
            }

            var committed = await database.WriteAsync(
                LockSet.Of(ArticleWriter.KeysOf(configuration, reading).Prepend(LockKey.Source(item.Source))), db => Commit(db, item, reading, configuration), cancellationToken);
            CrashPoint.Reached("commit2.after");
            if (committed is null)
            {
                leases.Lost(Stage.Item);
                LeaseLost(logger, item.Source, item.Id);
                return;
            }

            metrics.Item("done", committed.Alerts.Count, clock.GetElapsedTime(started));
            AlertLog.Tell(logger, committed.Alerts, configuration);
            if (committed.Alerts.Count > 0)
            {
                signals.Deliveries.Set();
            }
        }
#pragma warning disable CA1031 // one item that cannot be processed must not stop the others; it is tried again, then given up with a notice
        catch (Exception failure) when (failure is not OperationCanceledException && !StorageTrouble.Is(failure))
#pragma warning restore CA1031
        {
            ItemFailed(logger, failure, item.Source, item.Id, item.Attempts);
            metrics.Item("failed", 0, clock.GetElapsedTime(started));
            await AfterFailureAsync(item, configuration, failure, cancellationToken);
        }
    }

    private CommitResult? Commit(Session db, ClaimedItem item, MatchedArticle reading, WatchConfiguration configuration)
    {
        if (!ItemQueue.Holds(db, item))
        {
            return null;
        }

        var committed = new ArticleWriter(configuration, stories, clock.GetUtcNow()).Save(db, reading);
        ItemQueue.Done(db, item, committed.Article, committed.Outcome);
        CrashPoint.Reached("commit2.inside");
        return committed;
    }

    /// <summary>Commit 2 of a drill's article, which counts nowhere.</summary>
    private Task DrillAsync(ClaimedItem item, MatchedArticle reading, WatchConfiguration configuration, CancellationToken cancellationToken) => database.WriteAsync(
        db =>
        {
            if (ItemQueue.Holds(db, item))
            {
                DrillWriter.Save(db, item, reading, configuration, clock.GetUtcNow());
                db.AfterCommit(signals.Deliveries.Set);
            }
        },
        cancellationToken);

    private Task AfterFailureAsync(ClaimedItem item, WatchConfiguration configuration, Exception failure, CancellationToken cancellationToken) =>
        item.Attempts >= MaxAttempts
            ? GiveUpAsync(item, configuration, $"processing failed {item.Attempts} times: {failure.GetType().Name}", cancellationToken)
            : database.WriteAsync(
                LockSet.Of(LockKey.Source(item.Source)),
                db => ItemQueue.Again(db, item, clock.GetUtcNow() + BetweenAttempts, $"attempt {item.Attempts} failed: {failure.GetType().Name}"),
                cancellationToken);

    private Task GiveUpAsync(ClaimedItem item, WatchConfiguration configuration, string why, CancellationToken cancellationToken)
    {
        ItemGivenUp(logger, item.Source, item.Id, why);
        return database.WriteAsync(
            LockSet.Of(LockKey.Source(item.Source)),
            db =>
            {
                ItemQueue.Failed(db, item, why);
                var notice = new Notice(
                    $"item/{item.Source}/{item.Id}/{item.Revision}",
                    $"An item of {item.Source} could not be processed",
                    $"Item {item.Key} of source {item.Source}, first seen {item.FirstSeen.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {why}. It will not alert. The log has the details.")
                {
                    Gathering = new("item", "items could not be processed"),
                };
                OperatorNotices.Add(db, configuration, notice, clock.GetUtcNow());
            },
            cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Item {Item} of source {Source} belongs to another process by now; this work is not written down")]
    private static partial void LeaseLost(ILogger logger, string source, long item);

    [LoggerMessage(Level = LogLevel.Error, Message = "Item {Item} of source {Source} failed in attempt {Attempt}")]
    private static partial void ItemFailed(ILogger logger, Exception failure, string source, long item, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "Item {Item} of source {Source} is given up: {Why}")]
    private static partial void ItemGivenUp(ILogger logger, string source, long item, string why);

    /// <summary>An item that is being matched.</summary>
    private sealed record Begun(ClaimedItem Item, Holding Memory, Task<MatchedArticle?> Reading);
}
