using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NewsWatch.Delivery;
using NewsWatch.Storage;
using NewsWatch.Tests.Support;
using NewsWatch.Web;

namespace NewsWatch.Tests.Web;

/// <summary>What answers on which port.</summary>
public sealed class PortTests
{
    [Theory]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/health/ready", HttpStatusCode.ServiceUnavailable)]
    [InlineData("/u/x", HttpStatusCode.Gone)]
    [InlineData("/metrics", HttpStatusCode.NotFound)]
    [InlineData("/METRICS/", HttpStatusCode.NotFound)]
    [InlineData("/", HttpStatusCode.NotFound)]
    [InlineData("/u/", HttpStatusCode.NotFound)]
    [InlineData("/u/x/y", HttpStatusCode.NotFound)]
    [InlineData("/health", HttpStatusCode.NotFound)]
    [InlineData("/status", HttpStatusCode.NotFound)]
    [InlineData("/appsettings.json", HttpStatusCode.NotFound)]
    public async Task The_public_port_knows_unsubscribing_and_health_and_nothing_else(string path, HttpStatusCode status)
    {
        await using var world = new DeliveryWorld();
        await using var web = await ServeAsync(world, token: null);

        Assert.Equal(status, await web.AskAsync(path));
    }

    [Fact]
    public async Task The_operators_port_shows_metrics_and_no_header_makes_the_public_one_pass_for_it()
    {
        await using var world = new DeliveryWorld();
        await using var web = await ServeAsync(world, token: null);

        Assert.Equal(HttpStatusCode.OK, await web.AskAsync("/metrics", onOperatorPort: true));
        Assert.Equal(HttpStatusCode.NotFound, await web.AskAsync("/metrics", change: request =>
        {
            request.Headers.Host = $"127.0.0.1:{web.OperatorPort}";
            request.Headers.Add("X-Forwarded-Port", $"{web.OperatorPort}");
            request.Headers.Add("X-Forwarded-Host", $"127.0.0.1:{web.OperatorPort}");
        }));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("wrong", HttpStatusCode.Unauthorized)]
    [InlineData("right", HttpStatusCode.OK)]
    public async Task Where_a_token_is_set_the_operators_port_asks_for_it(string? token, HttpStatusCode status)
    {
        await using var world = new DeliveryWorld();
        await using var web = await ServeAsync(world, token: "right");

        Assert.Equal(status, await web.AskAsync("/metrics", onOperatorPort: true, request =>
            request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token)));
    }

    private static async Task<Served> ServeAsync(DeliveryWorld world, string? token)
    {
        var operatorPort = FreePort();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0", $"http://127.0.0.1:{operatorPort}");
        builder.Services.AddSingleton(world.Get<UnsubscribeTokens>()).AddSingleton(world.Configuration).AddSingleton(world.Database)
            .AddSingleton<TimeProvider>(world.Clock).AddSingleton(new Progress(world.Clock)).AddWeb(new(operatorPort, token));
        var app = builder.Build();
        app.MapNewsWatch();
        await app.StartAsync();
        return new(app, operatorPort);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Served(WebApplication app, int operatorPort) : IAsyncDisposable
    {
        private readonly HttpClient _client = new();

        public int OperatorPort => operatorPort;

        public async Task<HttpStatusCode> AskAsync(string path, bool onOperatorPort = false, Action<HttpRequestMessage>? change = null)
        {
            var address = app.Urls.First(url => url.EndsWith($":{operatorPort}", StringComparison.Ordinal) == onOperatorPort);
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address + path));
            change?.Invoke(request);
            using var answer = await _client.SendAsync(request);
            return answer.StatusCode;
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await app.DisposeAsync();
        }
    }
}
