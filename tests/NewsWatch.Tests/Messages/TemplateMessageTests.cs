using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Loading;
using NewsWatch.Core.Alerts;
using NewsWatch.Tests.Configuration;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Messages;

/// <summary>Webhooks whose calls the operator or a preset writes.</summary>
public sealed class TemplateMessageTests
{
    public static TheoryData<WebhookFormat> Presets => [.. Enum.GetValues<WebhookFormat>().Where(format => SomeTemplates.Of(format) is not null)];

    [Theory]
    [InlineData(WebhookFormat.PagerDuty, "dedup_key")]
    [InlineData(WebhookFormat.Opsgenie, "alias")]
    public async Task The_alerts_of_a_story_are_one_incident_and_a_withdrawal_ends_it(WebhookFormat format, string key)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Hook(receiver, format));
        foreach (var (story, reason) in new[] { ("story-1", AlertReason.FirstReport), ("story-1", AlertReason.Update), ("story-2", AlertReason.FirstReport), ("story-1", AlertReason.Withdrawal) })
        {
            await world.AddAsync("desk", "hook", change: alert => alert with { Key = $"ceasefire-deadline/{story}/{reason}/1", Reason = reason });
        }

        await world.DeliverAsync();

        var raised = receiver.Calls.Where(call => !IsEnd(call)).Select(call => (string)call.Json[key]!).ToList();
        Assert.Equal(3, raised.Count);
        Assert.Equal([1, 2], raised.GroupBy(incident => incident).Select(incident => incident.Count()).Order());
        var ended = format == WebhookFormat.Opsgenie ? Assert.Single(receiver.Calls, IsEnd).Line.Split('/')[^2] : (string)Assert.Single(receiver.Calls, IsEnd).Json[key]!;
        Assert.Equal(raised.GroupBy(incident => incident).Single(incident => incident.Count() == 2).Key, ended);

        static bool IsEnd(WebhookCall call) => call.Line.Contains("/close?identifierType=alias", StringComparison.Ordinal) || (string?)call.Json["event_action"] == "resolve";
    }

    [Fact]
    public async Task Matrix_gets_a_repeated_call_under_the_same_transaction_with_its_token()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Hook(receiver, WebhookFormat.Matrix));
        receiver.Next(503);
        await world.AddAsync("desk", "hook");

        await world.DeliverAsync();
        await world.DeliverAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(2, receiver.Calls.Count);
        Assert.StartsWith("PUT /hook/_matrix/client/v3/rooms/!copse:example.com/send/m.room.message/msg_", Assert.Single(receiver.Calls.Select(call => call.Line).Distinct()), StringComparison.Ordinal);
        Assert.All(receiver.Calls, call => Assert.Equal("Bearer token-canary", call.Authorization));
    }

    [Theory]
    [InlineData(Severity.Flash, "critical", "P1", 1)]
    [InlineData(Severity.Urgent, "error", "P2", 0)]
    [InlineData(Severity.Routine, "info", "P4", -1)]
    public async Task A_severity_is_told_in_the_receivers_own_words(Severity severity, string pagerDuty, string opsgenie, int pushover)
    {
        Assert.Equal(pagerDuty, (string?)(await BodyAsync(WebhookFormat.PagerDuty, severity))["payload"]!["severity"]);
        Assert.Equal(opsgenie, (string?)(await BodyAsync(WebhookFormat.Opsgenie, severity))["priority"]);
        Assert.Equal(pushover, (int)(await BodyAsync(WebhookFormat.Pushover, severity))["priority"]!);
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public async Task A_secret_reaches_the_receiver_and_nothing_that_is_shown(WebhookFormat format)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var channel = DeliveryWorld.Hook(receiver, format);
        await using var world = new DeliveryWorld(channel);
        receiver.Next(context =>
        {
            context.Response.StatusCode = 400;
            return context.Response.WriteAsync($"refused: {string.Join(" and ", channel.Template!.SecretTexts)} at {receiver.Url}");
        });
        var key = await world.AddAsync("desk", "hook");

        await world.DeliverAsync();

        var call = Assert.Single(receiver.Calls);
        Assert.Equal(channel.Template!.SecretTexts.Any(), (call.Body + call.Authorization).Contains("canary", StringComparison.Ordinal));
        var told = world.Database.Read(db => Stored.Column<string>(db, "delivery", "last_error", new { key }).Single());
        Assert.Contains("refused: ", told, StringComparison.Ordinal);
        Assert.DoesNotContain(channel.Template.SecretTexts.Any() ? "canary" : receiver.Url.AbsoluteUri, told, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", Report.Calls(SomeWatch.Default with { Channels = new Dictionary<string, Channel> { ["hook"] = channel } }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_shows_each_call_for_a_sample_alert()
    {
        var channels = Enum.GetValues<WebhookFormat>().Where(format => SomeTemplates.Of(format) is not null)
            .ToDictionary(format => format.ToString(), format => (Channel)SomeTemplates.Load($$"""{ "hook": { "Type": "webhook", "Format": "{{format.ToString().ToLowerInvariant()}}", {{SomeTemplates.Json(format)}} } }"""));

        Snapshot.Approved(Report.Calls(SomeWatch.Default with { Channels = channels }), "calls.txt");
    }

    [Theory]
    [InlineData(""" "Template": { "Body": { "text": "{{ titel }}" } } """, "Template.Body.text", "no variable \"titel\". Did you mean \"title\"?")]
    [InlineData(""" "Template": { "Body": { "text": "{{ title" } } """, "Template.Body.text", "is not a Liquid template")]
    [InlineData(""" "Template": { "Body": { "text": "{{ title | shout }}" } } """, "Template.Body.text", "cannot be filled")]
    [InlineData(""" "Template": { "Body": { "text": "{% include 'x' %}" } } """, "Template.Body.text", "does not allow includes")]
    [InlineData(""" "Template": { "Body": { "text": "{% for i in (1..100000) %}x{% endfor %}" } } """, "Template.Body.text", "Maximum number of iterations")]
    [InlineData(""" "Template": { "Body": { "text": "{{ 'now' | date: 'yyyy' }}" } } """, "Template.Body.text", "is not a time of the message")]
    [InlineData(""" "Template": { "Body": "{\"text\": \"{{ title }}\"}" } """, "Template.Body", "is not JSON with every headline")]
    [InlineData(""" "Template": { "Body": { "n": { "$number": "{{ title }}" } } } """, "Template.Body.n", "is not a whole number")]
    [InlineData(""" "Template": { "Headers": { "X-Title": "{{ title }}" }, "Body": "x", "ContentType": "text/plain" } """, "Template.Headers.X-Title", "not ASCII")]
    [InlineData(""" "Template": { "Headers": { "Host": "x" }, "Body": {} } """, "Template.Headers.Host", "is not a header that a template may set")]
    [InlineData(""" "Template": { "Path": "../{{ id }}", "Body": {} } """, "Template.Path", "leads away")]
    [InlineData(""" "Template": { "Path": "{{ title }}", "Body": {} } """, "Template.Path", "signs that an address does not have")]
    [InlineData(""" "Template": { "Method": "GET", "Body": {} } """, "Template.Method", "Use POST or PUT")]
    [InlineData(""" "Template": { "Body": { "a": "{{ values.key }}" } } """, "Template.Body.a", "there is no \"key\" in the channel's Values")]
    [InlineData(""" "Format": "pushover", "Values": { "token": "env:TOKEN" } """, "Values.user", "is missing: the key of the user or group")]
    [InlineData(""" "Format": "pagerduty", "Values": { "routing_key": "literal" } """, "Values.routing_key", "literal secrets are refused")]
    [InlineData(""" "Format": "pagerduty", "Values": { "routing_key": "env:TOKEN", "rooting": "x" } """, "Values.rooting", "unknown value. Known here: routing_key")]
    [InlineData(""" "Format": "slack", "Values": { "x": "y" } """, "Values", "is not read for this Format")]
    public void What_would_fail_at_night_is_an_error_at_load(string written, string path, string error)
    {
        var refused = Assert.IsType<LoadResult.Refused>(SomeTemplates.Result($$"""{ "hook": { "Type": "webhook", "Url": "env:HOOK_URL", {{(written.Contains("Format", StringComparison.Ordinal) ? "" : "\"Format\": \"template\",")}} {{written}} } }"""));

        var problem = Assert.Single(refused.Problems, problem => !problem.IsWarning);
        Assert.Equal($"Channels.hook.{path}", problem.Path);
        Assert.Contains(error, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(SomeFiles.Canary, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_body_is_sent_as_it_is_written_with_its_own_type_and_headers()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var channel = SomeTemplates.Load("""{ "hook": { "Type": "webhook", "Format": "template", "Url": "https://sms.example.com/", "Values": { "to": "+4930123" }, "Template": { "Path": "send?to={{ values.to | url_encode }}", "Headers": { "Authorization": "Basic abc" }, "ContentType": "application/x-www-form-urlencoded", "Body": "To={{ values.to | url_encode }}&Body={{ headline | url_encode }}" } } }""");
        await using var world = new DeliveryWorld(channel with { Url = receiver.Url });
        await world.AddAsync("desk", "hook", change: alert => alert with { Article = alert.Article with { Title = "Çığ & more" } });

        await world.DeliverAsync();

        var call = Assert.Single(receiver.Calls);
        Assert.Equal(("POST /hook/send?to=%2B4930123", "Basic abc", "application/x-www-form-urlencoded", "To=%2B4930123&Body=%C3%87%C4%B1%C4%9F%20%26%20more"), (call.Line, call.Authorization, call.ContentType, call.Body));
    }

    private static async Task<JsonNode> BodyAsync(WebhookFormat format, Severity severity)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Hook(receiver, format));
        await world.AddAsync("desk", "hook", change: alert => alert with { Severity = severity });
        await world.DeliverAsync();
        return Assert.Single(receiver.Calls).Json;
    }
}
