using System.Globalization;
using System.Text.Json.Nodes;
using NewsWatch.Core.Alerts;
using NewsWatch.Storage;

namespace NewsWatch.Delivery.Webhooks;

/// <summary>The event of Standard Webhooks, <c>{type, timestamp, data}</c> (schema: deploy/webhook.schema.json), and the same as a CloudEvent 1.0. Below 20 KB.</summary>
internal static class StandardEvent
{
    private const int MostBytes = 19_000;
    private const int MostHits = 40;
    private const int MostSources = 20;
    private const int MostNotice = 4000;

    public static JsonObject Of(ClaimedBundle bundle, DateTimeOffset now) => new()
    {
        ["type"] = WebhookBody.TypeOf(bundle),
        ["timestamp"] = Time(now),
        ["data"] = Data(bundle),
    };

    public static JsonObject AsCloudEvent(ClaimedBundle bundle, DateTimeOffset now) => new()
    {
        ["specversion"] = "1.0",
        ["id"] = MessageName.WebhookId(bundle.Bundle),
        ["source"] = "/newswatch",
        ["type"] = "newswatch." + WebhookBody.TypeOf(bundle),
        ["time"] = Time(now),
        ["datacontenttype"] = "application/json",
        ["data"] = Data(bundle),
    };

    private static JsonObject Data(ClaimedBundle bundle)
    {
        if (bundle.Alerts.Count == 0)
        {
            return new()
            {
                ["subscriber"] = bundle.Subscriber,
                ["subject"] = TextCleaner.Line(bundle.Notice?.Subject),
                ["text"] = Cut(TextCleaner.Lines(bundle.Notice?.Text ?? "")),
            };
        }

        var data = bundle.Alerts.Count == 1 ? Alert(bundle.Alerts[0]) : Digest(bundle.Alerts);
        data["subscriber"] = bundle.Subscriber;
        return data;
    }

    /// <summary>As many alerts as there is room for, each without its excerpts; the count tells of all.</summary>
    private static JsonObject Digest(IReadOnlyList<AlertContent> alerts)
    {
        var told = new JsonArray();
        var size = 0;
        foreach (var alert in alerts)
        {
            var short_ = Brief(alert);
            size += short_.ToJsonString().Length;
            if (size > MostBytes)
            {
                break;
            }

            told.Add((JsonNode)short_);
        }

        return new() { ["count"] = alerts.Count, ["alerts"] = told };
    }

    private static JsonObject Brief(AlertContent alert) => new()
    {
        ["alert"] = Facts(alert),
        ["story"] = new JsonObject { ["id"] = alert.Story },
        ["rule"] = new JsonObject { ["id"] = alert.Rule.Id, ["title"] = alert.Rule.Title },
        ["severity"] = StoredName.Of(alert.Severity),
        ["article"] = Article(alert.Article),
    };

    private static JsonObject Alert(AlertContent alert)
    {
        var data = Brief(alert);
        data["rule"] = new JsonObject
        {
            ["id"] = alert.Rule.Id,
            ["title"] = alert.Rule.Title,
            ["when"] = alert.Rule.When,
            ["labels"] = new JsonObject(alert.Rule.Labels.Take(20).Select(label => KeyValuePair.Create<string, JsonNode?>(TextCleaner.Line(label.Key, 60), TextCleaner.Line(label.Value, 120)))),
        };
        data["sources"] = new JsonArray([.. alert.OtherSources.Take(MostSources).Select(Source)]);
        data["excerpts"] = new JsonArray([.. alert.Excerpts.Select(excerpt => (JsonNode)excerpt.Text)]);
        data["hits"] = new JsonArray([.. alert.Hits.Take(MostHits).Select(Hit)]);
        for (var hits = MostHits; hits >= 0 && data.ToJsonString().Length > MostBytes; hits -= 10)
        {
            data["hits"] = new JsonArray([.. alert.Hits.Take(hits).Select(Hit)]);
            data["sources"] = new JsonArray([.. alert.OtherSources.Take(hits / 4).Select(Source)]);
        }

        return data;
    }

    private static JsonObject Facts(AlertContent alert) => new()
    {
        ["key"] = alert.Key,
        ["reason"] = StoredName.Of(alert.Reason),
        ["step"] = alert.Step,
    };

    private static JsonObject Article(ArticleFacts article) => new()
    {
        ["id"] = article.Id,
        ["title"] = article.Title,
        ["url"] = SafeLink.Of(article.Url)?.Address,
        ["source"] = article.Source,
        ["sourceName"] = article.SourceName,
        ["authors"] = new JsonArray([.. article.Authors.Select(author => (JsonNode)author)]),
        ["published"] = article.Published is { } published ? Time(published) : null,
        ["firstSeen"] = Time(article.FirstSeen),
        ["language"] = article.Language,
        ["completeness"] = StoredName.Of(article.Completeness),
    };

    private static JsonNode Source(OtherSource other) => new JsonObject
    {
        ["name"] = other.Name,
        ["title"] = other.Title,
        ["url"] = SafeLink.Of(other.Url)?.Address,
        ["published"] = other.Published is { } published ? Time(published) : null,
    };

    private static JsonNode Hit(Core.Rules.Hit hit) => new JsonObject
    {
        ["field"] = StoredName.Of(hit.Field),
        ["start"] = hit.Start,
        ["length"] = hit.Length,
        ["quote"] = hit.Quote,
        ["clause"] = hit.Clause,
        ["term"] = hit.Term,
        ["negatedBy"] = hit.NegationCue,
    };

    private static string Cut(string text) => text.Length <= MostNotice ? text : text[..MostNotice] + "…";

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
