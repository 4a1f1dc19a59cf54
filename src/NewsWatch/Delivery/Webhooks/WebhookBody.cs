using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Storage;

namespace NewsWatch.Delivery.Webhooks;

/// <summary>What a webhook is called with.</summary>
internal sealed record WebhookBody(byte[] Bytes, string ContentType)
{
    private const string Json = "application/json; charset=utf-8";
    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.Default };

    /// <summary>The body of a clean message in the channel's format.</summary>
    public static WebhookBody Of(ClaimedBundle bundle, Channel.Webhook channel, WatchConfiguration configuration, DateTimeOffset now)
    {
        var zone = configuration.Subscribers.GetValueOrDefault(bundle.Subscriber)?.TimeZone ?? configuration.Defaults.TimeZone;
        return channel.Format switch
        {
            WebhookFormat.Standard => Of(StandardEvent.Of(bundle, now), Json),
            WebhookFormat.CloudEvents => Of(StandardEvent.AsCloudEvent(bundle, now), "application/cloudevents+json; charset=utf-8"),
            WebhookFormat.Slack => Of(ChatMessage.Slack(ChatText.Of(bundle, zone)), Json),
            WebhookFormat.Discord => Of(ChatMessage.Discord(ChatText.Of(bundle, zone)), Json),
            WebhookFormat.Teams => Of(ChatMessage.Teams(ChatText.Of(bundle, zone)), Json),
            _ => Of(ChatMessage.Ntfy(ChatText.Of(bundle, zone), Topic(channel.Url)), Json),
        };
    }

    /// <summary>The type of the event: what happened.</summary>
    public static string TypeOf(ClaimedBundle bundle) => bundle.Kind switch
    {
        "notice" => "operator.notice",
        "test" => "test",
        _ when bundle.Alerts.Count != 1 => "digest.created",
        _ => bundle.Alerts[0].Reason switch
        {
            Reason.FirstReport => "alert.created",
            Reason.Correction => "alert.corrected",
            Reason.Withdrawal => "alert.withdrawn",
            _ => "alert.updated",
        },
    };

    private static WebhookBody Of(JsonNode json, string type) => new(JsonSerializer.SerializeToUtf8Bytes(json, Written), type);

    private static string Topic(Uri url) => Uri.UnescapeDataString(url.AbsolutePath.Trim('/').Split('/')[^1]);
}
