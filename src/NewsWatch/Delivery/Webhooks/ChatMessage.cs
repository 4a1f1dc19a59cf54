using System.Text.Json.Nodes;
using NewsWatch.Core.Alerts;
using NewsWatch.Delivery.Mails;

namespace NewsWatch.Delivery.Webhooks;

/// <summary>
/// Messages in the forms of Slack, Discord, Teams and ntfy, within their limits. Nobody can be mentioned from a headline, no markup of a
/// headline is obeyed, no link hides another.
/// </summary>
internal static class ChatMessage
{
    private const int SlackSection = 2900;
    private const int DiscordDescription = 4000;
    private const int NtfyMessage = 3500;

    /// <summary>Block Kit: sections of at most 3,000 characters.</summary>
    public static JsonObject Slack(ChatText text)
    {
        var title = text.Link is { } link ? $"*<{SlackEscape(link.Address)}|{SlackLabel(text.Title)}>*" : $"*{SlackLabel(text.Title)}*";
        var lines = text.Lines.Select(SlackEscape)
            .Concat(text.Items.Select(item => "• " + (item.Link is { } to ? $"<{SlackEscape(to.Address)}|{SlackLabel(item.Text)}>" : SlackLabel(item.Text))));
        return new()
        {
            ["text"] = SlackEscape(text.Title),
            ["unfurl_links"] = false,
            ["unfurl_media"] = false,
            ["blocks"] = new JsonArray(
                Sections([title, .. lines], SlackSection)
                    .Select(part => (JsonNode)new JsonObject
                    {
                        ["type"] = "section",
                        ["text"] = new JsonObject { ["type"] = "mrkdwn", ["text"] = part, ["verbatim"] = true },
                    })
                    .ToArray()),
        };
    }

    /// <summary>One embed; title at most 256 characters, description at most 4,096; mentions are off.</summary>
    public static JsonObject Discord(ChatText text) => new()
    {
        ["username"] = "NewsWatch",
        ["allowed_mentions"] = new JsonObject { ["parse"] = new JsonArray() },
        ["embeds"] = new JsonArray(new JsonObject
        {
            ["title"] = Markdown(SubjectLine.Shorten(text.Title, 120)),
            ["url"] = text.Link?.Address,
            ["color"] = text.Severity switch { Severity.Flash => 0xB3141B, Severity.Urgent => 0xC77700, _ => 0x0B57A4 },
            ["description"] = Sections(
                [
                    .. text.Lines.Select(Markdown),
                    .. text.Items.Select(item => $"• {Markdown(item.Text)}{(item.Link is { } to ? $" {to.Address}" : "")}"),
                ],
                DiscordDescription).FirstOrDefault() ?? "",
        }),
    };

    /// <summary>An adaptive card; its text blocks are plain because markdown is escaped.</summary>
    public static JsonObject Teams(ChatText text)
    {
        var body = new JsonArray(Block(text.Title, "Medium", "Bolder"));
        foreach (var line in text.Lines.Concat(text.Items.Select(item => $"{item.Text}{(item.Link is { } to ? $" ({to.Host})" : "")}")))
        {
            body.Add((JsonNode)Block(line, "Default", "Default"));
        }

        var card = new JsonObject
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.4",
            ["body"] = body,
        };
        if (text.Link is { } link)
        {
            card["actions"] = new JsonArray(new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = $"Read it at {link.Host}", ["url"] = link.Address });
        }

        return new()
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "application/vnd.microsoft.card.adaptive", ["content"] = card }),
        };
    }

    /// <summary>ntfy's JSON form: message at most 4,096 bytes; no markdown.</summary>
    public static JsonObject Ntfy(ChatText text, string topic)
    {
        var message = new JsonObject
        {
            ["topic"] = topic,
            ["title"] = SubjectLine.Shorten(text.Title, 200),
            ["message"] = Bytes(string.Join('\n', text.Lines.Concat(text.Items.Select(item => $"• {item.Text}{(item.Link is { } to ? $" {to.Address}" : "")}"))), NtfyMessage),
            ["priority"] = text.Severity switch { Severity.Flash => 5, Severity.Urgent => 4, _ => 3 },
        };
        if (text.Link is { } link)
        {
            message["click"] = link.Address;
        }

        return message;
    }

    private static JsonObject Block(string text, string size, string weight) => new()
    {
        ["type"] = "TextBlock",
        ["text"] = Markdown(text),
        ["wrap"] = true,
        ["size"] = size,
        ["weight"] = weight,
    };

    private static string SlackEscape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Inside a link's label, "|" would end the address, and "*" the bold.</summary>
    private static string SlackLabel(string text) => SlackEscape(text).Replace('|', '¦').Replace('*', '∗');

    private static string Markdown(string text) => string.Concat(text.Select(c => "\\`*_{}[]()#+-.!|~<>@:&".Contains(c, StringComparison.Ordinal) ? "\\" + c : c.ToString()));

    private static IEnumerable<string> Sections(IReadOnlyList<string> lines, int most)
    {
        var part = "";
        foreach (var line in lines.Select(line => line.Length <= most ? line : SubjectLine.Shorten(line, most / 2)))
        {
            if (part.Length + line.Length + 1 > most)
            {
                yield return part;
                part = "";
            }

            part += (part.Length > 0 ? "\n" : "") + line;
        }

        if (part.Length > 0)
        {
            yield return part;
        }
    }

    private static string Bytes(string text, int most)
    {
        while (System.Text.Encoding.UTF8.GetByteCount(text) > most)
        {
            text = SubjectLine.Shorten(text, text.Length * 3 / 4);
        }

        return text;
    }
}
