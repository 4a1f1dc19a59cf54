using System.Net;
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
        return world;
    }

    /// <summary>The status and body of a page.</summary>
    public Task<(HttpStatusCode Status, string Body)> AskAsync(string path, Action<HttpRequestMessage>? change = null) => Client.AskAsync($"/desk/{path}", change);

    public ValueTask DisposeAsync() => _ports.DisposeAsync();
}
