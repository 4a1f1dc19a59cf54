using System.Text.Json.Nodes;
using NewsWatch.Configuration;
using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Messages.Webhook;

/// <summary>What a webhook is called with: a function of the message and the configuration, so that each attempt sends the same bytes.</summary>
internal sealed record WebhookBody(byte[] Bytes, string ContentType)
{
    private const string Json = "application/json; charset=utf-8";

    /// <summary>The body of a clean message in the channel's format.</summary>
    /// <exception cref="InvalidOperationException">The message was not cut to what <see cref="Fits"/>.</exception>
    public static WebhookBody Of(ClaimedBundle bundle, Channel.Webhook channel, WatchConfiguration configuration) => channel.Format switch
    {
        WebhookFormat.Standard => Of(StandardEvent.Of(bundle), Json),
        WebhookFormat.CloudEvents => Of(StandardEvent.AsCloudEvent(bundle), "application/cloudevents+json; charset=utf-8"),
        _ => Of(ChatMessage.Of(bundle, channel, Zone(bundle, configuration)) ?? throw new InvalidOperationException($"{bundle.Bundle} does not fit into a message for {channel.Format}."), Json),
    };

    /// <summary>True where the alerts of a clean message fit into one call: a program gets one event an alert, a chat as many as its limits allow.</summary>
    public static bool Fits(ClaimedBundle bundle, Channel.Webhook channel, WatchConfiguration configuration) =>
        bundle.Alerts.Count <= 1
        || (channel.Format is not (WebhookFormat.Standard or WebhookFormat.CloudEvents) && ChatMessage.Of(bundle, channel, Zone(bundle, configuration)) is not null);

    private static TimeZoneInfo Zone(ClaimedBundle bundle, WatchConfiguration configuration) =>
        configuration.Subscribers.GetValueOrDefault(bundle.Subscriber)?.TimeZone ?? configuration.Defaults.TimeZone;

    private static WebhookBody Of(JsonNode json, string type) => new(WebhookJson.Bytes(json), type);
}
