using System.Text.Json.Nodes;
using NewsWatch.Configuration;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Messages;

/// <summary>What every format of a webhook keeps to.</summary>
public sealed class WebhookFormTests
{
    public static TheoryData<WebhookFormat> Formats => [.. Enum.GetValues<WebhookFormat>()];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Every_attempt_sends_the_same_bytes_under_the_same_id(WebhookFormat format)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Hook(receiver, format));
        for (var alert = 0; alert < (DeliveryWorld.Hook(receiver, format).OneAlert ? 3 : format == WebhookFormat.Pushover ? 12 : 60); alert++)
        {
            await world.AddAsync("desk", "hook", "digest/desk/hook/1", "digest");
        }

        for (var failure = 0; failure < 9; failure++)
        {
            receiver.Next(500);
        }

        for (var round = 0; round < 12; round++)
        {
            await world.DeliverAsync(TimeSpan.FromMinutes(40));
        }

        var attempts = receiver.Calls.GroupBy(call => call.Id).ToList();
        Assert.InRange(attempts.Max(message => message.Count()), 3, 30);
        Assert.All(attempts, message => Assert.Single(message.Select(call => call.Body).Distinct()));
        Assert.Equal(attempts.Count, attempts.Select(message => message.First().Body).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_notice_of_four_hundred_errors_keeps_to_the_limits_and_counts_what_it_leaves_out(WebhookFormat format)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Hook(receiver, format));
        var errors = Enumerable.Range(1, 400).Select(number => $"appsettings.json:{number}:7: Rules.rule-{number}.When: there is no list \"#cease-fire\"; did you mean \"#ceasefire\"? Write that, or add the list to Lists.");
        var notice = new Notice("configuration/1", "Configuration refused; the last good one stays in force", string.Join('\n', errors)) { Rest = "more errors: newswatch check" };
        await world.Database.WriteAsync(db => NoticeStore.Add(db, notice, ["ops"], "hook", world.Clock.GetUtcNow()));

        await world.DeliverAsync();

        var body = Assert.Single(receiver.Calls).Body;
        SinkLimits.Hold(format, body);
        var read = SinkLimits.Read(body).Replace("\\", "", StringComparison.Ordinal);
        var named = Enumerable.Range(1, 400).Count(number => read.Contains($"rule-{number}.When", StringComparison.Ordinal));
        Assert.InRange(named, format == WebhookFormat.Pushover ? 4 : 10, 399);
        Assert.Contains($"and {400 - named} more errors: newswatch check", read, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slack_keeps_the_headline_where_the_address_is_too_long_and_the_link_where_the_headline_is()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Hook(receiver, WebhookFormat.Slack));
        foreach (var (title, query) in new[] { ("Copse opens", string.Concat(Enumerable.Repeat("q=1&", 350))), ("Glade opens", string.Concat(Enumerable.Repeat("&a", 900))), (new string('&', 300), new string('a', 1_900)) })
        {
            await world.AddAsync("desk", "hook", change: alert => alert with { Article = alert.Article with { Title = title, Url = $"https://courier.example.com/?{query}" }, Excerpts = [] });
        }

        await world.DeliverAsync();

        var sections = receiver.Calls.Select(call => (string)call.Json["blocks"]![0]!["text"]!["text"]!).ToList();
        Assert.All(receiver.Calls, call => SinkLimits.Hold(WebhookFormat.Slack, call.Body));
        Assert.Contains(sections, section => section.StartsWith("*[URGENT] Glade opens*\n", StringComparison.Ordinal));
        Assert.Contains(receiver.Calls, call => SinkLimits.Read(call.Body).Contains($"<https://courier.example.com/?{string.Concat(Enumerable.Repeat("q=1&", 350))}>", StringComparison.Ordinal));
        Assert.Contains(sections, section => section.StartsWith("*<https://courier.example.com/?aaa", StringComparison.Ordinal) && section.Contains("|[URGENT] &amp;", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Slack_obeys_no_markup_of_a_headline()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Hook(receiver, WebhookFormat.Slack));
        await world.AddAsync("desk", "hook", change: alert => alert with
        {
            Severity = NewsWatch.Core.Alerts.Severity.Routine,
            Article = alert.Article with { Title = "> *a* _b_ ~c~ `d` :fire: <!here> 10:30:45", Url = "urn:x" },
            Excerpts = [],
        });

        await world.DeliverAsync();

        Assert.Equal("*› ∗a∗ ˍbˍ ∼c∼ ˋdˋ ∶fire: &lt;!here&gt; 10:30:45*", ((string)Assert.Single(receiver.Calls).Json["blocks"]![0]!["text"]!["text"]!).Split('\n')[0]);
    }

    [Fact]
    public async Task Letters_are_written_as_themselves()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Hook(receiver));
        await world.AddAsync("desk", "hook", change: alert => alert with { Article = alert.Article with { Title = "Глейд, 林间, غابة </script>" } });

        await world.DeliverAsync();

        var body = Assert.Single(receiver.Calls).Body;
        Assert.Contains("Глейд, 林间, غابة \\u003C/script\\u003E", body, StringComparison.Ordinal);
        Assert.Equal("Глейд, 林间, غابة </script>", (string?)JsonNode.Parse(body)!["data"]!["article"]!["title"]);
    }

    [Fact]
    public async Task A_program_gets_the_alert_of_each_rule_as_an_event_of_its_own()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Hook(receiver));
        var keys = new[]
        {
            await world.AddAsync("desk", "hook", "group/desk/hook/1", "group"),
            await world.AddAsync("desk", "hook", "group/desk/hook/1", "group", alert => alert with { Key = "deadlines/story-1/first-report/1", Rule = alert.Rule with { Id = "deadlines" }, Article = DeliveryWorld.Alert(1).Article }),
        };

        await world.DeliverAsync();

        Assert.Equal(["alert.created", "alert.created"], receiver.Calls.Select(call => (string?)call.Json["type"]));
        Assert.Equal(["ceasefire-deadline", "deadlines"], receiver.Calls.Select(call => (string?)call.Json["data"]!["rule"]!["id"]).Order());
        var ids = keys.Select(key => world.Database.Read(db => Stored.Column<string>(db, "delivery", "message_id", new { key }).Single()));
        Assert.Equal(receiver.Calls.Select(call => call.Id).Order(), ids.Order());
    }

    [Fact]
    public async Task What_did_not_fit_is_on_record_as_waiting_before_anything_is_sent()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Hook(receiver, WebhookFormat.Ntfy));
        for (var alert = 0; alert < 100; alert++)
        {
            await world.AddAsync("desk", "hook", "digest/desk/hook/1", "digest");
        }

        var waiting = 0L;
        receiver.Next(_ =>
        {
            waiting = world.Database.Read(db => Stored.Column<string>(db, "delivery", "bundle", new { state = new[] { "pending", "leased" } })).Count(bundle => bundle != "digest/desk/hook/1");
            return Task.CompletedTask;
        });

        await world.DeliverAsync();

        var first = world.Database.Read(db => Stored.Count(db, "delivery", new { bundle = "digest/desk/hook/1" }));
        Assert.Equal((100, true), (first + waiting, first is > 1 and < 100));
        Assert.Equal($"[URGENT] {first} alerts", (string?)receiver.Calls.First().Json["title"]);
        Assert.Contains(receiver.Calls, call => ((string)call.Json["title"]!).EndsWith(" alerts, part 2", StringComparison.Ordinal));
    }
}
