using System.Text;
using System.Text.Json.Nodes;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Changes;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Stories.Origins;
using NewsWatch.Core.Text;
using NewsWatch.Messages;
using NewsWatch.Messages.Webhook;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Tests.Configuration;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Messages;

/// <summary>Every body keeps to the schema that receivers are given, and to its size.</summary>
public sealed class WebhookBodyTests
{
    private const int MaxBytes = 20 * 1024;
    private static readonly JsonObject Schema = (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(SomeFiles.Folder(), "../../../deploy/webhook.schema.json")))!;
    private static readonly WatchConfiguration Watch = SomeWatch.Default;

    public static TheoryData<string, string> Bodies => new()
    {
        { "alert", "alert.created" },
        { "update", "alert.updated" },
        { "escalation", "alert.updated" },
        { "correction", "alert.corrected" },
        { "withdrawal", "alert.withdrawn" },
        { "bare", "alert.created" },
        { "confirmed", "alert.created" },
        { "long", "alert.created" },
        { "long notice", "operator.notice" },
        { "notice", "operator.notice" },
        { "test", "test" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void A_body_is_valid_documented_and_small(string what, string type)
    {
        var body = Body(what, WebhookFormat.Standard);

        Assert.Empty(JsonSchema.Problems(Schema, Json(body)));
        Assert.Equal(type, (string)Json(body)["type"]!);
        Assert.InRange(body.Bytes.Length, 100, MaxBytes);
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public void A_cloud_event_carries_the_same_data(string what, string type)
    {
        var (plain, cloud) = (Json(Body(what, WebhookFormat.Standard)), Json(Body(what, WebhookFormat.CloudEvents)));

        Assert.Equal("1.0", (string)cloud["specversion"]!);
        Assert.EndsWith(type, (string)cloud["type"]!, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(plain["data"], cloud["data"]));
        Assert.All(["id", "source", "time", "datacontenttype"], key => Assert.NotNull(cloud[key]));
    }

    [Fact]
    public void A_correction_names_the_alert_and_the_words_that_changed()
    {
        var data = Json(Body("correction", WebhookFormat.Standard))["data"]!;

        Assert.Equal("rule/story/first-report/1", (string)data["corrects"]!);
        var change = Assert.Single(data["changes"]!.AsArray())!;
        Assert.Equal(("number", "It lasts 48 hours.", "48", "72"), ((string)change["class"]!, (string)change["old"]!, (string)change["oldWords"]![0]!, (string)change["newWords"]![0]!));
    }

    [Fact]
    public void The_schema_refuses_what_is_not_as_it_says()
    {
        var body = Json(Body("alert", WebhookFormat.Standard));
        body["type"] = "alert.invented";
        body["data"]!["severity"] = "loud";
        body["data"]!["extra"] = 1;
        ((JsonObject)body["data"]!["article"]!).Remove("title");

        Assert.Equal(4, JsonSchema.Problems(Schema, body).Count);
    }

    [Fact]
    public void An_update_says_how_large_its_story_is_what_is_new_and_what_was_known()
    {
        var story = Json(Body("update", WebhookFormat.Standard))["data"]!["story"]!;

        Assert.Equal((14, 31), ((int)story["reports"]!, (int)story["articles"]!));
        Assert.Equal(("2025-08-06T18:41:00.000Z", "Cease-fire talks open"), ((string)story["firstSeen"]!, (string)story["headline"]!));
        Assert.Equal(["Dockers stop work"], story["alsoToldAs"]!.AsArray().Select(headline => (string)headline!));
        Assert.Equal(("Deadline moved to Friday", "Cease-fire talks go on", true), ((string)story["new"]!, (string)story["before"]!, (bool)story["mayRepeat"]!));
    }

    [Fact]
    public void An_alert_says_how_many_tell_its_story_and_who_found_out()
    {
        var data = Json(Body("confirmed", WebhookFormat.Standard));
        var story = data["data"]!["story"]!;

        Assert.Equal(("alert.created", "corroboration"), ((string)data["type"]!, (string)data["data"]!["alert"]!["reason"]!));
        Assert.Equal((3, 2), ((int)story["publishers"]!, (int)story["independent"]!));
        Assert.Equal(
            ["Reuters wire False The Herald, Coast Weekly", "Tolva TV outlet True "],
            story["origins"]!.AsArray().Select(origin => $"{origin!["name"]} {origin["kind"]} {origin["stateAffiliated"]!.GetValue<bool>()} {string.Join(", ", origin["via"]!.AsArray())}"));
    }

    private static Corroboration Sources => new(3, [new(OriginKind.Wire, "Reuters", ["The Herald", "Coast Weekly"]), new(OriginKind.Outlet, "Tolva TV", []) { IsStateAffiliated = true }]);

    private static AlertContent OfStory(AlertContent alert) => alert with
    {
        Reason = AlertReason.Update,
        Step = 2,
        StoryFacts = new(14, 31, DeliveryWorld.Start.AddMinutes(-4), "Cease-fire talks open") { AlsoToldAs = ["Dockers stop work"], Sources = Sources },
        FollowUp = new("Deadline moved to Friday", new("Cease-fire talks go on", "Sample Wire", DeliveryWorld.Start, []), MayRepeat: true),
    };

    private static JsonNode Json(WebhookBody body) => JsonNode.Parse(Encoding.UTF8.GetString(body.Bytes))!;

    private static WebhookBody Body(string what, WebhookFormat format)
    {
        var alert = DeliveryWorld.Alert(1);
        AlertContent[] alerts = what switch
        {
            "update" => [OfStory(alert)],
            "confirmed" => [OfStory(alert) with { Reason = AlertReason.Corroboration, FollowUp = null }],
            "escalation" => [alert with { Reason = AlertReason.Escalation, Severity = Severity.Flash }],
            "correction" => [alert with { Reason = AlertReason.Correction, Change = Change(ChangeClass.Number, new(Field.Body, "It lasts 48 hours.", [new(9, 2, false)])) }],
            "withdrawal" => [alert with { Reason = AlertReason.Withdrawal, Change = Change(ChangeClass.Withdrawn, null) }],
            "bare" => [alert with { Article = alert.Article with { Url = "javascript:x", Published = null, Authors = [], Language = "", Completeness = Completeness.Paywalled }, OtherSources = [], Excerpts = [], Hits = [] }],
            "long" => [alert with { OtherSources = [.. Enumerable.Repeat(alert.OtherSources[0] with { Title = new string('х', 300) }, 400)], Hits = [.. Enumerable.Repeat(alert.Hits[0], 500)] }],
            "notice" or "test" or "long notice" => [],
            _ => [alert],
        };
        var kind = what switch
        {
            "notice" or "long notice" => "notice",
            "test" => what,
            _ => "alert",
        };
        var bundle = new ClaimedBundle("b", kind, "desk", "hook", 1, DeliveryWorld.Start, [.. alerts.Select(TextCleaner.Alert)], alerts.Length == 0 ? new Notice("k", "Source courier is stale", what == "long notice" ? string.Join('\n', Enumerable.Repeat("Ошибка: списка с таким именем нет.", 2000)) : "No new item.\nSee: newswatch status") : null);
        return WebhookBody.Create(bundle, new Channel.Webhook("hook") { Url = new("https://hook.example.com/"), Format = format }, Watch);
    }

    private static ChangeFacts Change(ChangeClass kind, Excerpt? old) => new(
        "rule/story/first-report/1", "Told before", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(1), kind, [new(kind, old, new(Field.Body, "It lasts 72 hours.", [new(9, 2, false)]))]);
}
