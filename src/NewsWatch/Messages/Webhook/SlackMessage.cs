using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NewsWatch.Messages.Webhook;

/// <summary>Slack's Block Kit: sections of at most 3,000 characters, counted after escaping.</summary>
internal static partial class SlackMessage
{
    private const int MaxSection = 2_900;
    private const int MaxSections = 4;

    /// <summary>Beside a longer address, its "&amp;" escaped, the shortest headline finds no room in a section.</summary>
    private const int MaxBesideLabel = 2_500;

    private const int MaxAlone = MaxSection - 2;

    /// <summary>The message; null where it is larger than Slack takes.</summary>
    public static JsonObject? Create(ChatText text)
    {
        string[] lines =
        [
            .. Linked("*", text.Title, text.Link, "*"),
            .. text.Lines.Select(Plain),
            .. text.Items.SelectMany(item => Linked("• ", item.Text, item.Link, "")),
        ];
        return ChatMessage.Sections(lines, MaxSection) is { Count: <= MaxSections } sections
            ? new()
            {
                ["text"] = Plain(text.Title),
                ["unfurl_links"] = false,
                ["unfurl_media"] = false,
                ["blocks"] = new JsonArray([.. sections.Select(Section)]),
            }
            : null;
    }

    private static JsonObject Section(string text) => new JsonObject
    {
        ["type"] = "section",
        ["text"] = new JsonObject { ["type"] = "mrkdwn", ["text"] = text, ["verbatim"] = true },
    };

    /// <summary>A linked label; a long address gets a line of its own, and one that fits into no section is omitted: the headline matters more.</summary>
    private static IEnumerable<string> Linked(string before, string label, SafeLink? link, string after)
    {
        var address = Escaped(link?.Address ?? "");
        yield return before + (address.Length is > 0 and <= MaxBesideLabel ? $"<{address}|{Plain(label)}>" : Plain(label)) + after;
        if (address.Length is > MaxBesideLabel and <= MaxAlone)
        {
            yield return $"<{address}>";
        }
    }

    /// <summary>Slack's markup has no escape character: what it would obey is written with a sign that looks the same.</summary>
    private static string Plain(string text)
    {
        var signs = text.Replace('|', '¦').Replace('*', '∗').Replace('_', 'ˍ').Replace('~', '∼').Replace('`', 'ˋ');
        return Escaped(EmojiName().Replace(signs.StartsWith('>') ? "›" + signs[1..] : signs, "∶"));
    }

    private static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>The colon before a name and a colon.</summary>
    [GeneratedRegex(@":(?=[a-z+\-][a-z0-9ˍ+\-]*:)", RegexOptions.None, 1000)]
    private static partial Regex EmojiName();
}
