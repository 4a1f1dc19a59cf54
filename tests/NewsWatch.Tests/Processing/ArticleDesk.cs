using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Feeds;
using NewsWatch.Fetching;
using NewsWatch.Fetching.Documents;
using NewsWatch.Fetching.Hosts;
using NewsWatch.Processing;
using NewsWatch.Storage;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Work;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Processing;

/// <summary>The article processor over a real database: items go in as the poller writes them, deliveries and verdicts come out.</summary>
internal sealed class ArticleDesk : IAsyncDisposable
{
    private readonly TestDatabase _test;
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public ArticleDesk(WatchConfiguration? configuration = null)
        : this(configuration ?? SomeWatch.Default, new TestDatabase())
    {
    }

    private ArticleDesk(WatchConfiguration configuration, TestDatabase test, int mostAtOnce = 100)
    {
        _test = test;
        Leases = Background.NewProcess(Database.Server?.Replica?.Share);
        Configuration = new(configuration);
        var meters = _services.GetRequiredService<IMeterFactory>();
        var metrics = new ProcessingMetrics(meters);
        Readers = new(new MemoryBudget(1024 * 1024 * 1024), meters);
        var stories = new StoryShelf();
        Pages = new(Database, Leases, Configuration, stories, new ArticlePageFetcher(FetchAsync, Readers, Gate, new RobotsPolicy(FetchAsync, Readers, Clock), Clock), Readers, Signals, Clock, metrics, NullLogger<PageProcessor>.Instance);
        Processor = new(Database, Leases, Configuration, stories, Pages, Readers, Signals, Clock, metrics, NullLogger<ArticleProcessor>.Instance) { MaxAtOnce = mostAtOnce };
    }

    /// <summary>One of several services on a database of PostgreSQL.</summary>
    /// <param name="mostAtOnce">Few items are claimed together, so that all services have some.</param>
    public static async Task<ArticleDesk> OfReplicaAsync(string place, string name, WatchConfiguration configuration, bool rehearses = false, int mostAtOnce = 4) =>
        new(configuration, new(new Database(await PostgresEngine.TakeAsync(place, name), rehearses)), mostAtOnce);

    /// <summary>The only service on a database.</summary>
    public static ArticleDesk Of(Database database, WatchConfiguration configuration) => new(configuration, new(database));

    /// <summary>Another process on the same database.</summary>
    public ArticleDesk Restart() => new(Configuration.Current, _test);

    public static DateTimeOffset Noon { get; } = new(2025, 8, 6, 12, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Clock { get; } = new(Noon);

    public ConfigurationHolder Configuration { get; }

    public HostRateLimiter Gate { get; } = new(TimeSpan.Zero);

    public WorkSignals Signals { get; } = new();

    public Leases Leases { get; }

    public DocumentReaders Readers { get; }

    public Database Database => _test.Database;

    public ArticleProcessor Processor { get; }

    public PageProcessor Pages { get; }

    /// <summary>What the web answers; what is not here does not exist.</summary>
    public Dictionary<string, FetchResult> Web { get; } = [];

    /// <summary>Pages that answer when their task is done.</summary>
    public Dictionary<string, Task> Slow { get; } = [];

    /// <summary>Addresses that were asked for, in order, robots.txt left out.</summary>
    public List<string> Asked { get; } = [];

    public void Serve(string url, string title, string text, string head = "") => Web[url] = new FetchResult.Fetched(
        Encoding.UTF8.GetBytes($"<html lang=en><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"),
        "text/html; charset=utf-8",
        new Uri(url),
        new HeaderFacts());

    /// <summary>Gives a host a robots.txt.</summary>
    public void Robots(string origin, string file) =>
        Web[origin + "/robots.txt"] = new FetchResult.Fetched(Encoding.UTF8.GetBytes(file), "text/plain", new Uri(origin + "/robots.txt"), new HeaderFacts());

    /// <summary>An item as commit 1 leaves it; the same source and key again is an edit.</summary>
    public Task<long> AddAsync(string source, string title, string? link, string text = "", DateTimeOffset? published = null, string? key = null, bool linkIsShared = false, string language = "") =>
        Database.WriteAsync(db => db.ExecuteScalar<long>(
            """
            INSERT INTO item (source, key, link_key, content_hash, first_seen, last_seen, published, state, due, payload)
            VALUES (@source, @key, @linkKey, @hash, @now, @now, @published, 'new', @now, @payload)
            ON CONFLICT (source, key) DO UPDATE SET payload = excluded.payload, content_hash = excluded.content_hash, revision = item.revision + 1, state = 'new', due = excluded.due
            RETURNING id
            """,
            new
            {
                source,
                key = key ?? $"id:{link ?? title}",
                linkKey = linkIsShared ? null : link,
                hash = title + text,
                now = UnixTime.Of(Clock.GetUtcNow()),
                published = UnixTime.Of(published),
                payload = StoredJson.Write(new FeedItem { Id = key, Link = link, Title = title, Text = text, Published = published ?? Clock.GetUtcNow(), Language = language }),
            }));

    /// <summary>Processes until nothing is due.</summary>
    public async Task ProcessAsync()
    {
        while (await Processor.ProcessDueAsync(CancellationToken.None) > 0)
        {
        }
    }

    public IReadOnlyList<DeliveryLine> Deliveries() => Database.Read(db => db.Query<DeliveryLine>(
        "SELECT key, bundle, kind, subscriber, state, due FROM delivery ORDER BY id").ToList());

    public Article Article(long id = 1) => Database.Read(db => ArticleStore.Find(db, id)!.Article);

    public IReadOnlyList<AlertContent> Alerts() =>
        Database.Read(db => Stored.Column<string>(db, "alert", "content").Select(StoredJson.Read<AlertContent>).ToList());

    public IReadOnlyList<string> Verdicts() => Database.Read(db => db.Query<string>(
        "SELECT rule || ' ' || subscriber || ' ' || outcome || ': ' || why FROM verdict ORDER BY at, article, rule, subscriber").ToList());

    public string Item(string column, long id) => Database.Read(db => Convert.ToString(
        db.ExecuteScalar<object>($"SELECT {column} FROM item WHERE id = @id", new { id }), CultureInfo.InvariantCulture)!);

    public long Count(string table) => Database.Read(db => db.ExecuteScalar<long>($"SELECT count(*) FROM {table}"));

    public async ValueTask DisposeAsync()
    {
        Readers.Dispose();
        Signals.Dispose();
        await _services.DisposeAsync();
        await _test.DisposeAsync();
    }

    private async Task<FetchResult> FetchAsync(FetchRequest request, CancellationToken cancellation)
    {
        if (!request.Url.EndsWith("/robots.txt", StringComparison.Ordinal))
        {
            lock (Asked)
            {
                Asked.Add(request.Url);
            }

            await Slow.GetValueOrDefault(request.Url, Task.CompletedTask).WaitAsync(cancellation);
        }

        return Web.GetValueOrDefault(request.Url) ?? new FetchResult.Failed(FailureKind.NotFound, "the server answered 404 Not Found", 404);
    }
}

/// <summary>A row of the outbox.</summary>
internal sealed record DeliveryLine(string Key, string Bundle, string Kind, string Subscriber, string State, long Due);
