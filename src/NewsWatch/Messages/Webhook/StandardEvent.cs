using System.Globalization;
using System.Text.Json.Nodes;
using NewsWatch.Core.Alerts;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Messages.Webhook;

/// <summary>
/// The event of Standard Webhooks, <c>{type, timestamp, data}</c> (schema: deploy/webhook.schema.json), and the same as a CloudEvent 1.0. One alert
/// each, below 20 KB. It says when the alert was decided, not when it is sent, so that each attempt sends the same.
/// </summary>
internal static class StandardEvent
{
    private const int MaxBytes = 19_000;
    private const int MaxLabels = 20;

    /// <summary>How much an event says: the first of these that keeps it below its size.</summary>
    private static readonly Extent[] Extents = [new(40, 20, 1_200), new(20, 10, 600), new(10, 5, 300), new(0, 0, 150), new(0, 0, 40)];

    /// <summary>The event of a clean message: one alert, a notice or a test.</summary>
    /// <exception cref="InvalidOperationException">There are several alerts: none may be left out in silence.</exception>
    public static JsonObject Create(ClaimedBundle bundle) => new()
    {
        ["type"] = TypeOf(bundle),
        ["timestamp"] = Time(bundle.Since),
        ["data"] = Data(bundle),
    };

    /// <summary>The same as a CloudEvent.</summary>
    public static JsonObject AsCloudEvent(ClaimedBundle bundle) => new()
    {
        ["specversion"] = "1.0",
        ["id"] = MessageName.WebhookId(bundle.Bundle),
        ["source"] = "/newswatch",
        ["type"] = "newswatch." + TypeOf(bundle),
        ["time"] = Time(bundle.Since),
        ["datacontenttype"] = "application/json",
        ["data"] = Data(bundle),
    };

    private static string TypeOf(ClaimedBundle bundle) => bundle.Kind switch
    {
        "notice" => "operator.notice",
        "cap" => "subscriber.notice",
        "test" => "test",
        ClaimedBundle.Drill => "drill",
        _ => bundle.Alerts.Single().Reason switch
        {
            AlertReason.FirstReport or AlertReason.Corroboration => "alert.created",
            AlertReason.Correction => "alert.corrected",
            AlertReason.Withdrawal => "alert.withdrawn",
            AlertReason.DeadlineNear => "alert.reminder",
            _ => "alert.updated",
        },
    };

    private static JsonObject Data(ClaimedBundle bundle)
    {
        if (bundle.Alerts.Count > 0)
        {
            return Largest(bundle.Alerts.Single(), bundle.Subscriber);
        }

        var lines = NoticeLines.Of(bundle.Notice).Count;
        return Notice(Fitting.Most(lines, count => WebhookJson.Size(Notice(count)) <= MaxBytes));

        JsonObject Notice(int count) => new()
        {
            ["subscriber"] = bundle.Subscriber,
            ["subject"] = TextCleaner.Line(bundle.Notice?.Subject),
            ["text"] = string.Join('\n', NoticeLines.First(bundle.Notice, count)),
        };
    }

    private static JsonObject Largest(AlertContent alert, string subscriber)
    {
        var events = Extents.Select(extent => Alert(alert, subscriber, extent));
        return events.FirstOrDefault(data => WebhookJson.Size(data) <= MaxBytes) ?? Alert(alert, subscriber, Extents[^1]);
    }

    private static JsonObject Alert(AlertContent alert, string subscriber, Extent extent)
    {
        var data = Facts(alert, subscriber, extent);
        if (alert.Change is { } change)
        {
            data["corrects"] = change.Corrects;
            data["toldTitle"] = extent.Cut(change.ToldTitle);
            data["changeSeen"] = Time(change.Seen);
            data["change"] = StoredName.Of(change.Class);
            data["changes"] = new JsonArray([.. change.Changes.Take(extent.Sources).Select(one => Change(one, extent))]);
        }

        if (alert.Deadlines.Count > 0)
        {
            data["deadlines"] = new JsonArray([.. alert.Deadlines.Select(deadline => Deadline(deadline, extent))]);
        }

        if (alert.Quotes.Count > 0)
        {
            data["quotes"] = new JsonArray([.. alert.Quotes.Select(quote => new JsonObject { ["speaker"] = extent.Cut(quote.Speaker), ["quote"] = extent.Cut(quote.Quote) })]);
        }

        return data;
    }

    private static JsonObject Change(AlertedChange change, Extent extent) => new()
    {
        ["class"] = StoredName.Of(change.Class),
        ["old"] = change.Old is { } old ? extent.Cut(old.Text) : null,
        ["new"] = change.New is { } now ? extent.Cut(now.Text) : null,
        ["oldWords"] = Words(change.Old, extent),
        ["newWords"] = Words(change.New, extent),
    };

    private static JsonArray Words(Core.Rules.Excerpt? sentence, Extent extent) =>
        new([.. sentence?.Marks.Select(mark => (JsonNode)extent.Cut(sentence.Text.Substring(mark.Start, mark.Length))) ?? []]);

    private static JsonObject Deadline(Core.Rules.DeadlineFacts deadline, Extent extent) => new()
    {
        ["key"] = deadline.Key.Length > 0 ? deadline.Key : null,
        ["sequence"] = deadline.Sequence,
        ["due"] = Due(deadline),
        ["before"] = deadline.Before is { } before ? Due(before) : null,
        ["granularity"] = StoredName.Of(deadline.Granularity),
        ["zone"] = deadline.Zone,
        ["modality"] = StoredName.Of(deadline.Modality),
        ["holder"] = deadline.Holder is { } holder ? extent.Cut(holder) : null,
        ["quote"] = extent.Cut(deadline.Quote),
    };

    private static string? Due(Core.Rules.DeadlineFacts deadline) =>
        deadline.At?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture) ?? deadline.Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static JsonObject Facts(AlertContent alert, string subscriber, Extent extent) => new()
    {
        ["alert"] = new JsonObject { ["key"] = alert.Key, ["reason"] = StoredName.Of(alert.Reason), ["step"] = alert.Step },
        ["story"] = Story(alert, extent),
        ["rule"] = Rule(alert.Rule, extent),
        ["severity"] = StoredName.Of(alert.Severity),
        ["article"] = Article(alert.Article, extent),
        ["sources"] = new JsonArray([.. alert.OtherSources.Take(extent.Sources).Select(other => Source(other, extent))]),
        ["excerpts"] = new JsonArray([.. alert.Excerpts.Take(extent.Sources).Select(excerpt => (JsonNode)extent.Cut(excerpt.Text))]),
        ["hits"] = new JsonArray([.. alert.Hits.Take(extent.Hits).Select(hit => Hit(hit, extent))]),
        ["subscriber"] = subscriber,
    };

    private static JsonObject Story(AlertContent alert, Extent extent)
    {
        var story = new JsonObject { ["id"] = alert.Story };
        if (alert.StoryFacts is { } facts)
        {
            story["reports"] = facts.Reports;
            story["articles"] = facts.Articles;
            story["firstSeen"] = Time(facts.FirstSeen);
            story["headline"] = extent.Cut(facts.Headline);
            story["alsoToldAs"] = new JsonArray([.. facts.AlsoToldAs.Take(extent.Sources).Select(headline => (JsonNode)extent.Cut(headline))]);
        }

        if (alert.StoryFacts?.Sources is { } sources)
        {
            story["publishers"] = sources.Publishers;
            story["independent"] = sources.Independent;
            story["origins"] = new JsonArray([.. sources.Origins.Take(extent.Sources).Select(origin => Origin(origin, extent))]);
        }

        if (alert.FollowUp is { } news)
        {
            story["new"] = extent.Cut(news.New);
            story["before"] = extent.Cut(news.Before.Headline);
            story["mayRepeat"] = news.MayRepeat;
        }

        return story;
    }

    private static JsonObject Origin(Core.Stories.Origins.Origin origin, Extent extent) => new()
    {
        ["name"] = extent.Cut(origin.Name),
        ["kind"] = StoredName.Of(origin.Kind),
        ["stateAffiliated"] = origin.IsStateAffiliated,
        ["via"] = new JsonArray([.. origin.Via.Take(extent.Sources).Select(via => (JsonNode)extent.Cut(via))]),
    };

    private static JsonObject Rule(RuleFacts rule, Extent extent) => new()
    {
        ["id"] = rule.Id,
        ["title"] = extent.Cut(rule.Title),
        ["when"] = extent.Cut(rule.When),
        ["labels"] = new JsonObject(rule.Labels.Take(MaxLabels)
            .Select(label => KeyValuePair.Create<string, JsonNode?>(TextCleaner.Line(label.Key, 60), extent.Cut(TextCleaner.Line(label.Value, 120))))),
    };

    private static JsonObject Article(ArticleFacts article, Extent extent) => new()
    {
        ["id"] = article.Id,
        ["title"] = extent.Cut(article.Title),
        ["url"] = SafeLink.TryCreate(article.Url)?.Address,
        ["source"] = article.Source,
        ["sourceName"] = extent.Cut(article.SourceName),
        ["authors"] = new JsonArray([.. article.Authors.Select(author => (JsonNode)extent.Cut(author))]),
        ["published"] = article.Published is { } published ? Time(published) : null,
        ["firstSeen"] = Time(article.FirstSeen),
        ["language"] = article.Language,
        ["completeness"] = StoredName.Of(article.Completeness),
    };

    private static JsonObject Source(OtherSource other, Extent extent) => new JsonObject
    {
        ["name"] = extent.Cut(other.Name),
        ["title"] = extent.Cut(other.Title),
        ["url"] = SafeLink.TryCreate(other.Url)?.Address,
        ["published"] = other.Published is { } published ? Time(published) : null,
    };

    private static JsonObject Hit(Core.Rules.Hits.Hit hit, Extent extent) => new JsonObject
    {
        ["field"] = StoredName.Of(hit.Field),
        ["start"] = hit.Start,
        ["length"] = hit.Length,
        ["quote"] = extent.Cut(hit.Quote),
        ["clause"] = extent.Cut(hit.Clause),
        ["term"] = extent.Cut(hit.Term),
        ["negatedBy"] = hit.NegationCue is { } cue ? extent.Cut(cue) : null,
    };

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>How many hits, and how many other sources and excerpts, and how many characters each text has at most.</summary>
    private sealed record Extent(int Hits, int Sources, int Text)
    {
        public string Cut(string text) => SubjectLine.Shorten(text, Text);
    }
}
