using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Text;
using NewsWatch.Delivery;
using NewsWatch.Delivery.Smtp;
using NewsWatch.Fetching;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Shares;
using NewsWatch.Storage.Work;

namespace NewsWatch.Tests.Support;

/// <summary>The room Delivery over a real database, with a clock that tests move: put alerts in, see what comes out.</summary>
internal sealed class DeliveryWorld : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2025, 8, 6, 18, 45, 0, TimeSpan.Zero);
    private readonly TestDatabase _file = new();
    private readonly ServiceProvider _services;
    private int _alerts;

    public DeliveryWorld(params Channel[] channels)
        : this(WorkShare.All(), channels)
    {
    }

    /// <summary>The same as a replica.</summary>
    /// <param name="share">What of the work is its own.</param>
    public DeliveryWorld(WorkShare share, Channel[] channels)
    {
        Configuration = new ConfigurationHolder(Of(channels));
        Wall = new(Clock);
        _services = new ServiceCollection()
            .AddLogging()
            .AddMetrics()
            .AddSingleton<TimeProvider>(Wall)
            .AddSingleton(_file.Database)
            .AddSingleton<WorkSignals>()
            .AddSingleton<Progress>()
            .AddSingleton(share)
            .AddSingleton<Leases>()
            .AddSingleton<ServiceLoop>()
            .AddSingleton(Configuration)
            .AddFetching()
            .AddDelivery()
            .AddSingleton(new SmtpTrust((_, _, _, _) => TrustsAll))
            .BuildServiceProvider();
    }

    public FakeTimeProvider Clock { get; } = new(Start);

    /// <summary>The same clock as the room sees it, which can be set wrong.</summary>
    public JumpingClock Wall { get; }

    public bool TrustsAll { get; set; } = true;

    public ConfigurationHolder Configuration { get; }

    public Database Database => _file.Database;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static Channel.Email Mail(FakeSmtpServer server) => new("mail")
    {
        Host = "127.0.0.1",
        Port = server.Port,
        Tls = TlsMode.None,
        From = "NewsWatch <alerts@news.example.com>",
        UnsubscribeBase = new Uri("https://news.example.com/u/"),
    };

    public static Channel.Webhook Hook(WebhookReceiver receiver, WebhookFormat format = WebhookFormat.Standard) =>
        new("hook") { Url = receiver.Url, Secrets = [receiver.Secret], Format = format, Template = SomeTemplates.Of(format) };

    /// <summary>Tries what is due.</summary>
    public Task<int> DeliverAsync() => Get<DeliveryProcessor>().DeliverDueAsync(CancellationToken.None);

    /// <summary>Moves the clock, then tries what is due.</summary>
    public Task<int> DeliverAsync(TimeSpan later)
    {
        Clock.Advance(later);
        return DeliverAsync();
    }

    /// <summary>One alert, decided now, for one subscriber; answers its delivery's key.</summary>
    public Task<string> AddAsync(string subscriber = "anna", string channel = "mail", string? bundle = null, string kind = "alert", Func<AlertContent, AlertContent>? change = null)
    {
        var number = ++_alerts;
        var content = Alert(number);
        content = change?.Invoke(content) ?? content;
        var key = $"{content.Key}/{subscriber}/{channel}";
        return Database.WriteAsync(db =>
        {
            var now = Wall.GetUtcNow();
            var at = now.ToUnixTimeMilliseconds();
            db.Execute("INSERT INTO story (id, key, title, first_seen, last_seen) VALUES (@story, 'story-' || @story, '', @at, @at) ON CONFLICT DO NOTHING", new { story = content.Story, at });
            db.Execute(
                """
                INSERT INTO article (id, url, story, source, title, text, authors, first_seen, updated, language, section, keywords, completeness)
                VALUES (@number, 'https://example.com/' || @number, @story, 'wsj', '', '', '[]', @at, @at, 'en', '', '[]', 'full')
                """,
                new { number, story = content.Story, at });
            var alert = AlertStore.Add(db, content, "test", now);
            Outbox.Add(db, new OutboxEntry(key, bundle ?? key, kind, alert, subscriber, channel, now) { Severity = content.Severity }, now);
            return key;
        });
    }

    /// <summary>A plain alert; each number is a story of its own.</summary>
    public static AlertContent Alert(int number) => new()
    {
        Key = $"ceasefire-deadline/story-{number}/first-report/1",
        Reason = AlertReason.FirstReport,
        Severity = Severity.Urgent,
        Rule = new("ceasefire-deadline", "Cease-fire deadline", "(@putin OR @zelensky) AND #ceasefire NEAR/40 deadline", "risk-desk@example.com", new Dictionary<string, string> { ["desk"] = "risk" }),
        Story = number,
        Article = new(
            number, $"https://courier.example.com/world/{number}", "Putin told: no cease-fire by the Friday deadline", "courier", "The Sample Courier", ["Ada Sample"],
            Start.AddMinutes(-4), Start.AddMinutes(-1), "en", Completeness.Full),
        Hits =
        [
            new(Field.Title, 0, 5, "Putin", "@putin", "Putin", null),
            new(Field.Title, 15, 10, "cease-fire", "#ceasefire", "cease-fire", "no"),
            new(Field.Body, 60, 8, "deadline", "deadline", "deadline", null),
        ],
        Excerpts =
        [
            new(Field.Title, "Putin told: no cease-fire by the Friday deadline", [new(0, 5, false), new(15, 10, true)]),
            new(Field.Body, "Officials said the deadline set for Friday would not move.", [new(19, 8, false)]),
        ],
        OtherSources = [new("Sample Wire", "No truce before Friday", "https://wire.example.com/1", Start.AddMinutes(-20))],
    };

    /// <summary>State, attempts and last error of a delivery.</summary>
    public (string State, long Attempts, string? Error) Look(string key) =>
        Database.Read(db => db.QuerySingle<(string, long, string?)>("SELECT state, attempts, last_error FROM delivery WHERE key = @key", new { key }));

    /// <summary>When a delivery is due, counted from now.</summary>
    public TimeSpan DueIn(string key) => DateTimeOffset.FromUnixTimeMilliseconds(
        Database.Read(db => db.QuerySingle<long>("SELECT due FROM delivery WHERE key = @key", new { key }))) - Wall.GetUtcNow();

    public IReadOnlyList<string> Notices() => Database.Read(db => Stored.Column<string>(db, "delivery", "key", new { kind = "notice" }));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _file.DisposeAsync();
    }

    private static WatchConfiguration Of(Channel[] channels)
    {
        var plain = WatchConfigurations.Of([], [.. channels.OfType<Channel.Webhook>().Select(hook => hook.Url.Port)]);
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        return plain with
        {
            Channels = channels.ToDictionary(channel => channel.Id),
            Subscribers = new Dictionary<string, Subscriber>
            {
                ["anna"] = new() { Id = "anna", Email = "anna@example.com", Channel = "mail", TimeZone = berlin },
                ["bert"] = new() { Id = "bert", Email = "bert@example.com", Channel = "mail" },
                ["desk"] = new() { Id = "desk", Channel = "hook" },
            },
        };
    }
}
