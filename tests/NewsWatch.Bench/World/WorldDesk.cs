using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NewsWatch.Tests.Support;

namespace NewsWatch.Bench.World;

/// <summary>An installation in a world of its own: feeds on any loopback address, a mail server, a folder with the configuration.</summary>
internal sealed partial class WorldDesk : IAsyncDisposable
{
    private WorldDesk(FeedServer http) => Http = http;

    public FeedServer Http { get; }

    public MailSink Mail { get; } = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("newswatch-world-").FullName;

    /// <summary>The section NewsWatch of the configuration; it counts from the next start on.</summary>
    public JsonObject Watch { get; private set; } = [];

    /// <summary>The news whose mail was taken.</summary>
    public IReadOnlySet<string> Told => Mail.Mails.Where(mail => mail.To == "anna@example.com").SelectMany(mail => mail.Keys).ToHashSet(StringComparer.Ordinal);

    public static async Task<WorldDesk> OpenAsync()
    {
        var desk = new WorldDesk(await FeedServer.StartAsync(IPAddress.Any));
        desk.Watch = desk.Section();
        return desk;
    }

    /// <summary>The news that a message names, by their links.</summary>
    public static IEnumerable<string> KeysIn(string message) => Key().Matches(message).Select(match => match.Groups[1].Value).Distinct();

    /// <summary>A feed with a host of its own.</summary>
    public NewsFeed AddFeed(string id, string host = "127.0.0.1")
    {
        AddSource(id, $"/feed/{id}", host);
        return new NewsFeed(this, id);
    }

    public void AddSource(string id, string path, string host, string poll = "10s") =>
        Watch["Sources"]![id] = new JsonObject { ["Url"] = $"http://{host}:{Http.Port}{path}", ["Poll"] = poll };

    /// <summary>Writes the configuration and starts the program.</summary>
    public async Task<LiveService> StartAsync(CancellationToken cancellation, params (string Name, string Value)[] environment)
    {
        var file = new JsonObject { ["NewsWatch"] = Watch.DeepClone() };
        await File.WriteAllTextAsync(Path.Combine(Folder, "appsettings.json"), file.ToJsonString(), cancellation);
        return await LiveService.StartAsync(Folder, cancellation, environment);
    }

    /// <summary>Starts the program again beside the one that runs: same folder, other ports.</summary>
    public ServiceProcess StartSecond() => ServiceProcess.Start(Folder, "run");

    /// <summary>Asks the database; each row is one text.</summary>
    public IReadOnlyList<string> Ask(string sql) => TestDatabase.Read(Path.Combine(Folder, "data", "newswatch.db"), sql);

    /// <summary>Waits until something is so; false when it is not within the time.</summary>
    public static async Task<bool> UntilAsync(Func<bool> isSo, double seconds, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!isSo())
        {
            if (Stopwatch.GetElapsedTime(started).TotalSeconds > seconds)
            {
                return false;
            }

            await look.WaitForNextTickAsync(cancellation);
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await Http.DisposeAsync();
        await Mail.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private JsonObject Section() => new()
    {
        ["Defaults"] = new JsonObject { ["Via"] = "mail", ["Poll"] = "10s", ["FirstRun"] = "alert-all", ["FullText"] = "never", ["PerSubscriberCap"] = "100000/1h" },
        ["Sources"] = new JsonObject(),
        ["Rules"] = new JsonObject { ["sanctions"] = new JsonObject { ["When"] = "sanctions OR санкции", ["Severity"] = "urgent" } },
        ["Channels"] = new JsonObject { ["mail"] = new JsonObject { ["Type"] = "email", ["Host"] = "127.0.0.1", ["Port"] = Mail.Port, ["Tls"] = "none", ["From"] = "alerts@example.com" } },
        ["Subscribers"] = new JsonObject { ["anna"] = new JsonObject { ["Email"] = "anna@example.com" } },
        ["Operator"] = new JsonObject { ["To"] = new JsonArray("ops@example.com"), ["AllowPrivate"] = new JsonArray("127.0.0.0/8", "2001:db8::/32"), ["AllowPorts"] = new JsonArray(Http.Port) },
    };

    [GeneratedRegex(@"/a/(?<key>n\d{6})", RegexOptions.ExplicitCapture, 30_000)]
    private static partial Regex Key();
}
