using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NewsWatch.Configuration;
using NewsWatch.Core.Feeds;
using NewsWatch.Fetching;
using NewsWatch.Health;
using NewsWatch.Polling;
using NewsWatch.Polling.Items;
using NewsWatch.Polling.Sources;
using NewsWatch.Processing;
using NewsWatch.Storage;
using NewsWatch.Storage.Locks;
using NewsWatch.Storage.Shares;
using NewsWatch.Storage.Sources;
using NewsWatch.Storage.Work;
using NewsWatch.WebSub;

namespace NewsWatch.Tests.Support;

/// <summary>The real poller over a real database and a loopback server, on a clock moved by hand.</summary>
internal sealed class PollWorld : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly FetchWorld _fetch;
    private readonly WorkSignals _signals = new();
    private Leases _leases = Background.NewProcess();

    private PollWorld(FeedServer server, TestDatabase database)
    {
        _database = database;
        Server = server;
        _fetch = new FetchWorld(WatchConfigurations.Of([], server.Port));
        Poller = NewPoller();
    }

    public FeedServer Server { get; }

    public SourcePoller Poller { get; private set; }

    public Database Database => _database.Database;

    public FakeTimeProvider Clock => _fetch.Clock;

    public DateTimeOffset Now => Clock.GetUtcNow();

    public System.Diagnostics.Metrics.IMeterFactory Meters => _fetch.Meters;

    public RecordingLog<SourcePoller> Log { get; } = new();

    /// <summary>Whether the service is still at its first look.</summary>
    public FirstLookTurn FirstLook { get; } = new();

    /// <summary>On a database that runs each unit of work twice, the first time to be undone.</summary>
    public static async Task<PollWorld> StartRehearsingAsync() => new(await FeedServer.StartAsync(), new TestDatabase(rehearses: true));

    /// <summary>On a database of the caller's choice.</summary>
    public static async Task<PollWorld> StartAsync(Database database) => new(await FeedServer.StartAsync(), new TestDatabase(database));

    public static async Task<PollWorld> StartAsync(params Source[] sources)
    {
        var world = new PollWorld(await FeedServer.StartAsync(), new TestDatabase());
        world.Configure(sources);
        return world;
    }

    /// <summary>A source on the server.</summary>
    public Source Source(string id = "bbc", string path = "/feed", string host = "news.example.com") => new() { Id = id, Url = Server.At(path, host) };

    /// <summary>What tells of a system's clock that is wrong.</summary>
    public ClockReport Clocks => field ??= new(Database, _fetch.Configuration, _fetch.Fetcher.Witness, Clock, NullLogger<ClockReport>.Instance);

    /// <summary>What takes pushes.</summary>
    public PushReceiver Receiver => new(Database, _fetch.Configuration, _signals, new PushMetrics(_fetch.Meters), _fetch.Readers, _fetch.Fetcher.Witness, Clock, new RecordingLog<PushReceiver>());

    /// <summary>What answers hubs that ask whether a subscription is meant.</summary>
    public PushConfirmation Confirmation => new(Database, _fetch.Configuration, Clock, new RecordingLog<PushConfirmation>());

    public PushSubscriber NewPushSubscriber() => new(Database, _fetch.Configuration, _fetch.Http, _fetch.Limits, Background.NewLoop(Clock), Clock, new RecordingLog<PushSubscriber>());

    public void Configure(WatchConfiguration configuration) => _fetch.Configuration.Swap(configuration);

    /// <summary>Puts these sources in force.</summary>
    public void Configure(params Source[] sources) => _fetch.Configuration.Swap(WatchConfigurations.Of(sources, Server.Port));

    /// <summary>Another process on the same database.</summary>
    /// <param name="share">What of the work is its own; null for all of it.</param>
    public void Restart(PollLimits? limits = null, WorkShare? share = null)
    {
        Poller.Dispose();
        _leases = Background.NewProcess(share);
        Poller = NewPoller(limits);
    }

    /// <summary>Polls what is due now; returns how many sources there were.</summary>
    public Task<int> PollAsync() => Poller.PollDueAsync(CancellationToken.None);

    /// <summary>Moves the clock on and polls what is due then.</summary>
    public Task<int> PollAfterAsync(TimeSpan time)
    {
        Clock.Advance(time);
        return PollAsync();
    }

    /// <summary>Moves the clock to when the source is due and polls it.</summary>
    public async Task<SourceRow> PollWhenDueAsync(string id = "bbc")
    {
        var due = Row(id).NextDue;
        await PollAfterAsync(due > Now ? due - Now : TimeSpan.Zero);
        return Row(id);
    }

    public SourceRow Row(string id = "bbc") => Database.Read(db => SourceStore.Find(db, id)!);

    /// <summary>Commit 1 for a document, without the network.</summary>
    public async Task<PollCommit> KeepAsync(Source source, params FeedItem[] items)
    {
        if (Database.Read(db => SourceStore.Find(db, source.Id)) is not { } row)
        {
            await Database.WriteAsync(db => SourceStore.Add(db, new(source.Id, source.Url, source.Poll), Now));
            row = Row(source.Id);
        }

        var news = new PollResult.Updated(new Feed { Kind = "rss20", Items = items }, new HeaderFacts(), null, []);
        var prepared = PreparedItems.From(Database, source, news.Feed, Now);
        return (await Database.WriteAsync(
            LockSet.Of(LockKey.Source(source.Id)), db => new SourceWriter(_fetch.Configuration.Current, source, row, Now, Now).Save(db, news, prepared), CancellationToken.None))!;
    }

    /// <summary>What the article processor would do: everything that is new is done.</summary>
    public Task<int> ProcessAsync() => Database.WriteAsync(db => Stored.Set(db, "item", new { state = "done" }, new { state = "new" }));

    /// <summary>The real article processor: returns the headlines of the new alerts, in order.</summary>
    public async Task<IReadOnlyList<string>> AlertAsync()
    {
        var before = Database.Read(db => db.ExecuteScalar<long>("SELECT coalesce(max(id), 0) FROM alert"));
        var metrics = new ProcessingMetrics(_fetch.Meters);
        var stories = new StoryShelf();
        var pages = new PageProcessor(Database, _leases, _fetch.Configuration, stories, new ArticlePageFetcher(_fetch.Fetcher, _fetch.Readers, Poller, Clock), _fetch.Readers, _signals, Clock, metrics, NullLogger<PageProcessor>.Instance);
        await new ArticleProcessor(Database, _leases, _fetch.Configuration, stories, pages, _fetch.Readers, _signals, Clock, metrics, NullLogger<ArticleProcessor>.Instance).ProcessItemsAsync(CancellationToken.None);
        return [.. Database.Read(db => Stored.Alerts(db, after: before)).Select(alert => alert.Article.Title)];
    }

    /// <summary>How many items are in each state.</summary>
    public Dictionary<string, long> States() =>
        Database.Read(db => db.Query<(string State, long Count)>("SELECT state, count(*) FROM item GROUP BY state").ToDictionary());

    /// <summary>Subjects of the notices to the operator, in order.</summary>
    public IReadOnlyList<string> Notices() =>
        [.. Database.Read(Stored.Notices).Select(notice => notice.Subject)];

    public async ValueTask DisposeAsync()
    {
        Poller.Dispose();
        _fetch.Dispose();
        _signals.Dispose();
        await Server.DisposeAsync();
        await _database.DisposeAsync();
    }

    private SourcePoller NewPoller(PollLimits? limits = null) => new(
        Database, _leases, _fetch.Configuration, _fetch.Fetcher, _fetch.Readers, _signals, limits ?? new PollLimits { StartStep = TimeSpan.Zero }, new PollMetrics(_fetch.Meters, Database), FirstLook, Clock, Log);
}
