using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NewsWatch.Configuration;
using NewsWatch.Delivery;
using NewsWatch.Delivery.Http;
using NewsWatch.Delivery.Sending;
using NewsWatch.Fetching;
using NewsWatch.Fetching.Documents;
using NewsWatch.Fetching.Hosts;
using NewsWatch.Polling;
using NewsWatch.Polling.Items;
using NewsWatch.Polling.Sources;
using NewsWatch.Processing;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Sources;
using NewsWatch.Storage.Work;

namespace NewsWatch.Tests.Simulation;

/// <summary>
/// The service without its network and its clockwork: the same commits 1 to 4 in the same order, one step after the other, on a real database.
/// Where the process may die it rolls the dice.
/// </summary>
internal sealed class SimulatedService(Database database, WatchConfiguration configuration, FakeTimeProvider clock, Mailbox mailbox, Random chance)
{
    private const int DiesOnceIn = 150;
    private readonly ConfigurationHolder _configuration = new(configuration);
    private readonly WorkSignals _signals = new();
    private Leases _leases = null!;
    private ArticleProcessor? _processor;
    private DocumentReaders? _readers;
    private AttemptRecorder? _record;

    /// <summary>False once everything should go well.</summary>
    public bool MayDie { get; set; } = true;

    /// <summary>A process starts: what the last one had claimed is free.</summary>
    public async Task StartAsync(IMeterFactory meters)
    {
        _leases = new Leases(meters);
        var metrics = new ProcessingMetrics(meters);
        _readers?.Dispose();
        _readers = new DocumentReaders(new MemoryBudget(1024 * 1024 * 1024), meters);
        var stories = new StoryShelf();
        var pages = new PageProcessor(database, _leases, _configuration, stories, new ArticlePageFetcher(NoPageAsync, _readers, new HostRateLimiter(TimeSpan.Zero), new RobotsPolicy(NoPageAsync, _readers, clock), clock), _readers, _signals, clock, metrics, NullLogger<PageProcessor>.Instance);
        _processor = new(database, _leases, _configuration, stories, pages, _readers, _signals, clock, metrics, NullLogger<ArticleProcessor>.Instance);
        _record = new(database, _configuration, new RetiredEndpoints(database, _configuration), new PausedEndpoints(database, _configuration, clock), _signals, clock, NullLogger<AttemptRecorder>.Instance);
        await database.WriteAsync(db =>
        {
            new SourceSynchronizer(new PollLimits()).Update(db, configuration, atStart: true, clock.GetUtcNow());
        });
        foreach (var (bundle, subscriber, channel) in await database.WriteAsync(db => DeliveryStore.Recover(db, _leases, RetrySchedule.MaxUnfinished, clock.GetUtcNow())))
        {
            await _record.TellQuarantinedAsync(bundle, subscriber, channel);
        }
    }

    /// <summary>Commit 1 of one source; returns true when the document was news for the first time.</summary>
    public async Task<bool> PollAsync(string source, PollResult answer)
    {
        MaybeDie();
        var now = clock.GetUtcNow();
        var items = answer is PollResult.Updated news ? PreparedItems.From(database, configuration.Sources[source], news.Feed, now) : null;
        var dies = Dies();
        var first = await database.WriteAsync(db =>
        {
            var row = SourceStore.Find(db, source)!;
            new SourceWriter(configuration, configuration.Sources[source], row, now, now).Save(db, answer, items);
            return dies ? throw new ProcessDied() : row.Baselined is null;
        });
        return first;
    }

    /// <summary>Commit 2 of everything that is due.</summary>
    public async Task ProcessAsync()
    {
        if (Dies())
        {
            await database.WriteAsync(db => ItemQueue.Claim(db, _leases, clock.GetUtcNow(), 10));
            throw new ProcessDied();
        }

        while (await _processor!.ProcessItemsAsync(CancellationToken.None) > 0)
        {
        }

        MaybeDie();
    }

    /// <summary>Commits 3 and 4 of everything that is due.</summary>
    public async Task DeliverAsync()
    {
        await database.WriteAsync(db => DeliveryStore.ReleaseHeld(db, clock.GetUtcNow()));
        foreach (var channel in database.Read(db => DeliveryStore.DueChannels(db, clock.GetUtcNow())))
        {
            while (await database.WriteAsync(db => DeliveryStore.Claim(db, _leases, channel, clock.GetUtcNow())) is { } bundle)
            {
                MaybeDie();
                await _record!.WriteAsync(bundle, Send(bundle));
            }
        }
    }

    private SendOutcome Send(ClaimedBundle bundle)
    {
        switch (mailbox.Ask(bundle.Channel))
        {
            case Answer.NotNow:
                return new(new SendResult.TryAgain("451 later"), "");
            case Answer.Never:
                return new(new SendResult.Refused("550 no such user"), "");
            default:
                mailbox.Arrivals.Add(new(
                    bundle.Bundle,
                    bundle.Kind,
                    bundle.Subscriber,
                    bundle.Channel,
                    clock.GetUtcNow(),
                    [.. bundle.Alerts.Select(alert => alert.Key)],
                    [.. bundle.Alerts.Select(alert => Happening.NumberOf(alert.Article.Title))]));
                if (Dies())
                {
                    mailbox.DeathsAfterAcceptance++;
                    throw new ProcessDied();
                }

                return new(new SendResult.Accepted("250 ok"), bundle.Bundle);
        }
    }

    private static Task<FetchResult> NoPageAsync(FetchRequest request, CancellationToken cancellation) =>
        Task.FromResult<FetchResult>(new FetchResult.Failed(FailureKind.NotFound, "the server answered 404", 404));

    private bool Dies() => MayDie && chance.Next(DiesOnceIn) == 0;

    private void MaybeDie()
    {
        if (Dies())
        {
            throw new ProcessDied();
        }
    }

    /// <summary>An item that is done has left its text to its article.</summary>
    private const string IsAbout = "(item.payload LIKE @pattern OR EXISTS (SELECT 1 FROM article AS about WHERE about.id = item.article AND about.title LIKE @pattern))";

    /// <summary>All that is on record of a happening, for whoever looks for the reason.</summary>
    public string Trace(int number) => string.Join("; ", database.Read(db => db.Query<string>(
        $"""
        SELECT source || ' ' || key || ' ' || state || ' r' || revision || ' seen ' || item.first_seen || ' published ' ||
          COALESCE(CAST(published AS TEXT), 'never') || ' "' || coalesce((SELECT title FROM article WHERE article.id = item.article), payload) || '" ' || COALESCE(outcome, '') ||
          ' story ' || COALESCE((SELECT story FROM article WHERE article.id = item.article), 'none')
        FROM item WHERE {IsAbout}
        """,
        new { pattern = $"%number {number} %" })));

    /// <summary>False when a source showed a happening so late that it counts as another story.</summary>
    public bool SeenWithinADay(int number) => database.Read(db => db.ExecuteScalar<bool>(
        $"SELECT MAX(first_seen) - MIN(first_seen) <= 86400000 FROM item WHERE {IsAbout}", new { pattern = $"%number {number} %" }));

    /// <summary>True when a source edited its headline before the first one was decided on: only the other headline can be compared.</summary>
    public bool WasEditedUnseen(int number) => database.Read(db => db.ExecuteScalar<bool>(
        $"SELECT EXISTS (SELECT 1 FROM item JOIN article ON article.id = item.article WHERE {IsAbout} AND item.revision > 1 AND article.revision = 1)",
        new { pattern = $"%number {number} %" }));

    /// <summary>True when what a source shows of a happening is on record.</summary>
    public bool Knows(string source, int number) => database.Read(db => db.ExecuteScalar<bool>(
        $"SELECT EXISTS (SELECT 1 FROM item WHERE source = @source AND {IsAbout})", new { source, pattern = $"%number {number} %" }));

    /// <summary>What is on record, for the promises.</summary>
    public T Ask<T>(string sql) => database.Read(db => db.QuerySingle<T>(sql));
}
