using System.Text.Json.Nodes;
using NewsWatch.Configuration.Templates;

namespace NewsWatch.Messages.Webhook;

/// <summary>Teams: an adaptive card, of which Teams takes 28 KB counted after it has wrapped it once more. What is Markdown in a text is escaped.</summary>
internal static class TeamsMessage
{
    private const int MaxBytes = 19_500;

    /// <summary>The message; null where it is larger than Teams takes.</summary>
    public static JsonObject? Create(ChatText text)
    {
        var card = new JsonObject
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.4",
            ["body"] = new JsonArray(
            [
                Block(MarkdownText.Escape(text.Title), "Medium", "Bolder"),
                .. text.Lines.Select(line => Block(MarkdownText.Escape(line), "Default", "Default")),
                .. text.Items.Select(item => Block(Linked(item), "Default", "Default")),
            ]),
        };
        if (text.Link is { } link)
        {
            card["actions"] = new JsonArray(new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = $"Read at {link.Host}", ["url"] = link.Address });
        }

        var message = new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "application/vnd.microsoft.card.adaptive", ["content"] = card }),
        };
        return Wrapped(message) <= MaxBytes ? message : null;
    }

    /// <summary>Bytes once the JSON is a text inside of other JSON: each quotation mark and backslash takes one more.</summary>
    private static int Wrapped(JsonNode message)
    {
        var bytes = WebhookJson.Bytes(message);
        return bytes.Length + bytes.Count(one => one is (byte)'"' or (byte)'\\');
    }

    private static JsonObject Block(string markdown, string size, string weight) => new JsonObject
    {
        ["type"] = "TextBlock",
        ["text"] = markdown,
        ["wrap"] = true,
        ["size"] = size,
        ["weight"] = weight,
    };

    /// <summary>A link with its host beside it; parentheses in an address would end it.</summary>
    private static string Linked(ChatItem item) => item.Link is { } to
        ? $"[{MarkdownText.Escape(item.Text)}]({to.Address.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal)}) ({to.Host})"
        : MarkdownText.Escape(item.Text);
}
