using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Loading;
using NewsWatch.Delivery;
using NewsWatch.Fetching;
using NewsWatch.Hosting;
using NewsWatch.Polling;
using NewsWatch.Polling.Sources;
using NewsWatch.Processing;
using NewsWatch.Storage;
using NewsWatch.Storage.Sources;
using NewsWatch.Tests.Support;
using NewsWatch.Web;

namespace NewsWatch.Tests.Hostile;

/// <summary>
/// The whole service in this process, every room real, on a clock moved by hand. 127.0.0.2 plays the outside world, with a well source and
/// whatever a row puts there; 127.0.0.1 is inside, where nothing may connect to. It ends well only if nothing was thrown as far as a loop or the host.
/// </summary>
internal sealed class HostileWorld : IAsyncDisposable
{
    /// <summary>The address that stands for all public ones.</summary>
    public static readonly IPAddress Outside = IPAddress.Parse("127.0.0.2");

    private static readonly DateTimeOffset Start = new(2025, 8, 6, 21, 0, 0, TimeSpan.Zero);
    private readonly TestDatabase _file = new();
    private readonly Inside _inside;
    private readonly MeterListener _meters = new();
    private readonly List<string> _outcomes = [];
    private WebApplication? _service;
    private int _polls;

    private HostileWorld(Inside inside, FeedServer site, FakeSmtpServer mail, WebhookReceiver hook) => (_inside, Site, Mail, Hook) = (inside, site, mail, hook);

    public FakeTimeProvider Clock { get; } = new(Start);

    /// <summary>The web outside.</summary>
    public FeedServer Site { get; }

    public FakeSmtpServer Mail { get; }

    public WebhookReceiver Hook { get; }

    /// <summary>The log, line by line, as the console would get it.</summary>
    public ConsoleLines Log { get; } = new();

    public Database Database => _file.Database;

    /// <summary>Connections to 127.0.0.1 and ::1 at the port that the rows use.</summary>
    public int Trespasses => _inside.Connections;

    /// <summary>Outcomes of fetches, as counted by the metrics.</summary>
    public IReadOnlyList<string> Outcomes => _outcomes;

    /// <summary>Where names lead; by default all lead outside.</summary>
    public Func<string, Task<IPAddress[]>> Resolve { get; set; } = _ => Task.FromResult<IPAddress[]>([Outside]);

    public IServiceProvider Services => _service!.Services;

    public WatchConfiguration Configuration => Get<ConfigurationHolder>().Current;

    public static async Task<HostileWorld> OpenAsync(FetchLimits? limits = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        for (var tries = 1; ; tries++)
        {
            // The same port inside and outside, so that a name that leads to both tells where it went.
            var inside = new Inside();
            try
            {
                var site = await FeedServer.StartAsync(Outside, inside.Port);
                var world = new HostileWorld(inside, site, new FakeSmtpServer(), await WebhookReceiver.StartAsync(Outside.ToString()));
                world.Build(limits ?? new FetchLimits { RetryDelay = TimeSpan.Zero }, settings ?? new Dictionary<string, string?>());
                return world;
            }
            catch (IOException) when (tries < 5)
            {
                inside.Dispose();
            }
        }
    }

    public T Get<T>()
        where T : notnull => _service!.Services.GetRequiredService<T>();

    /// <summary>A source outside.</summary>
    public Source Source(string id, string path) => new() { Id = id, Url = Site.At(path), FirstRun = new(FirstRunKind.AlertAll, 0), FullText = FullText.Never };

    /// <summary>Changes the configuration in force.</summary>
    public void Configure(Func<WatchConfiguration, WatchConfiguration> change) => Get<ConfigurationHolder>().Swap(change(Configuration));

    /// <summary>Polls a hostile address beside a well source, and sees the well source read.</summary>
    /// <param name="url">PORT stands for the port of both worlds.</param>
    /// <param name="reached">When given, the hostile one is waited for: it is still at it when this ends and the well source is done ...</param>
    /// <param name="patience">... and over after this time.</param>
    public async Task<SourceRow> PollAsync(string url, Task? reached = null, TimeSpan? patience = null)
    {
        var hostile = Source($"hostile-{++_polls}", "/") with { Url = url.Replace("PORT", $"{Site.Port}", StringComparison.Ordinal) };
        var well = Source("well", "/well") with { Url = Site.At("/well", "well.example.com") };
        Site.Answer("/well", Reply.Text(Rss.Of(_polls)));
        Configure(watch => watch with { Sources = new Dictionary<string, Source> { [hostile.Id] = hostile, [well.Id] = well } });
        Clock.Advance(TimeSpan.FromHours(1));

        var polls = await Get<SourcePoller>().StartDueAsync(CancellationToken.None);
        Assert.Equal(2, polls.Count);
        if (reached is not null)
        {
            await reached;
            await Task.WhenAny(polls);
            Assert.Equal(Clock.GetUtcNow(), Row("well").LastSuccess);
            Assert.Contains(polls, poll => !poll.IsCompleted);
            Clock.Advance(patience!.Value);
        }

        await Task.WhenAll(polls);
        Assert.Equal(SourceState.Ok, Row("well").State);
        Assert.Equal(_polls, Items("well"));
        Assert.DoesNotContain(Log.Lines, line => line.Contains("Poll of source", StringComparison.Ordinal));
        return Row(hostile.Id);
    }

    /// <summary>Polls sources, once each, now.</summary>
    public async Task PollAsync(params Source[] sources)
    {
        Configure(watch => watch with { Sources = sources.ToDictionary(source => source.Id) });
        await Get<SourcePoller>().PollDueAsync(CancellationToken.None);
    }

    /// <summary>A feed that tells one piece of news, taken through the whole service; returns the mail that came of it.</summary>
    public async Task<ReceivedMail> TellAsync(string title, string? link = null, string text = "", string? author = null, string? id = null, string channel = "News")
    {
        var number = ++_polls;
        var item = new JsonObject { ["id"] = id ?? $"{number}", ["url"] = link ?? $"https://news.example.com/{number}", ["title"] = title, ["content_text"] = text };
        if (author is not null)
        {
            item["authors"] = new JsonArray(new JsonObject { ["name"] = author });
        }

        Site.Answer($"/told-{number}", Reply.Text(new JsonObject { ["version"] = "https://jsonfeed.org/version/1.1", ["title"] = channel, ["items"] = new JsonArray(item) }.ToJsonString()));
        Clock.Advance(TimeSpan.FromMinutes(1));
        await PollAsync(Source($"told-{number}", $"/told-{number}"));
        await SettleAsync();
        return Mail.Mails.LastOrDefault()!;
    }

    /// <summary>Shows a feed to the source "shown", an hour later each time, and settles what comes of it.</summary>
    public async Task ShowAsync(string feed, string? etag = null)
    {
        Site.Answer("/shown", etag is null ? Reply.Text(feed) : Reply.Text(feed, ("ETag", etag)));
        Clock.Advance(TimeSpan.FromHours(1));
        await PollAsync(Source("shown", "/shown"));
        await SettleAsync();
    }

    /// <summary>What Prometheus would get.</summary>
    public string MetricsPage()
    {
        using var page = new MemoryStream();
        Get<MetricsPage>().WriteAsync(page, CancellationToken.None).GetAwaiter().GetResult();
        return Encoding.UTF8.GetString(page.ToArray());
    }

    /// <summary>Subjects of the mails that the subscriber got.</summary>
    public IReadOnlyList<string> Told => [.. Mail.Mails.Where(mail => mail.To[0] == SomeWatch.Anna.Email).Select(mail => mail.Message.Subject ?? "")];

    /// <summary>Processes, reads pages and delivers until nothing is due.</summary>
    public async Task SettleAsync()
    {
        while (await Get<ArticleProcessor>().ProcessItemsAsync(CancellationToken.None) + await Get<PageProcessor>().ProcessDueAsync(CancellationToken.None) > 0)
        {
        }

        while (await Get<DeliveryProcessor>().DeliverDueAsync(CancellationToken.None) > 0)
        {
        }
    }

    /// <summary>Opens the two ports; answers clients for the public and the operator's one.</summary>
    public async Task<(HttpClient Public, HttpClient Operator)> ListenAsync()
    {
        await _service!.StartAsync();
        var ports = _service.Urls.Select(url => new Uri(url)).ToList();
        var own = new Uri(Get<IConfiguration>()["Kestrel:Endpoints:Operator:Url"]!).Port;
        HttpClient Client(Uri address) => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };
        return (Client(ports.First(port => port.Port != own || port.Host != "127.0.0.1")), Client(ports.First(port => port.Port == own)));
    }

    public SourceRow Row(string id) => Database.Read(db => SourceStore.Find(db, id)!);

    public long Items(string source) => Database.Read(db => Stored.Count(db, "item", new { source }));

    /// <inheritdoc cref="Stored.Headlines"/>
    public IReadOnlyList<(string Title, DateTimeOffset? Published)> Headlines(string sources = "") => Database.Read(db => Stored.Headlines(db, sources));

    public IReadOnlyList<string> Ask(string sql) => Database.Read(db => db.Query<string>(sql).ToList());

    /// <summary>A column of all rows of a table, or of those that have these values.</summary>
    public IReadOnlyList<string> Column(string table, string column, object? having = null) => Database.Read(db => Stored.Column<string>(db, table, column, having));

    public async ValueTask DisposeAsync()
    {
        _meters.Dispose();
        await _service!.StopAsync();
        await _service.DisposeAsync();
        await Hook.DisposeAsync();
        await Mail.DisposeAsync();
        await Site.DisposeAsync();
        _inside.Dispose();
        await _file.DisposeAsync();
        Assert.Empty(Log.Broke);
    }

    private void Build(FetchLimits limits, IReadOnlyDictionary<string, string?> settings)
    {
        var host = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Kestrel:Endpoints:Operator:Url"] = $"http://127.0.0.1:{FreePorts.Next()}",
                ["Kestrel:Endpoints:Public:Url"] = "http://127.0.0.1:0",
                ["Logging:LogLevel:Microsoft"] = "Warning",
            })
            .AddInMemoryCollection(settings)
            .Build();
        var with = new StartupConfiguration("appsettings.json", "", Start);
        var start = new ServiceContext(host, with, Watch(), ConfigurationLoader.OfProcess, Database, Clock, Once: true);
        _service = Service.Build(start, services => services
            .RemoveAll<ILoggerProvider>()
            .AddSingleton(limits)
            .AddSingleton(new PollLimits { StartStep = TimeSpan.Zero })
            .AddSingleton<ResolveHost>((name, _) => Resolve(name))
            .AddSingleton<ILoggerProvider>(Log));
        Log.Render = _service.Services;
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "fetches_total" && ReferenceEquals(instrument.Meter.Scope, Get<IMeterFactory>()))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            lock (_outcomes)
            {
                _outcomes.Add((string)tags[0].Value!);
            }
        });
        _meters.Start();
    }

    private WatchConfiguration Watch() => SomeWatch.Of([], [SomeWatch.Ceasefire], [SomeWatch.Anna with { Cap = new(10_000, TimeSpan.FromHours(1)) }, new() { Id = "desk", Channel = "hook" }]) with
    {
        Channels = new Dictionary<string, Channel>
        {
            ["mail"] = DeliveryWorld.Mail(Mail) with { Connections = 1 },
            ["hook"] = DeliveryWorld.Hook(Hook),
        },
        Operator = new Operator { To = ["ops@example.com"], Via = "mail", AllowPrivate = [new IPNetwork(Outside, 32)], AllowPorts = [Site.Port, Hook.Url.Port] },
    };
}
