using System.Text.Json.Nodes;

namespace NewsWatch.Tests.Support;

/// <summary>A whole installation on loopback: a feed server, a mail server, a webhook receiver, and a folder with a configuration for the real program.</summary>
internal sealed class Newsroom : IAsyncDisposable
{
    /// <summary>How long anything may take before a test gives up: a guard, not a measure.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private Newsroom(FeedServer http) => Http = http;

    /// <summary>Serves <c>/one</c> and <c>/two</c> as feeds and takes webhooks at <c>/hook</c>.</summary>
    public FeedServer Http { get; }

    public FakeSmtpServer Mail { get; } = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("newswatch-desk-").FullName;

    private string Database => Path.Combine(Folder, "data", "newswatch.db");

    public string ConfigurationFile => Path.Combine(Folder, "appsettings.json");

    /// <summary>The calls that reached the webhook.</summary>
    public IReadOnlyList<SeenRequest> Hooks => [.. Http.Requests.Where(request => request.Target == "/hook")];

    public static async Task<Newsroom> OpenAsync()
    {
        var desk = new Newsroom(await FeedServer.StartAsync());
        desk.Http.Answer("/hook", Reply.Of(204));
        desk.Show("/one");
        desk.Show("/two");
        await File.WriteAllTextAsync(desk.ConfigurationFile, desk.Configuration().ToJsonString());
        return desk;
    }

    /// <summary>As <see cref="OpenAsync"/>, with the database of PostgreSQL that the variable NEWS_DATABASE of its programs names.</summary>
    public static async Task<Newsroom> OpenOnPostgresAsync()
    {
        var desk = await OpenAsync();
        await desk.UsePostgresAsync();
        return desk;
    }

    /// <summary>From the next start on the database is the one of PostgreSQL that NEWS_DATABASE names.</summary>
    public Task UsePostgresAsync()
    {
        var configuration = Configuration();
        configuration["Storage"] = new JsonObject { ["Connection"] = "env:NEWS_DATABASE" };
        return File.WriteAllTextAsync(ConfigurationFile, configuration.ToJsonString());
    }

    /// <summary>Lets a feed show items with these headlines.</summary>
    public void Show(string feed, params string[] headlines) => Http.Answer(feed, Reply.Text(
        Rss.Document("", headlines.Select(headline =>
            $"<item><guid>{feed}-{headline.GetHashCode(StringComparison.Ordinal)}</guid><title>{headline}</title>"
            + $"<link>https://news.example.com/{Uri.EscapeDataString(headline)}</link><description>{headline}, officials said.</description></item>"))));

    /// <summary>Two feeds, a cease-fire rule, anna by mail and the desk by webhook.</summary>
    public JsonObject Configuration(string when = "cease-fire", string stories = "headline") => new()
    {
        ["NewsWatch"] = new JsonObject
        {
            ["Defaults"] = new JsonObject { ["Via"] = "mail", ["Poll"] = "10s", ["FirstRun"] = "alert-all", ["FullText"] = "never", ["Stories"] = stories },
            ["Sources"] = new JsonObject { ["one"] = Source("/one"), ["two"] = Source("/two") },
            ["Rules"] = new JsonObject { ["ceasefire"] = new JsonObject { ["When"] = when, ["Severity"] = "urgent" } },
            ["Channels"] = new JsonObject
            {
                ["mail"] = new JsonObject { ["Type"] = "email", ["Host"] = "127.0.0.1", ["Port"] = Mail.Port, ["Tls"] = "none", ["From"] = "alerts@example.com" },
                ["hook"] = new JsonObject { ["Type"] = "webhook", ["Url"] = $"http://127.0.0.1:{Http.Port}/hook", ["Secret"] = "env:HOOK_SECRET" },
            },
            ["Subscribers"] = new JsonObject
            {
                ["anna"] = new JsonObject { ["Email"] = "anna@example.com" },
                ["desk"] = new JsonObject { ["Channel"] = "hook" },
            },
            ["Operator"] = new JsonObject { ["AllowPrivate"] = new JsonArray("127.0.0.0/8"), ["AllowPorts"] = new JsonArray(Http.Port) },
        },
    };

    public ServiceProcess Start(string? crashAt = null, string command = "run") => ServiceProcess.Start(Folder, command, crashAt);

    /// <summary>Asks the service's database.</summary>
    public IReadOnlyList<string> Ask(string sql) => TestDatabase.Read(Database, sql);

    /// <summary>Changes the service's database.</summary>
    public void Change(string sql) => TestDatabase.Change(Database, sql);

    public async ValueTask DisposeAsync()
    {
        await Http.DisposeAsync();
        await Mail.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private JsonObject Source(string path) => new() { ["Url"] = $"http://127.0.0.1:{Http.Port}{path}" };
}
