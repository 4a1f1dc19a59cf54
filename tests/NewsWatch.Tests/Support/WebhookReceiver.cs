using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace NewsWatch.Tests.Support;

/// <summary>A call as it came.</summary>
internal sealed record WebhookCall(string Id, string Timestamp, string Signatures, string ContentType, string Body, bool Verified)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>Method, path and query: <c>PUT /hook/room?x=1</c>.</summary>
    public string Line { get; init; } = "";

    /// <summary>The header Authorization.</summary>
    public string Authorization { get; init; } = "";
}

/// <summary>A webhook's receiving end on loopback: verifies Standard Webhooks signatures by itself, and answers by script.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _answers = new();
    private readonly WebApplication _app;

    private WebhookReceiver(WebApplication app) => _app = app;

    /// <summary>The secret that calls are verified with: <c>whsec_</c> and base64.</summary>
    public string Secret { get; init; } = "whsec_" + Convert.ToBase64String(Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef"));

    public ConcurrentQueue<WebhookCall> Calls { get; } = new();

    /// <summary>Calls that were answered with 2xx.</summary>
    public ConcurrentQueue<WebhookCall> Accepted { get; } = new();

    public Uri Url => new(_app.Urls.First() + "/hook");

    public static async Task<WebhookReceiver> StartAsync(string address = "127.0.0.1", int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel().UseUrls($"http://{address}:{port}");
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>The next call is answered so.</summary>
    public void Next(Func<HttpContext, Task> answer) => _answers.Enqueue(answer);

    /// <summary>The next call is answered with a status, and a header.</summary>
    public void Next(int status, string? header = null, string? value = null) => Next(context =>
    {
        context.Response.StatusCode = status;
        if (header is not null)
        {
            context.Response.Headers[header] = value;
        }

        return Task.CompletedTask;
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers;
        var (id, timestamp, signatures) = (headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), headers["webhook-signature"].ToString());
        var signed = $"{id}.{timestamp}.{Encoding.UTF8.GetString(body.ToArray())}";
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Secret[6..]), Encoding.UTF8.GetBytes(signed)));
        var verified = signatures.Split(' ').Contains(expected) && long.TryParse(timestamp, CultureInfo.InvariantCulture, out _);
        var call = new WebhookCall(id, timestamp, signatures, context.Request.ContentType ?? "", Encoding.UTF8.GetString(body.ToArray()), verified)
        {
            Line = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}",
            Authorization = headers.Authorization.ToString(),
        };
        Calls.Enqueue(call);
        if (_answers.TryDequeue(out var answer))
        {
            await answer(context);
        }

        if (context.Response.StatusCode is >= 200 and < 300)
        {
            Accepted.Enqueue(call);
        }
    }
}
