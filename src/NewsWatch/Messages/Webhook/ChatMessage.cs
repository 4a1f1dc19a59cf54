using System.Text.Json.Nodes;
using NewsWatch.Configuration;
using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Messages.Webhook;

/// <summary>
/// Messages for people in chats: within each chat's limits as it counts them, cut between items only. Nobody can be mentioned from a headline,
/// no markup of a headline is obeyed, no link hides another.
/// </summary>
internal static class ChatMessage
{
    /// <summary>How many characters a line may have, tried in this order: a long line gives way before an item does.</summary>
    private static readonly int[] Lengths = [1200, 600, 300];

    /// <summary>What can go into no other message gives way further.</summary>
    private static readonly int[] AllLengths = [.. Lengths, 150, 60];

    /// <summary>The message in the channel's form; null where its alerts do not fit into one.</summary>
    public static JsonObject? Create(ClaimedBundle bundle, Channel.Webhook channel, TimeZoneInfo zone) => Fitted(bundle, zone, text => Form(channel, text));

    /// <summary>The message in a form, as long as the form takes it; null where its alerts do not fit into one.</summary>
    /// <param name="form">Returns null for a text that is too long.</param>
    public static T? Fitted<T>(ClaimedBundle bundle, TimeZoneInfo zone, Func<ChatText, T?> form)
        where T : class
    {
        if (bundle.Alerts.Count > 0)
        {
            var text = ChatText.From(bundle, zone);
            return First(text, text.Items.Count == 0 ? AllLengths : Lengths, form);
        }

        var all = NoticeLines.Of(bundle.Notice).Count;
        var lines = Fitting.Most(all, count => First(ChatText.From(bundle.Notice, count), Lengths, form) is not null);
        return First(ChatText.From(bundle.Notice, lines), AllLengths, form);
    }

    /// <summary>Lines joined into sections of at most so many characters, cut between lines; null where a line is longer than that.</summary>
    public static IReadOnlyList<string>? Sections(IEnumerable<string> lines, int most)
    {
        var sections = new List<string>();
        foreach (var line in lines)
        {
            if (line.Length > most)
            {
                return null;
            }

            if (sections.Count > 0 && sections[^1].Length + 1 + line.Length <= most)
            {
                sections[^1] += "\n" + line;
            }
            else
            {
                sections.Add(line);
            }
        }

        return sections;
    }

    private static T? First<T>(ChatText text, int[] lengths, Func<ChatText, T?> form)
        where T : class => lengths.Select(most => form(text.Shortened(most))).FirstOrDefault(made => made is not null);

    private static JsonObject? Form(Channel.Webhook channel, ChatText text) => channel.Format switch
    {
        WebhookFormat.Slack => SlackMessage.Create(text),
        WebhookFormat.Discord => DiscordMessage.Create(text),
        WebhookFormat.Teams => TeamsMessage.Create(text),
        _ => NtfyMessage.Create(text, Uri.UnescapeDataString(channel.Url.AbsolutePath.Trim('/').Split('/')[^1])),
    };
}
