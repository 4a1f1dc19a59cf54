using System.Text.Json.Nodes;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Templates;
using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Messages.Webhook;

/// <summary>What a webhook is called with: a function of the message and the configuration, so that each attempt sends the same bytes.</summary>
internal sealed record WebhookBody(byte[] Bytes, string ContentType)
{
    private const string Json = "application/json; charset=utf-8";

    /// <summary>POST or PUT.</summary>
    public string Method { get; init; } = "POST";

    /// <summary>What follows the channel's address, without a slash at its start; may be empty.</summary>
    public string Path { get; init; } = "";

    /// <summary>The headers of a template.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The body of a clean message in the channel's format.</summary>
    /// <exception cref="InvalidOperationException">The message was not cut to what <see cref="Fits"/>.</exception>
    /// <exception cref="TemplateException">The channel's template cannot be filled.</exception>
    public static WebhookBody Create(ClaimedBundle bundle, Channel.Webhook channel, WatchConfiguration configuration) => channel switch
    {
        { Template: { } template } => Create(template.Fill(TemplateMessage.Of(bundle, template, Zone(bundle, configuration)) ?? throw TooLong(bundle, channel))),
        { Format: WebhookFormat.Standard } => Create(StandardEvent.Create(bundle), Json),
        { Format: WebhookFormat.CloudEvents } => Create(StandardEvent.AsCloudEvent(bundle), "application/cloudevents+json; charset=utf-8"),
        _ => Create(ChatMessage.Create(bundle, channel, Zone(bundle, configuration)) ?? throw TooLong(bundle, channel), Json),
    };

    /// <summary>True where the alerts of a clean message fit into one call: a program gets one event an alert, a chat as many as its limits allow.</summary>
    public static bool Fits(ClaimedBundle bundle, Channel.Webhook channel, WatchConfiguration configuration) =>
        bundle.Alerts.Count <= 1
        || (!channel.OneAlert && (channel.Template is { } template
            ? TemplateMessage.Of(bundle, template, Zone(bundle, configuration)) is not null
            : ChatMessage.Create(bundle, channel, Zone(bundle, configuration)) is not null));

    private static TimeZoneInfo Zone(ClaimedBundle bundle, WatchConfiguration configuration) =>
        configuration.Subscribers.GetValueOrDefault(bundle.Subscriber)?.TimeZone ?? configuration.Defaults.TimeZone;

    private static InvalidOperationException TooLong(ClaimedBundle bundle, Channel.Webhook channel) => new($"{bundle.Bundle} does not fit into a message for {channel.Format}.");

    private static WebhookBody Create(TemplateCall call) => new(call.Body, call.ContentType) { Method = call.Method, Path = call.Path, Headers = call.Headers };

    private static WebhookBody Create(JsonNode json, string type) => new(WebhookJson.Bytes(json), type);
}
