using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace NewsWatch.Tests.Support;

/// <summary>A request as it came over the wire.</summary>
/// <param name="Target">Path and query, byte for byte.</param>
internal sealed record SeenRequest(string Method, string Host, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>E.g. "HTTP/2".</summary>
    public string Protocol { get; init; } = "";

    /// <summary>The same for requests over the same connection.</summary>
    public string Connection { get; init; } = "";

    public string? this[string header] => Headers.GetValueOrDefault(header);
}

/// <summary>What the server answers.</summary>
internal sealed record Reply(int Status = 200)
{
    public byte[] Body { get; init; } = [];

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The answer waits for it.</summary>
    public Task? After { get; init; }

    /// <summary>Writes the body instead of <see cref="Body"/>.</summary>
    public Func<Stream, CancellationToken, Task>? Write { get; init; }

    public static Reply Text(string body, params (string Name, string Value)[] headers) =>
        new() { Body = Encoding.UTF8.GetBytes(body), Headers = headers.ToDictionary(header => header.Name, header => header.Value) };

    public static Reply Of(int status, params (string Name, string Value)[] headers) =>
        new(status) { Headers = headers.ToDictionary(header => header.Name, header => header.Value) };

    public static Reply Redirect(int status, string location) => Of(status, ("Location", location));
}

/// <summary>An HTTP server on loopback that answers what a test says and remembers what it was asked.</summary>
internal sealed class FeedServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Func<SeenRequest, Reply>> _answers = new();
    private readonly ConcurrentQueue<SeenRequest> _requests = new();
    private readonly CancellationTokenSource _stopping = new();
    private string _scheme = "http";
    private int _open;
    private int _mostOpen;

    private FeedServer(WebApplication app) => _app = app;

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; private set; }

    /// <summary>All requests so far, in order.</summary>
    public IReadOnlyList<SeenRequest> Requests => [.. _requests];

    /// <summary>The most requests that were open at the same time.</summary>
    public int MaxOpen => _mostOpen;

    /// <summary>Starts a server that answers 404 to everything at first.</summary>
    /// <param name="address">Where it listens; null for 127.0.0.1.</param>
    /// <param name="port">0 for any that is free.</param>
    public static Task<FeedServer> StartAsync(IPAddress? address = null, int port = 0) => StartAsync("http", address ?? IPAddress.Loopback, port, _ => { });

    /// <summary>The same behind TLS.</summary>
    /// <param name="offered">What it offers in the handshake (ALPN).</param>
    public static Task<FeedServer> StartSecureAsync(X509Certificate2 certificate, HttpProtocols offered = HttpProtocols.Http1AndHttp2) =>
        StartAsync("https", IPAddress.Loopback, 0, endpoint =>
        {
            endpoint.Protocols = offered;
            endpoint.UseHttps(certificate);
        });

    private static async Task<FeedServer> StartAsync(string scheme, IPAddress address, int port, Action<ListenOptions> configure)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.Listen(address, port, configure);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinResponseDataRate = null;
        });
        var app = builder.Build();
        var server = new FeedServer(app) { _scheme = scheme };
        app.Run(server.HandleAsync);
        await app.StartAsync();
        server.Port = new Uri(app.Urls.First()).Port;
        return server;
    }

    /// <summary>An address on this server under any host name; the test's resolver leads them all here.</summary>
    public string At(string path, string host = "news.example.com") => $"{_scheme}://{host}:{Port}{path}";

    public void Answer(string path, Func<SeenRequest, Reply> answer) => _answers[path] = answer;

    public void Answer(string path, Reply reply) => _answers[path] = _ => reply;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        Count(Interlocked.Increment(ref _open));
        try
        {
            await AnswerAsync(context);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var request = new SeenRequest(context.Request.Method, context.Request.Host.Host, target, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray())
        {
            Protocol = context.Request.Protocol,
            Connection = context.Connection.Id,
        };
        _requests.Enqueue(request);
        var answer = _answers.GetValueOrDefault(target) ?? _answers.GetValueOrDefault(target.Split('?')[0]) ?? (_ => Reply.Of(404));
        await SendAsync(context, answer(request));
    }

    private async Task SendAsync(HttpContext context, Reply reply)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        if (reply.After is not null)
        {
            await reply.After.WaitAsync(ended.Token);
        }

        context.Response.StatusCode = reply.Status;
        context.Response.Headers.Date = "not told"; // the machine's time means nothing to a test's clock
        foreach (var (name, value) in reply.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (reply.Write is not null)
        {
            await reply.Write(context.Response.Body, ended.Token);
        }
        else if (reply.Body.Length > 0)
        {
            await context.Response.Body.WriteAsync(reply.Body, ended.Token);
        }
    }

    private void Count(int open)
    {
        for (var most = _mostOpen; open > most && Interlocked.CompareExchange(ref _mostOpen, open, most) != most; most = _mostOpen)
        {
        }
    }
}
