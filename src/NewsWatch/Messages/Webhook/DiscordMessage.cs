using System.Text.Json.Nodes;
using NewsWatch.Configuration.Templates;
using NewsWatch.Core.Alerts;

namespace NewsWatch.Messages.Webhook;

/// <summary>Discord's embeds: title at most 256 characters, description at most 4,096, at most 10 embeds of 6,000 together; mentions are off.</summary>
internal static class DiscordMessage
{
    private const int MaxTitle = 120;
    private const int MaxDescription = 4_000;
    private const int MaxTogether = 5_900;

    /// <summary>The message; null where it is larger than Discord takes.</summary>
    public static JsonObject? Create(ChatText text)
    {
        var title = MarkdownText.Escape(SubjectLine.Shorten(text.Title, MaxTitle));
        string[] lines =
        [
            .. text.Lines.Select(MarkdownText.Escape),
            .. text.Items.Select(item => $"• {MarkdownText.Escape(item.Text)}{(item.Link is { } to ? $" {to.Address}" : "")}"),
        ];
        return ChatMessage.Sections(lines, MaxDescription) is { } sections && title.Length + sections.Sum(section => section.Length) <= MaxTogether
            ? new()
            {
                ["username"] = "NewsWatch",
                ["allowed_mentions"] = new JsonObject { ["parse"] = new JsonArray() },
                ["embeds"] = new JsonArray([Embed(sections.FirstOrDefault(""), text, title), .. sections.Skip(1).Select(section => Embed(section, text, null))]),
            }
            : null;
    }

    private static JsonObject Embed(string description, ChatText text, string? title)
    {
        var embed = new JsonObject
        {
            ["color"] = text.Severity switch { Severity.Flash => 0xB3141B, Severity.Urgent => 0xC77700, _ => 0x0B57A4 },
            ["description"] = description,
        };
        if (title is not null)
        {
            embed.Insert(0, "title", title);
            embed.Insert(1, "url", text.Link?.Address);
        }

        return embed;
    }
}
