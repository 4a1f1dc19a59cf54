using System.Globalization;
using System.Net;
using NewsWatch.Backtest;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Silences;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Views;
using NewsWatch.Storage.Work;
using NewsWatch.Tests.Hostile;
using NewsWatch.Tests.Support;

namespace NewsWatch.Desk.Tests.Support;

/// <summary>The whole service with its ports open, on a clock moved by hand, and some news in it.</summary>
internal sealed class DeskWorld : IAsyncDisposable
{
    /// <summary>Every page with its address, for rows of tests.</summary>
    public static readonly string[] Pages =
    [
        "", "alerts", "alerts/1", "stories", "stories/1", "articles", "articles?q=truce", "articles/1?subscriber=anna", "decisions", "sources", "sources/told-1", "deliveries", "deliveries/1",
        "rules", "rules/ceasefire", "workbench", "workbench?rule=ceasefire", "workbench?query=truce%20AND%20northern", "workbench?query=(truce", "subscribers", "subscribers/anna", "configuration",
        "silences", "silences/1", "silences/new?scope=subscriber&target=desk", "silences/new?scope=rule&target=ceasefire&for=4h&reason=strike", "silences/new?scope=rule&target=x&for=31d&reason=x", "acts", "noise", "replicas", "drills", "drills/1", "backtests", "backtests?rule=ceasefire&query=truce",
    ];

    private readonly OpenPorts _ports;

    private DeskWorld(OpenPorts ports) => _ports = ports;

    public HostileWorld Service => _ports.World;

    /// <summary>A client of the operator's port that follows no redirect.</summary>
    public HttpClient Client => _ports.Operator;

    public Uri Site => Client.BaseAddress!;

    /// <summary>The service without any news.</summary>
    public static async Task<DeskWorld> EmptyAsync(params (string Name, string Value)[] settings) => new(await OpenPorts.OpenAsync(settings));

    /// <summary>The service with news that alerted, news that did not, and a message that was given up.</summary>
    public static async Task<DeskWorld> OpenAsync(params (string Name, string Value)[] settings)
    {
        var world = await EmptyAsync(settings);
        await world.Service.TellAsync("Truce holds along the northern line", text: "The truce held for a third day, officials said. Both sides agreed to extend it.");
        await world.Service.TellAsync("Talks on a truce break off without a date", text: "No truce before Friday, the envoy said.");
        await world.Service.TellAsync("Harbour opens a new pier", text: "Nothing to watch for.");
        await world.SilenceAsync(SilenceScope.Subscriber, "desk");
        await world.Service.Database.WriteAsync(db => DrillStore.AddMissed(db, world.Service.Clock.GetUtcNow(), "the service did not run at its time", world.Service.Clock.GetUtcNow()));
        return world;
    }

    /// <summary>A day of a small newsroom: three rules, sources that do well and one that does not.</summary>
    public static async Task<DeskWorld> NewsroomAsync()
    {
        var world = await EmptyAsync();
        WatchRule[] rules =
        [
            SomeWatch.Rule("ceasefire", "truce OR cease-fire", Severity.Urgent) with { Title = "Cease-fire, north" },
            SomeWatch.Rule("sanctions", "sanctions NEAR/30 (ministers OR banks)") with { Title = "Sanctions" },
            SomeWatch.Rule("quake", "(earthquake OR quake) AND magnitude", Severity.Flash) with { Title = "Earthquakes" },
        ];
        world.Service.Configure(watch => watch with { Rules = rules.ToDictionary(rule => rule.Id), RuleSet = RuleSet.Compile([.. rules.Select(rule => rule.Rule)], watch.Vocabulary) });
        foreach (var (title, text, hours) in News)
        {
            world.Service.Clock.Advance(TimeSpan.FromHours(hours));
            await world.Service.TellAsync(title, text: text);
        }

        await world.Service.Database.WriteAsync(db => db.Execute(
            "UPDATE source SET configured = 1, state = CASE WHEN id = 'told-3' THEN 'failing' ELSE 'ok' END, state_reason = CASE WHEN id = 'told-3' THEN 'HTTP 503 since 18:20' ELSE '' END"));
        world.Service.Get<Progress>().CycleEnded();
        await world.ShareAsync();
        return world;
    }

    /// <summary>Three services share the database, as on a server: one leads, one is in trouble and late, one has just started.</summary>
    public Task ShareAsync()
    {
        var now = Service.Clock.GetUtcNow();
        return Service.Database.WriteAsync(db =>
        {
            Stored.Add(db, "replica", new { id = 1L, name = "desk-1", version = "1.2.0", alone = 0, started = now.AddHours(-30), seen = now.AddSeconds(-1) });
            Stored.Add(db, "replica", new { id = 2L, name = "desk-2", version = "1.2.0", alone = 0, started = now.AddHours(-3), seen = now });
            Stored.Add(db, "replica", new { id = 3L, name = "desk-3", version = "1.2.1", alone = 0, started = now.AddSeconds(-4), seen = now });
            Stored.Add(db, "owned", new { kind = "role", key = "lead", replica = 1L });
            Stored.Add(db, "owned", new { kind = "lane", key = "mail/1", replica = 1L });
            foreach (var shard in Enumerable.Range(0, 1024))
            {
                Stored.Add(db, "owned", new { kind = "shard", key = shard.ToString(CultureInfo.InvariantCulture), replica = shard == 0 ? 2L : 1L + (shard % 2) });
            }

            Stored.Source(db, "slow", now.AddDays(-1), due: now.AddSeconds(-95));
            ReplicaViews.Tell(db, 1, new("7762d5a3b1c2", now.AddSeconds(-2), null));
            ReplicaViews.Tell(db, 2, new("0b1c2d3e4f5a", now.AddMinutes(-2), "no poll cycle ended in the last 60 s"));
        });
    }

    /// <summary>Makes a silence of four hours.</summary>
    public Task<long> SilenceAsync(SilenceScope scope, string target, string reason = "the room is empty at night")
    {
        var now = Service.Clock.GetUtcNow();
        return Service.Get<SilenceRegister>().MakeAsync(new(0, scope, target, now, now.AddHours(4), reason, "ops"), new("ops", IsCommand: true), request: null, CancellationToken.None);
    }

    /// <summary>Runs a backtest of the desk to its end.</summary>
    public async Task BacktestAsync()
    {
        var tried = BacktestCandidate.WithQuery(Service.Configuration, "ceasefire", Query.Parse("truce AND northern", Vocabulary.Empty).Query!, StoryNeeds.None);
        await Service.Get<BacktestQueue>().StartAsync(
            new(tried) { Baseline = Service.Configuration, Rule = "ceasefire", Near = true },
            """{"Rule":"ceasefire","Query":"truce AND northern","Unless":"","Edit":"","Since":"30d"}""",
            "olga",
            null,
            CancellationToken.None);
        await Service.Get<BacktestQueue>().IdleAsync();
    }

    private static readonly (string Title, string Text, int Hours)[] News =
    [
        ("Ministers agree on new sanctions against three banks", "The sanctions take effect on Monday, ministers said after a night of talks.", 0),
        ("Harbour opens a new pier", "The mayor cut the ribbon.", 2),
        ("Truce holds along the northern line for a third day", "The truce was quiet, monitors said. Both sides will meet again on Friday.", 3),
        ("Envoys fly in for the Friday deadline", "Nobody expects a result.", 2),
        ("Quake of magnitude 6.1 shakes the Norland coast", "The earthquake was felt in the capital. A magnitude of 6.1 was measured; there was no warning of a wave.", 4),
        ("Banks ask for time before sanctions bite", "Two of the banks named in the sanctions have asked ministers for a delay.", 3),
        ("Norland told there would be no cease-fire by the Friday deadline", "No cease-fire before the deadline, the envoy said, but talks go on.", 5),
    ];

    /// <summary>How many rows a list has in all.</summary>
    public int Count(string list)
    {
        var table = list switch { "alerts" => "alert", "stories" => "story", "articles" => "article", "decisions" => "verdict", "deliveries" => "delivery", _ => "act" };
        return int.Parse(Service.Ask($"SELECT count(*) FROM {table}")[0], CultureInfo.InvariantCulture);
    }

    /// <summary>The status and body of a page.</summary>
    public Task<(HttpStatusCode Status, string Body)> AskAsync(string path, Action<HttpRequestMessage>? change = null) => Client.AskAsync($"/desk/{path}", change);

    public ValueTask DisposeAsync() => _ports.DisposeAsync();
}
