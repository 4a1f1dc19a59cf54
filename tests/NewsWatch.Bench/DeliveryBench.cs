using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Feeds;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Delivery;
using NewsWatch.Fetching;
using NewsWatch.Polling;
using NewsWatch.Processing;
using NewsWatch.Storage;
using NewsWatch.Storage.Work;

namespace NewsWatch.Bench;

/// <summary>The service from commit 1 on: items are put in as a poll leaves them, one rule takes them all, subscribers share the channels.</summary>
internal sealed class DeliveryBench : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("newswatch-bench-").FullName;
    private readonly ServiceProvider _services;
    private readonly List<BackgroundService> _loops = [];
    private long _from;
    private int _items;

    public DeliveryBench(IEnumerable<Channel> channels, int subscribers)
    {
        _services = new ServiceCollection()
            .AddMetrics()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new ConfigurationHolder(Configuration([.. channels], subscribers)))
            .AddSingleton(new Database(Path.Combine(_folder, "newswatch.db")))
            .AddSingleton<WorkSignals>()
            .AddSingleton<Leases>()
            .AddSingleton<ServiceLoop>()
            .AddSingleton<Progress>()
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddFetching()
            .AddPolling()
            .AddProcessing()
            .AddDelivery()
            .BuildServiceProvider();
    }

    private Database Database => _services.GetRequiredService<Database>();

    /// <summary>Puts items in, and sets the signal.</summary>
    public async Task AddAsync(int count)
    {
        var now = TimeProvider.System.GetUtcNow();
        await Database.WriteAsync(db =>
        {
            for (var added = 0; added < count; added++)
            {
                Add(db, ++_items, now);
            }
        });
        _services.GetRequiredService<WorkSignals>().Items.Set();
    }

    /// <summary>Decides about everything that is in.</summary>
    public async Task ProcessAsync()
    {
        while (await _services.GetRequiredService<ArticleProcessor>().ProcessItemsAsync(CancellationToken.None) > 0)
        {
            // until nothing is left
        }
    }

    /// <summary>Delivers everything that is decided; returns how many messages were sent.</summary>
    public Task<int> DeliverAsync() => _services.GetRequiredService<DeliveryProcessor>().DeliverDueAsync(CancellationToken.None);

    /// <summary>Starts the loops of the service.</summary>
    public async Task StartAsync()
    {
        _loops.Add(ActivatorUtilities.CreateInstance<ProcessingLoop>(_services));
        _loops.Add(ActivatorUtilities.CreateInstance<DeliveryLoop>(_services));
        await Task.WhenAll(_loops.Select(loop => loop.StartAsync(CancellationToken.None)));
    }

    /// <summary>Puts one item in at a time, so many a second.</summary>
    public async Task TickAsync(int perSecond, int seconds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond));
        for (var tick = 0; tick < perSecond * seconds; tick++)
        {
            await timer.WaitForNextTickAsync();
            await AddAsync(1);
        }
    }

    /// <summary>What is in so far was the warm-up.</summary>
    public void Forget() => _from = _items;

    /// <summary>From an item's first sight to the acceptance of its mail, in ms, in order, once all have arrived.</summary>
    public async Task<IReadOnlyList<double>> WaitsAsync(string channel)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (Database.Read(db => db.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM item WHERE state = 'new') OR EXISTS (SELECT 1 FROM delivery WHERE channel = @channel AND state <> 'sent')", new { channel })))
        {
            await look.WaitForNextTickAsync();
        }

        return Database.Read(db => db.Query<double>(
            """
            SELECT CAST(delivery.sent_at - article.first_seen AS REAL) AS wait
            FROM delivery JOIN alert ON alert.id = delivery.alert JOIN article ON article.id = alert.article
            WHERE delivery.channel = @channel AND article.id > @from ORDER BY wait
            """,
            new { channel, from = _from }).ToList());
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_loops.Select(loop => loop.StopAsync(CancellationToken.None)));
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static void Add(Session db, int number, DateTimeOffset now)
    {
        var url = $"https://news.example.com/{number}";
        var item = new FeedItem { Id = url, Link = url, Title = $"Cease-fire talks, day {number}", Text = "Negotiators met again and spoke of a truce in the north.", Published = now };
        db.Execute(
            """
            INSERT INTO item (source, key, link_key, content_hash, first_seen, last_seen, published, state, due, payload)
            VALUES ('world', @url, @url, @url, @at, @at, @at, 'new', @at, @payload)
            """,
            new { url, at = UnixTime.Of(now), payload = StoredJson.Write(item) });
    }

    private static WatchConfiguration Configuration(IReadOnlyList<Channel> channels, int subscribers)
    {
        var rule = new WatchRule { Id = "r", Title = "Cease-fire", When = "cease-fire", Severity = Severity.Urgent, Rule = new("r", Query.Parse("cease-fire", Vocabulary.Empty).Query!, null) };
        return new()
        {
            Version = "bench",
            Defaults = new Defaults(),
            Publishers = new Dictionary<string, Publisher>(),
            Sources = new Dictionary<string, Source> { ["world"] = new() { Id = "world", Url = "https://feeds.example.com/", FullText = FullText.Never } },
            Vocabulary = Vocabulary.Empty,
            Rules = new Dictionary<string, WatchRule> { ["r"] = rule },
            RuleSet = RuleSet.Compile([rule.Rule], Vocabulary.Empty),
            Channels = channels.ToDictionary(channel => channel.Id),
            Subscribers = Enumerable.Range(0, subscribers).Select(n => Subscriber(n, channels[n % channels.Count].Id)).ToDictionary(subscriber => subscriber.Id),
            Operator = new Operator(),
        };
    }

    private static Subscriber Subscriber(int number, string channel) => new()
    {
        Id = $"s{number}",
        Email = $"s{number}@example.com",
        Channel = channel,
        Cap = Cap.None,
    };
}
