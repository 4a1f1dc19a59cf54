using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using NewsWatch.Configuration;
using NewsWatch.Messages.Unsubscribing;
using NewsWatch.Tests.Support;
using NewsWatch.Web;

namespace NewsWatch.Tests.Web;

/// <summary>What can be reached on which port, by whom, and how long a connection may stay.</summary>
public sealed class PortTests
{
    [Theory]
    [InlineData("/health/live", HttpStatusCode.OK, "live\n")]
    [InlineData("/health/ready", HttpStatusCode.ServiceUnavailable, "not ready\n")]
    [InlineData("/u/x", HttpStatusCode.Gone, null)]
    [InlineData("/push/x", HttpStatusCode.NotFound, "")]
    [InlineData("/metrics", HttpStatusCode.NotFound, "")]
    [InlineData("/METRICS/", HttpStatusCode.NotFound, "")]
    [InlineData("/", HttpStatusCode.NotFound, "")]
    [InlineData("/u/", HttpStatusCode.NotFound, "")]
    [InlineData("/u/x/y", HttpStatusCode.NotFound, "")]
    [InlineData("/health", HttpStatusCode.NotFound, "")]
    [InlineData("/status", HttpStatusCode.NotFound, "")]
    [InlineData("/appsettings.json", HttpStatusCode.NotFound, "")]
    public async Task The_public_port_gives_no_reasons_and_knows_nothing_of_the_operators(string path, HttpStatusCode status, string? body)
    {
        await using var ports = await OpenPorts.OpenAsync();

        var answer = await ports.Public.AskAsync(path);

        Assert.Equal(status, answer.Status);
        Assert.Equal(body ?? answer.Body, answer.Body);
    }

    [Theory]
    [InlineData("/health/live", HttpStatusCode.OK, "live")]
    [InlineData("/health/ready", HttpStatusCode.ServiceUnavailable, "no poll cycle ended")]
    [InlineData("/metrics", HttpStatusCode.OK, "newswatch_")]
    [InlineData("/u/x", HttpStatusCode.NotFound, "")]
    [InlineData("/push/x", HttpStatusCode.NotFound, "")]
    public async Task The_operators_port_gives_reasons_and_metrics_and_nothing_public(string path, HttpStatusCode status, string says)
    {
        await using var ports = await OpenPorts.OpenAsync();

        var answer = await ports.Operator.AskAsync(path);

        Assert.Equal(status, answer.Status);
        Assert.Contains(says, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_endpoints_with_one_port_on_two_addresses_are_told_apart()
    {
        var port = FreePorts.Next();
        await using var ports = await OpenPorts.OpenAsync(("Kestrel:Endpoints:Operator:Url", $"http://127.0.0.1:{port}"), ("Kestrel:Endpoints:Public:Url", $"http://127.0.0.5:{port}"));
        using var open = new HttpClient { BaseAddress = new Uri($"http://127.0.0.5:{port}") };
        using var guarded = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        Assert.Equal(HttpStatusCode.NotFound, (await open.AskAsync("/metrics")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await open.AskAsync("/metrics", request => request.Headers.Host = $"127.0.0.1:{port}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await guarded.AskAsync("/metrics")).Status);
    }

    [Theory]
    [InlineData("http://127.0.0.1:PORT")]
    [InlineData("http://0.0.0.0:PORT")]
    public async Task Two_endpoints_that_would_hear_the_same_connections_are_refused(string open)
    {
        var port = $"{FreePorts.Next()}";

        var refused = await RefusalAsync($"http://127.0.0.1:{port}", open.Replace("PORT", port, StringComparison.Ordinal));

        Assert.Contains("both listen on", refused, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://loopback:0")]
    [InlineData("http://+:0")]
    [InlineData("http://*:0")]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://news.example.com:0")]
    public async Task An_operators_endpoint_that_is_bound_to_more_than_loopback_needs_a_token(string url) =>
        Assert.Contains("Web__OperatorToken", await RefusalAsync(url, "http://127.0.0.1:0"), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://localhost:8081", "http://127.0.0.1:8081/health/ready")]
    [InlineData("http://+:8081", "http://127.0.0.1:8081/health/ready")]
    [InlineData("http://*:8081", "http://127.0.0.1:8081/health/ready")]
    [InlineData("http://[::]:8081", "http://127.0.0.1:8081/health/ready")]
    [InlineData("http://loopback:8081", "http://127.0.0.1:8081/health/ready")]
    [InlineData("http://10.1.2.3:8081", "http://10.1.2.3:8081/health/ready")]
    public void The_health_command_asks_where_the_endpoint_is_bound(string url, string asked)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Kestrel:Endpoints:Operator:Url", url)]).Build();

        Assert.Equal(asked, OperatorPort.LocalAddress(settings, "/health/ready").AbsoluteUri);
    }

    [Theory]
    [InlineData("localhost:8081", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("[::1]:8081", HttpStatusCode.OK)]
    [InlineData("watch.example.com:8081", HttpStatusCode.OK)]
    [InlineData("evil.example.com", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.evil.example.com", HttpStatusCode.MisdirectedRequest)]
    public async Task The_operators_port_answers_to_addresses_localhost_and_configured_names(string host, HttpStatusCode status)
    {
        await using var ports = await OpenPorts.OpenAsync(("Web:OperatorHosts", "other.example.com, WATCH.example.com"));

        Assert.Equal(status, (await ports.Operator.AskAsync("/metrics", request => request.Headers.Host = host)).Status);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized, "not ready\n")]
    [InlineData("wrong", HttpStatusCode.Unauthorized, "not ready\n")]
    [InlineData("right", HttpStatusCode.OK, null)]
    public async Task Where_a_token_is_set_metrics_and_reasons_need_it(string? token, HttpStatusCode metrics, string? ready)
    {
        await using var ports = await OpenPorts.OpenAsync(("Web:OperatorToken", "right"));
        void Show(HttpRequestMessage request) => request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);

        Assert.Equal(metrics, (await ports.Operator.AskAsync("/metrics", Show)).Status);
        var said = (await ports.Operator.AskAsync("/health/ready", Show)).Body;
        Assert.Equal(ready is not null, said == "not ready\n");
    }

    [Theory]
    [InlineData("HEAD", "/health/live", HttpStatusCode.OK)]
    [InlineData("HEAD", "/health/ready", HttpStatusCode.ServiceUnavailable)]
    [InlineData("HEAD", "/u/x", HttpStatusCode.Gone)]
    [InlineData("POST", "/health/live", HttpStatusCode.MethodNotAllowed)]
    [InlineData("PUT", "/u/x", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/push/x", HttpStatusCode.MethodNotAllowed)]
    [InlineData("TRACE", "/", HttpStatusCode.NotFound)]
    public async Task Head_gives_the_headers_and_other_methods_are_refused(string method, string path, HttpStatusCode status)
    {
        await using var ports = await OpenPorts.OpenAsync();

        var answer = await ports.Public.AskAsync(path, request => request.Method = new HttpMethod(method));

        Assert.Equal((status, ""), (answer.Status, answer.Body));
    }

    public static TheoryData<string, string, HttpStatusCode> BrokenForms => new()
    {
        { "multipart/form-data", "scope=all", HttpStatusCode.BadRequest },
        { "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"scope\"\r\n\r\nall", HttpStatusCode.BadRequest },
        { "multipart/form-data; boundary=b", "--b\r\nno header\r\n\r\nall\r\n--b--", HttpStatusCode.BadRequest },
        { "application/x-www-form-urlencoded", string.Concat(Enumerable.Repeat("a&", 2_000)), HttpStatusCode.BadRequest },
        { "application/x-www-form-urlencoded", new string('a', 2_100) + "=1", HttpStatusCode.BadRequest },
        { "application/x-www-form-urlencoded; charset=no-such", "scope=%ff%fe%00", HttpStatusCode.BadRequest },
        { "application/x-www-form-urlencoded", "scope=all&pad=" + new string('x', 5_000), HttpStatusCode.RequestEntityTooLarge },
        { "application/json", "{}", HttpStatusCode.UnsupportedMediaType },
        { "none", "scope=all", HttpStatusCode.UnsupportedMediaType },
    };

    [Theory]
    [MemberData(nameof(BrokenForms))]
    public async Task A_form_that_cannot_be_read_is_the_senders_fault_and_does_nothing(string contentType, string body, HttpStatusCode status)
    {
        await using var ports = await OpenPorts.OpenAsync();
        var token = await ports.World.Get<UnsubscribeTokens>().CreateAsync(new("anna", "ceasefire", null), CancellationToken.None);

        var answer = await ports.Public.AskAsync($"/u/{token}", request =>
        {
            request.Method = HttpMethod.Post;
            request.Content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        });

        Assert.Equal(status, answer.Status);
        Assert.Empty(ports.World.Column("unsubscribed", "scope"));
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/u/x")]
    [InlineData("/nothing")]
    public async Task No_answer_is_stored_or_taken_for_another_type(string path)
    {
        await using var ports = await OpenPorts.OpenAsync();
        foreach (var client in new[] { ports.Public, ports.Operator })
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.True(answer.Headers.CacheControl?.NoStore);
        }
    }

    [Fact]
    public async Task A_crowd_of_silent_connections_at_the_public_port_leaves_the_operators_its_room()
    {
        await using var ports = await OpenPorts.OpenAsync();
        var crowd = new List<TcpClient>();
        try
        {
            for (var n = 0; n < 256; n++)
            {
                crowd.Add(await ConnectAsync(ports.Public));
                Assert.True(await IsAnsweredAsync(crowd[n]));
            }

            using var one = await ConnectAsync(ports.Public);
            Assert.False(await IsAnsweredAsync(one));
            Assert.Equal(HttpStatusCode.OK, (await ports.Operator.AskAsync("/health/live")).Status);
        }
        finally
        {
            crowd.ForEach(connection => connection.Dispose());
        }
    }

    [Fact]
    public async Task Slow_headers_slow_bodies_and_idle_connections_end_within_seconds()
    {
        await using var ports = await OpenPorts.OpenAsync();
        var limits = ports.World.Get<IOptions<KestrelServerOptions>>().Value.Limits;

        Assert.InRange(limits.RequestHeadersTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        Assert.InRange(limits.KeepAliveTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        Assert.InRange(limits.MaxRequestBufferSize!.Value, 1, 64 * 1024);
        Assert.True(limits.MaxRequestBodySize!.Value / limits.MinRequestBodyDataRate!.BytesPerSecond <= 10);
    }

    private static async Task<string> RefusalAsync(string operatorUrl, string publicUrl)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Endpoints:Operator:Url", operatorUrl), new("Endpoints:Public:Url", publicUrl), new("Web:OperatorToken", "")]).Build();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel(kestrel => new Ports(OperatorPort.From(settings)).Configure(kestrel, settings));
        await using var app = builder.Build();
        return (await Assert.ThrowsAsync<SettingException>(() => app.StartAsync())).Message;
    }

    private static async Task<bool> IsAnsweredAsync(TcpClient connection)
    {
        try
        {
            await connection.GetStream().WriteAsync("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
            return await connection.GetStream().ReadAsync(new byte[1024]) > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task<TcpClient> ConnectAsync(HttpClient to)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(to.BaseAddress!.Host, to.BaseAddress.Port);
        return connection;
    }
}
