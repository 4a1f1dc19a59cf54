using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using NewsWatch.Bench.World;
using NewsWatch.Tests.Support;

namespace NewsWatch.Bench.Replicas;

/// <summary>A load for services that share a database: many feeds at some hosts, readers by mail with a rule each, a real PostgreSQL that waits for its disk, or a file for one service.</summary>
internal sealed class ReplicaLoad : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("newswatch-replicas-").FullName;
    private readonly PostgresServer _server = new() { IsDurable = true };

    private readonly ToldNews _told;

    private ReplicaLoad(FeedHosts feeds) => (Feeds, _told) = (feeds, new(Mail.Mails));

    public FeedHosts Feeds { get; }

    public MailSink Mail { get; } = new();

    /// <summary>The connection string of the database; empty for a file.</summary>
    public string Place { get; private set; } = "";

    /// <summary>Opens the load.</summary>
    /// <param name="poll">Seconds between two polls of a source.</param>
    /// <param name="isFile">SQLite instead of PostgreSQL.</param>
    /// <param name="readers">Each news is for one of them: what is decided for one has one order.</param>
    public static async Task<ReplicaLoad> OpenAsync(int sources, int hosts, TimeSpan latency, int poll, bool isFile, int readers = 1)
    {
        var load = new ReplicaLoad(await FeedHosts.StartAsync(sources, readers, latency));
        if (!isFile)
        {
            await load._server.InitializeAsync();
            load.Place = await load._server.CreateAsync();
        }

        await File.WriteAllTextAsync(Path.Combine(load._folder, "appsettings.json"), load.Configuration(sources, hosts, poll, readers).ToJsonString());
        return load;
    }

    /// <summary>Starts a service under a name.</summary>
    /// <param name="program">The newswatch.dll of another release; null for this one.</param>
    public ServiceProcess Start(string name, string? program = null) => ServiceProcess.Start(_folder, "run", program: program, environment: [("NEWS_DATABASE", Place), ("Storage__Replica", name)]);

    /// <summary>Kills the database's server and starts it again.</summary>
    public async Task KillServerAsync()
    {
        await _server.KillAsync();
        await _server.StartAsync();
    }

    /// <summary>The first column of a query; empty while the server does not answer.</summary>
    public async Task<IReadOnlyList<string>?> AskAsync(string sql)
    {
        try
        {
            return await PostgresServer.AskAsync(Place, sql);
        }
        catch (Npgsql.NpgsqlException)
        {
            return null;
        }
    }

    /// <summary>A count, by a query whose server answers.</summary>
    public async Task<int> CountAsync(string sql) => int.Parse((await AskAsync(sql))![0], CultureInfo.InvariantCulture);

    /// <summary>Waits until all that was published has come, or nothing has for so long; returns how long it took.</summary>
    public async Task<TimeSpan> DrainAsync(TimeSpan patience)
    {
        var (begun, last, count) = (Stopwatch.StartNew(), Stopwatch.StartNew(), Told);
        while (Feeds.Published > _told.News.Count && last.Elapsed < patience)
        {
            await Task.Delay(100);
            if (Told != count)
            {
                (count, last) = (Told, Stopwatch.StartNew());
            }
        }

        return begun.Elapsed;
    }

    /// <summary>News that no mail has told.</summary>
    public IReadOnlyList<NewsName> Lost() => _told.News is var told ? [.. Feeds.All().Where(news => !told.Contains(news))] : [];

    /// <summary>How many messages came.</summary>
    public int Told => _told.Messages.Count;

    /// <summary>The messages that came more than once.</summary>
    public IReadOnlyList<ToldMessage> Repeated() => [.. _told.Messages.Where(message => message.Copies.Count > 1)];

    /// <summary>The news that more than one message told.</summary>
    public IReadOnlyList<NewsName> ToldTwice() => [.. _told.Messages.SelectMany(message => message.News).GroupBy(news => news).Where(news => news.Count() > 1).Select(news => news.Key)];

    public async ValueTask DisposeAsync()
    {
        await Feeds.DisposeAsync();
        await Mail.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private JsonObject Configuration(int sources, int hosts, int poll, int readers) => new()
    {
        ["Storage"] = Place.Length == 0 ? new JsonObject { ["Path"] = "newswatch.db" } : new JsonObject { ["Connection"] = "env:NEWS_DATABASE" },
        ["NewsWatch"] = new JsonObject
        {
            ["Defaults"] = new JsonObject { ["Via"] = "mail", ["Poll"] = $"{poll}s", ["FirstRun"] = "alert-all", ["FullText"] = "never", ["PerSubscriberCap"] = "100000/1h" },
            ["Sources"] = new JsonObject(Enumerable.Range(0, sources).Select(source => KeyValuePair.Create<string, JsonNode?>($"region-{source}", new JsonObject { ["Url"] = Feeds.UrlOf(source, hosts) }))),
            ["Rules"] = EachReader(readers, "desk", reader => new JsonObject { ["When"] = $"desk{reader}", ["Severity"] = "urgent" }),
            ["Channels"] = new JsonObject { ["mail"] = new JsonObject { ["Type"] = "email", ["Host"] = "127.0.0.1", ["Port"] = Mail.Port, ["Tls"] = "none", ["From"] = "alerts@example.com" } },
            ["Subscribers"] = EachReader(readers, "reader", reader => new JsonObject { ["Email"] = $"reader-{reader}@example.com", ["Rules"] = new JsonArray($"desk-{reader}") }),
            ["Operator"] = new JsonObject { ["AllowPrivate"] = new JsonArray("127.0.0.0/8"), ["AllowPorts"] = new JsonArray(Feeds.Port), ["To"] = new JsonArray("ops@example.com"), ["Via"] = "mail" },
        },
    };

    private static JsonObject EachReader(int readers, string name, Func<int, JsonObject> entry) =>
        new(Enumerable.Range(0, readers).Select(reader => KeyValuePair.Create<string, JsonNode?>($"{name}-{reader}", entry(reader))));
}
