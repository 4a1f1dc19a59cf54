using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.Logging;
using MimeKit;
using NewsWatch.Cli.Output;
using NewsWatch.Configuration;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Ledger;
using NewsWatch.Messages.Atom;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Views;

namespace NewsWatch.Tests.Hostile;

/// <summary>Every text that a feed controls, in every place where it comes out: it is text there, and nothing else.</summary>
public sealed partial class SinkTests(HostileNews news) : IClassFixture<HostileNews>
{
    private static readonly Dictionary<string, Action<HostileNews, string>> Sinks = new()
    {
        ["mail-headers"] = Headers,
        ["mail-text"] = (news, payload) => Inertness.Of(news.Mail(payload).Message.TextBody, "\r\n" + Inertness.Isolates),
        ["mail-html"] = Html,
        ["webhook"] = (news, payload) => InertJson(news, payload, WebhookFormat.Standard),
        ["cloudevents"] = (news, payload) => InertJson(news, payload, WebhookFormat.CloudEvents),
        ["slack"] = Slack,
        ["discord"] = Discord,
        ["teams"] = Teams,
        ["ntfy"] = Ntfy,
        ["telegram"] = (news, payload) => InertJson(news, payload, WebhookFormat.Telegram),
        ["mattermost"] = (news, payload) => Unmarked(((string)InertJson(news, payload, WebhookFormat.Mattermost)["text"]!)[2..].Replace("**\n", "\n", StringComparison.Ordinal).Replace(HostileNews.Address(payload), "", StringComparison.Ordinal)),
        ["matrix"] = (news, payload) => Assert.Equal("{}", InertJson(news, payload, WebhookFormat.Matrix)["m.mentions"]!.ToJsonString()),
        ["pagerduty"] = (news, payload) => InertJson(news, payload, WebhookFormat.PagerDuty),
        ["opsgenie"] = (news, payload) => InertJson(news, payload, WebhookFormat.Opsgenie),
        ["pushover"] = (news, payload) => InertJson(news, payload, WebhookFormat.Pushover),
        ["atom"] = Atom,
        ["log"] = Log,
        ["metrics"] = Metrics,
        ["command-line"] = CommandLine,
        ["status"] = Status,
        ["health"] = Health,
    };

    public static TheoryData<string, string> Table()
    {
        var table = new TheoryData<string, string>();
        foreach (var sink in Sinks.Keys)
        {
            foreach (var payload in Payloads.All.Keys)
            {
                table.Add(sink, payload);
            }
        }

        return table;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void What_a_feed_says_comes_out_as_text_and_nothing_else(string sink, string payload) => Sinks[sink](news, payload);

    /// <summary>All payloads in these sinks, for the rows.</summary>
    internal static async Task EveryPayloadAsync(params string[] sinks)
    {
        var news = new HostileNews();
        await news.InitializeAsync();
        try
        {
            Assert.All(sinks.SelectMany(_ => Payloads.All.Keys, (sink, payload) => (sink, payload)), pair => Sinks[pair.sink](news, pair.payload));
        }
        finally
        {
            await news.DisposeAsync();
        }
    }

    private static void Headers(HostileNews news, string payload)
    {
        var mail = news.Mail(payload);
        Assert.Equal(["anna@example.com"], mail.To);
        var known = new[]
        {
            "From", "To", "Subject", "Date", "Message-Id", "MIME-Version", "Content-Type", "Auto-Submitted", "X-Auto-Response-Suppress", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post",
            "X-NewsWatch-Rule", "X-NewsWatch-Story", "X-NewsWatch-Severity", "In-Reply-To", "References",
        };
        Assert.All(mail.Message.Headers, header => Assert.Contains(header.Field, known, StringComparer.OrdinalIgnoreCase));
        Assert.Single(mail.Message.Headers, header => header.Id == HeaderId.Subject);
        Assert.All(mail.Message.Headers, header => Inertness.Of(header.Value, Inertness.Isolates));
        Assert.InRange(new System.Globalization.StringInfo(mail.Message.Subject!).LengthInTextElements, 1, 90);
        Assert.InRange(mail.Data.Length, 1_000, 100_000);
        Assert.DoesNotMatch(@"(?<!\r)\n|\r(?!\n)", mail.Data);
    }

    private static void Html(HostileNews news, string payload)
    {
        var html = news.Mail(payload).Message.HtmlBody!;
        Inertness.Of(html, "\r\n" + Inertness.Isolates);
        using var page = new HtmlParser().ParseDocument(html);
        var allowed = new[] { "html", "head", "meta", "title", "style", "body", "div", "table", "tbody", "tr", "td", "th", "p", "span", "a", "b", "strong", "em", "h1", "h2", "h3", "ul", "li", "br", "hr", "mark", "small", "code", "details", "summary", "blockquote", "dl", "dt", "dd", "main", "footer", "header", "bdi" };
        Assert.All(page.All, element => Assert.Contains(element.LocalName, allowed));
        Assert.All(page.All.SelectMany(element => element.Attributes), attribute => Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name is "src" or "srcset" or "background" or "action"));
        Assert.All(page.QuerySelectorAll("meta"), meta => Assert.NotEqual("refresh", meta.GetAttribute("http-equiv"), StringComparer.OrdinalIgnoreCase));
        Assert.All(page.QuerySelectorAll("style"), style => Assert.DoesNotMatch("(?i)@import|url\\(", style.TextContent));
        Assert.All(
            page.QuerySelectorAll("[href]").Select(link => link.GetAttribute("href")!),
            href => Assert.True(href == HostileNews.Address(payload) || href.StartsWith("https://news.example.com/u/", StringComparison.Ordinal), href));
    }

    private static JsonNode InertJson(HostileNews news, string payload, WebhookFormat format)
    {
        var call = news.Call(payload, format);
        Assert.InRange(call.Body.Length, 2, 20_000);
        Assert.DoesNotMatch(@"[\p{C}-[\p{Cs}]]", call.Body);
        var json = call.Json;
        Assert.All(Strings(json), text => Inertness.Of(text, "\n"));
        return json;
    }

    private static void Slack(HostileNews news, string payload)
    {
        foreach (var text in Strings(InertJson(news, payload, WebhookFormat.Slack)))
        {
            Assert.DoesNotContain(OwnLink(HostileNews.Address(payload)).Replace(text, ""), c => c is '<' or '>');
        }
    }

    private static void Discord(HostileNews news, string payload)
    {
        var json = InertJson(news, payload, WebhookFormat.Discord);
        Assert.Equal("[]", json["allowed_mentions"]!["parse"]!.ToJsonString());
        var embed = json["embeds"]![0]!;
        Assert.Equal(HostileNews.Address(payload), (string?)embed["url"]);
        Unmarked((string)embed["title"]!);
        Unmarked((string)embed["description"]!);
    }

    private static void Teams(HostileNews news, string payload)
    {
        var card = InertJson(news, payload, WebhookFormat.Teams)["attachments"]![0]!["content"]!;
        Assert.All(card["body"]!.AsArray(), block => Unmarked((string)block!["text"]!));
        Assert.Equal(HostileNews.Address(payload), (string?)card["actions"]![0]!["url"]);
    }

    private static void Ntfy(HostileNews news, string payload)
    {
        var json = InertJson(news, payload, WebhookFormat.Ntfy);
        Assert.Null(json["markdown"]);
        Assert.Null(json["actions"]);
        Assert.Equal(HostileNews.Address(payload), (string?)json["click"]);
    }

    private static void Atom(HostileNews news, string payload)
    {
        var alerts = news.World.Database.Read(db => AlertStore.Newest(db, [.. news.World.Configuration.Rules.Keys], 1_000));
        var feed = XDocument.Load(new MemoryStream(AtomFeed.Of("rule/truce", alerts, TimeZoneInfo.Utc)));
        var entry = Assert.Single(feed.Root!.Elements().Where(element => element.Name.LocalName == "entry"), entry => HostileNews.Tells(entry.Elements().Single(element => element.Name.LocalName == "title").Value, payload));
        Assert.Equal(HostileNews.Address(payload), (string?)entry.Elements().Single(element => element.Name.LocalName == "link").Attribute("href"));
        Assert.All(entry.Elements(), element => Inertness.Of(element.Value, "\n"));
    }

    /// <summary>Whatever text gets into a log message: one event is one line of JSON, and a terminal obeys none of it.</summary>
    private static void Log(HostileNews news, string payload)
    {
        var mark = Guid.NewGuid().ToString("n");
        var text = Payloads.All[payload][..Math.Min(Payloads.All[payload].Length, 5_000)];
        Logger(news).LogWarning("Source {Source}: {Text} {Mark}", text, text, mark);

        var line = Assert.Single(news.World.Log.Lines, line => line.Contains(mark, StringComparison.Ordinal));
        Assert.Matches("^[\\x20-\\x7E]*\\r?\\n?$", line);
        Assert.NotNull(JsonNode.Parse(line));
        var shown = Assert.Single(news.World.Log.Terminal, line => line.Contains(mark, StringComparison.Ordinal));
        Inertness.Of(shown, "\n\t\uFFFD");
        Assert.All(shown.TrimEnd('\n').Split('\n').Skip(1), rest => Assert.StartsWith("      ", rest, StringComparison.Ordinal));
        Assert.All(news.World.Log.Lines, other => Assert.DoesNotContain('\n', other.TrimEnd('\n', '\r')));
    }

    private static void Metrics(HostileNews news, string payload)
    {
        var page = news.World.MetricsPage();
        Assert.DoesNotContain(HostileNews.Marker(payload), page, StringComparison.OrdinalIgnoreCase);
        Assert.All(page.Split('\n'), line => Assert.Matches("^(#.*|[a-z_]+(_bucket|_sum|_count)?(\\{[a-z_]+=\"[^\"]*\"(,[a-z_]+=\"[^\"]*\")*\\})? [-+0-9.eInfa]+( [0-9]+)?|)$", line));
    }

    private static void CommandLine(HostileNews news, string payload)
    {
        var ledger = new LedgerQueries(news.World.Database, new ConfigurationHolder(news.World.Configuration));
        foreach (var lines in new[]
        {
            LedgerText.Of(ledger.Why(HostileNews.Address(payload), "anna")),
            new LedgerText(TimeText.Utc).Of(ledger.Alerts(), 1),
            new LedgerText(TimeText.Utc).Of(ledger.Deliveries(new DeliveryFilter(null, null, null, null, 1_000))),
        })
        {
            var text = string.Join('\n', lines.Select(TerminalText.Line));
            Inertness.Of(text, "\n\t\uFFFD");
            Assert.Contains(HostileNews.Marker(payload), text, StringComparison.Ordinal);
            Assert.All(text.Split('\n'), line => Assert.DoesNotMatch("^(X-Evil|Bcc|MAIL|RCPT|DATA|\\.|> |- list)", line));
        }
    }

    private static void Status(HostileNews news, string payload)
    {
        var bad = new SourceStatus("news", "failing", news.World.Clock.GetUtcNow(), Payloads.All[payload], 3, null, null, news.World.Clock.GetUtcNow());
        var trouble = new DeliveryTrouble("anna", "mail", "dead", 3, null, Payloads.All[payload], Payloads.All[payload]);

        var text = string.Join('\n', new StatusText(new Ink(on: false), width: null).Lines(new StatusReport([bad], 0, [], [trouble]), news.World.Clock.GetUtcNow()));

        Inertness.Of(text, "\r\n\t");
    }

    private static void Health(HostileNews news, string payload) =>
        Assert.DoesNotContain(HostileNews.Marker(payload), System.Text.Json.JsonSerializer.Serialize(news.World.Get<NewsWatch.Health.HealthCheck>().Look()), StringComparison.Ordinal);

    /// <summary>Markdown that is not escaped.</summary>
    private static void Unmarked(string text) => Assert.DoesNotMatch(@"(?<!\\)(\\\\)*[*_`~|<>\[\]@]", Escaped().Replace(text, ""));

    private static IEnumerable<string> Strings(JsonNode? node) => node switch
    {
        JsonObject all => all.SelectMany(pair => Strings(pair.Value).Prepend(pair.Key)),
        JsonArray all => all.SelectMany(Strings),
        JsonValue value when value.TryGetValue(out string? text) => [text],
        _ => [],
    };

    private static ILogger Logger(HostileNews news) => news.World.Get<ILoggerFactory>().CreateLogger("NewsWatch.Test");

    private static Regex OwnLink(string address) => new($@"<{Regex.Escape(address)}\|[^<>|]*>", RegexOptions.None, TimeSpan.FromSeconds(1));

    [GeneratedRegex(@"\\[\p{P}\p{S}]", RegexOptions.None, 1000)]
    private static partial Regex Escaped();
}
