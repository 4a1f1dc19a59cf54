using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Hostile;

/// <summary>
/// A feed that puts each payload into every field that it controls, taken through the whole service once: what came out where, to look at.
/// It is a JSON feed, because JSON can say every character.
/// </summary>
public sealed class HostileNews : IAsyncLifetime
{
    private readonly List<WebhookReceiver> _receivers = [];
    private readonly Dictionary<WebhookFormat, WebhookReceiver> _byFormat = [];

    internal HostileWorld World { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        World = await HostileWorld.OpenAsync();
        foreach (var format in Enum.GetValues<WebhookFormat>())
        {
            _byFormat[format] = await WebhookReceiver.StartAsync(HostileWorld.Outside.ToString());
            _receivers.Add(_byFormat[format]);
        }

        World.Configure(WithAllChannels);
        World.Site.Answer("/feed", Reply.Text(Feed(), ("Content-Type", "application/feed+json")));
        await World.PollAsync(World.Source("news", "/feed"));
        Assert.Null(World.Row("news").LastError);
        await World.SettleAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var receiver in _receivers)
        {
            await receiver.DisposeAsync();
        }

        await World.DisposeAsync();
    }

    /// <summary>What marks a payload's news in every sink: one plain word.</summary>
    public static string Marker(string payload) => "case" + string.Concat(payload.Where(char.IsAsciiLetter));

    /// <summary>The mail that tells of a payload.</summary>
    internal ReceivedMail Mail(string payload) => Assert.Single(World.Mail.Mails, mail => Tells(mail.Message.Subject ?? "", payload));

    /// <summary>The call that tells of it, in a format.</summary>
    internal WebhookCall Call(string payload, WebhookFormat format) =>
        Assert.Single(_byFormat[format].Calls, call => Tells(call.Body, payload));

    internal static bool Tells(string text, string payload) => Regex.IsMatch(text, $@"Truce {Marker(payload)}\b", RegexOptions.None, TimeSpan.FromSeconds(10));

    /// <summary>The address of a payload's article.</summary>
    public static string Address(string payload) => $"https://news.example.com/{Marker(payload)}";

    private WatchConfiguration WithAllChannels(WatchConfiguration watch) => watch with
    {
        Channels = new Dictionary<string, Channel>(watch.Channels.Where(channel => channel.Key == "mail")
            .Concat(_byFormat.Select(pair => KeyValuePair.Create<string, Channel>(Name(pair.Key), DeliveryWorld.Hook(pair.Value, pair.Key) with { Id = Name(pair.Key) })))),
        Subscribers = new Dictionary<string, Subscriber>(_byFormat.Keys.Select(format => KeyValuePair.Create(Name(format), new Subscriber { Id = Name(format), Channel = Name(format), Cap = new(10_000, TimeSpan.FromHours(1)) }))
            .Append(KeyValuePair.Create("anna", watch.Subscribers["anna"]))),
        Operator = watch.Operator with { AllowPorts = [.. watch.Operator.AllowPorts, .. _receivers.Select(receiver => receiver.Url.Port)] },
    };

    private static string Name(WebhookFormat format) => format.ToString().ToLowerInvariant();

    private static string Feed() => new JsonObject
    {
        ["version"] = "https://jsonfeed.org/version/1.1",
        ["title"] = "News \u001b[31m<script>\r\nX-Evil: 1",
        ["items"] = new JsonArray([.. Payloads.All.Select(payload => (JsonNode)Item(payload.Key, payload.Value))]),
    }.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Default }).Replace("LONE", "\\ud800", StringComparison.Ordinal);

    private static JsonObject Item(string name, string payload) => new()
    {
        ["id"] = $"{name} {payload[..Math.Min(payload.Length, 200)]}",
        ["url"] = Address(name),
        ["title"] = $"Truce {Marker(name)} {payload}",
        ["content_text"] = $"{Words(name)} The truce holds, it is said: {payload} and then the truce ends.",
        ["authors"] = new JsonArray(new JsonObject { ["name"] = payload }),
        ["tags"] = new JsonArray(payload),
        ["date_published"] = "2025-08-06T20:30:00Z",
    };

    /// <summary>Words of their own for each, so that no two are one story.</summary>
    private static string Words(string name) => string.Join(' ', Enumerable.Range(1, 12).Select(n => $"{Marker(name)}{new string((char)('a' + n), 3)}"));
}
