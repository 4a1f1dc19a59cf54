using System.Text;
using System.Text.Json.Nodes;
using NewsWatch.Core.Alerts;

namespace NewsWatch.Messages.Webhook;

/// <summary>ntfy's JSON form: a message of at most 4,096 bytes (a longer one becomes a file), the whole call at most twice that; no markdown.</summary>
internal static class NtfyMessage
{
    private const int MaxTitle = 200;
    private const int MaxMessage = 3_900;
    private const int MaxTogether = 7_900;

    /// <summary>The message; null where it is larger than ntfy takes.</summary>
    public static JsonObject? Create(ChatText text, string topic)
    {
        var lines = string.Join('\n', text.Lines.Concat(text.Items.Select(item => $"• {item.Text}{(item.Link is { } to ? $" {to.Address}" : "")}")));
        var message = new JsonObject
        {
            ["topic"] = topic,
            ["title"] = SubjectLine.Shorten(text.Title, MaxTitle),
            ["message"] = lines,
            ["priority"] = text.Severity switch { Severity.Flash => 5, Severity.Urgent => 4, _ => 3 },
        };
        if (text.Link is { } link)
        {
            message["click"] = link.Address;
        }

        return Encoding.UTF8.GetByteCount(lines) <= MaxMessage && WebhookJson.Size(message) <= MaxTogether ? message : null;
    }
}
