using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NewsWatch.Configuration;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Messages;

/// <summary>What each receiver takes, counted here by itself from its maker's documents, and what a reader finds in a message.</summary>
internal static class SinkLimits
{
    /// <summary>Fails where a webhook's receiver would refuse or cut the body.</summary>
    public static void Hold(WebhookFormat format, string body)
    {
        var json = JsonNode.Parse(body)!;
        switch (format)
        {
            case WebhookFormat.Slack:
                var sections = json["blocks"]!.AsArray().Select(block => (string)block!["text"]!["text"]!).ToList();
                Assert.InRange(sections.Count, 1, 50);
                Assert.All(sections, section => Assert.InRange(section.Length, 1, 3_000));
                Assert.InRange(((string)json["text"]!).Length, 1, 40_000);
                break;
            case WebhookFormat.Discord:
                var embeds = json["embeds"]!.AsArray().Select(embed => (Title: (string?)embed!["title"] ?? "", Description: (string?)embed["description"] ?? "")).ToList();
                Assert.InRange(embeds.Count, 1, 10);
                Assert.All(embeds, embed => Assert.True(embed.Title.Length <= 256 && embed.Description.Length <= 4_096));
                Assert.InRange(embeds.Sum(embed => embed.Title.Length + embed.Description.Length), 1, 6_000);
                break;
            case WebhookFormat.Teams:
                Assert.InRange(Encoding.UTF8.GetByteCount(body) + body.Count(c => c is '"' or '\\'), 1, 20_000);
                break;
            case WebhookFormat.Ntfy:
                Assert.InRange(Encoding.UTF8.GetByteCount((string)json["message"]!), 1, 4_096);
                Assert.InRange(Encoding.UTF8.GetByteCount(body), 1, 2 * 4_096);
                break;
            case WebhookFormat.Telegram:
                Assert.InRange(((string)json["text"]!).Length, 1, 4_096);
                break;
            case WebhookFormat.Mattermost:
                Assert.InRange(((string)json["text"]!).Length, 1, 16_383);
                break;
            case WebhookFormat.Matrix:
                Assert.InRange(Encoding.UTF8.GetByteCount(body), 1, 60_000);
                break;
            case WebhookFormat.PagerDuty:
                Assert.InRange(((string)json["payload"]!["summary"]!).Length, 1, 1_024);
                Assert.InRange(((string)json["dedup_key"]!).Length, 1, 255);
                Assert.InRange(Encoding.UTF8.GetByteCount(body), 1, 512_000);
                break;
            case WebhookFormat.Opsgenie:
                Assert.InRange(((string)json["message"]!).Length, 1, 130);
                Assert.InRange(((string)json["description"]!).Length, 1, 15_000);
                Assert.InRange(((string)json["source"]!).Length, 1, 100);
                break;
            case WebhookFormat.Pushover:
                Assert.InRange(((string)json["title"]!).Length, 1, 250);
                Assert.InRange(((string)json["message"]!).Length, 1, 1_024);
                Assert.InRange(((string?)json["url"] ?? "").Length, 0, 512);
                break;
            default:
                Assert.InRange(Encoding.UTF8.GetByteCount(body), 1, 20_000);
                break;
        }
    }

    /// <summary>The words and addresses that a reader of the body sees.</summary>
    public static string Read(string body) => WebUtility.HtmlDecode(string.Join('\n', Strings(JsonNode.Parse(body))));

    /// <summary>The same of a mail: both parts must name a thing for it to count.</summary>
    public static bool Names(ReceivedMail mail, string address) =>
        mail.Message.TextBody!.Contains(address + "\n", StringComparison.Ordinal) && WebUtility.HtmlDecode(mail.Message.HtmlBody!).Contains($"\"{address}\"", StringComparison.Ordinal);

    private static IEnumerable<string> Strings(JsonNode? node) => node switch
    {
        JsonObject all => all.SelectMany(pair => Strings(pair.Value)),
        JsonArray all => all.SelectMany(Strings),
        JsonValue value when value.TryGetValue(out string? text) => [text],
        _ => [],
    };
}
