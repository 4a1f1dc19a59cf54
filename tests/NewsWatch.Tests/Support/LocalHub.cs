using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace NewsWatch.Tests.Support;

/// <summary>A WebSub hub on loopback: takes subscriptions, verifies intent, distributes signed content.</summary>
internal sealed class LocalHub : IDisposable
{
    private readonly HttpClient _http = new();
    private readonly ConcurrentDictionary<string, (Uri Callback, string Secret)> _subscribers = new();

    public LocalHub(FeedServer server, string path = "/hub")
    {
        Url = server.At(path, "127.0.0.1");
        server.Answer(path, request =>
        {
            Asked.Enqueue(QueryHelpers.ParseQuery(Encoding.UTF8.GetString(request.Body)).ToDictionary(pair => pair.Key, pair => pair.Value.ToString()));
            return Reply.Of(202);
        });
    }

    public string Url { get; }

    /// <summary>Subscription requests that were not verified yet.</summary>
    public ConcurrentQueue<Dictionary<string, string>> Asked { get; } = new();

    /// <summary>Verifies the oldest request: true when the subscriber echoed the challenge.</summary>
    public async Task<bool> VerifyAsync(int leaseSeconds, string? topic = null, string mode = "subscribe")
    {
        Assert.True(Asked.TryDequeue(out var form));
        var challenge = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
        var query = new Dictionary<string, string?>
        {
            ["hub.mode"] = mode,
            ["hub.topic"] = topic ?? form["hub.topic"],
            ["hub.challenge"] = challenge,
            ["hub.lease_seconds"] = leaseSeconds.ToString(CultureInfo.InvariantCulture),
        };
        using var answer = await _http.GetAsync(new Uri(QueryHelpers.AddQueryString(form["hub.callback"], query)));
        var echoed = answer.IsSuccessStatusCode && await answer.Content.ReadAsStringAsync() == challenge;
        if (echoed && mode == "subscribe")
        {
            _subscribers[form["hub.topic"]] = (new Uri(form["hub.callback"]), form["hub.secret"]);
        }

        return echoed;
    }

    /// <summary>Sends content to the topic's subscriber, signed with its secret or with another.</summary>
    public async Task<HttpStatusCode> PublishAsync(string topic, string content, string method = "sha256", string? otherSecret = null)
    {
        var (callback, secret) = _subscribers[topic];
        var body = Encoding.UTF8.GetBytes(content);
        var key = Encoding.UTF8.GetBytes(otherSecret ?? secret);
#pragma warning disable CA5350 // SHA-1 is what many hubs still sign with
        var signature = Convert.ToHexStringLower(method switch
        {
            "sha1" => HMACSHA1.HashData(key, body),
            "sha256" => HMACSHA256.HashData(key, body),
            "sha384" => HMACSHA384.HashData(key, body),
            _ => HMACSHA512.HashData(key, body),
        });
#pragma warning restore CA5350
        using var request = new HttpRequestMessage(HttpMethod.Post, callback) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/rss+xml");
        if (method != "none")
        {
            request.Headers.TryAddWithoutValidation("X-Hub-Signature", $"{method}={signature}");
        }

        using var answer = await _http.SendAsync(request);
        return answer.StatusCode;
    }

    public void Dispose() => _http.Dispose();
}
