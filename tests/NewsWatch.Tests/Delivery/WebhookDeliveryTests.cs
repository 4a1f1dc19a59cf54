using System.Text;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Templates;
using NewsWatch.Core.Alerts;
using NewsWatch.Delivery;
using NewsWatch.Delivery.Http;
using NewsWatch.Delivery.Sending;
using NewsWatch.Messages.Webhook;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Delivery;

public sealed class WebhookDeliveryTests
{
    [Fact]
    public void The_published_test_vector_of_Standard_Webhooks_verifies()
    {
        var signature = WebhookRequest.Sign(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, Encoding.UTF8.GetBytes("{\"test\": 2432232314}"));

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    [Fact]
    public async Task An_alert_becomes_one_signed_call()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Hook(receiver));
        var key = await world.AddAsync("desk", "hook");

        await world.DeliverAsync();

        var call = Assert.Single(receiver.Calls);
        Assert.True(call.Verified);
        Assert.Equal("alert.created", (string?)call.Json["type"]);
        Assert.Equal("cease-fire", (string?)call.Json["data"]!["hits"]![1]!["quote"]);
        Assert.Equal(("sent", 1L, null), world.Look(key));
    }

    [Fact]
    public async Task While_a_secret_rotates_both_signatures_are_sent()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Hook(receiver) with { Secrets = ["whsec_bmV3LW5ldy1uZXctbmV3LW5ldy1uZXc=", receiver.Secret] });
        await world.AddAsync("desk", "hook");

        await world.DeliverAsync();

        var call = Assert.Single(receiver.Calls);
        Assert.True(call.Verified);
        Assert.Equal(2, call.Signatures.Split(' ').Length);
    }

    [Fact]
    public async Task Retry_After_holds_all_messages_of_the_endpoint_and_no_others()
    {
        await using var server = new FakeSmtpServer();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Hook(receiver), DeliveryWorld.Mail(server));
        receiver.Next(429, "Retry-After", "600");
        await world.AddAsync("desk", "hook");
        await world.DeliverAsync();
        await world.AddAsync("desk", "hook");
        await world.AddAsync("anna");

        await world.DeliverAsync(TimeSpan.FromSeconds(599));
        Assert.Equal((1, 1), (receiver.Calls.Count, server.Mails.Count));
        await world.DeliverAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(3, receiver.Calls.Count);
    }

    [Fact]
    public async Task A_pause_that_was_asked_for_holds_for_every_process_until_it_is_over_or_the_channel_is_edited()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Hook(receiver));
        bool IsPaused() => new PausedEndpoints(world.Database, world.Configuration, world.Wall).IsPaused("hook"); // as a process sees it that asked nothing
        receiver.Next(429, "Retry-After", "600");
        await world.AddAsync("desk", "hook");
        await world.DeliverAsync();
        Assert.True(IsPaused());

        world.Wall.SetBy = -TimeSpan.FromDays(1);
        Assert.False(IsPaused());
        world.Wall.SetBy = TimeSpan.Zero;
        var asked = world.Configuration.Current;
        var hook = DeliveryWorld.Hook(receiver);
        foreach (var edited in new[]
        {
            hook with { Url = new Uri("https://other.example.com/") },
            hook with { Secrets = ["whsec_bmV3LW5ldy1uZXctbmV3LW5ldy1uZXc="] },
            hook with { Template = new WebhookTemplate(new TemplateBody.Literal("{}")) { Values = new Dictionary<string, TemplateValue> { ["key"] = new("other", IsSecret: true) } } },
        })
        {
            world.Configuration.Swap(asked with { Channels = new Dictionary<string, Channel> { ["hook"] = edited } });
            Assert.False(IsPaused());
        }

        world.Configuration.Swap(asked);
        world.Clock.Advance(TimeSpan.FromSeconds(599));
        Assert.True(IsPaused());
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(IsPaused());
    }

    [Fact]
    public async Task Two_messages_that_learn_at_once_that_the_endpoint_is_gone_are_one_notice()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Hook(receiver));
        List<ClaimedBundle> underWay = [];
        foreach (var process in new[] { Background.NewProcess(), Background.NewProcess() })
        {
            await world.AddAsync("desk", "hook");
            underWay.Add((await world.Database.WriteAsync(db => DeliveryStore.Claim(db, process, "hook", world.Clock.GetUtcNow())))!);
        }

        foreach (var bundle in underWay)
        {
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.True(await world.Get<AttemptRecorder>().WriteAsync(bundle, new(new SendResult.EndpointGone("it answered 410."), "")));
        }

        Assert.Single(world.Notices());
    }

    [Fact]
    public async Task Gone_ends_the_endpoint_tells_the_operator_and_a_replay_brings_everything_under_its_old_id()
    {
        await using var server = new FakeSmtpServer();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Hook(receiver), DeliveryWorld.Mail(server));
        receiver.Next(410);
        var key = await world.AddAsync("desk", "hook");
        await world.DeliverAsync();
        var later = await world.AddAsync("desk", "hook");
        await world.DeliverAsync();

        Assert.Single(receiver.Calls);
        Assert.Equal("dead", world.Look(key).State);
        Assert.Equal("dead", world.Look(later).State);
        Assert.Contains(server.Mails, mail => mail.Message.Subject == "[NewsWatch] Channel hook is gone");

        Assert.Equal(2, await world.Get<NewsWatch.Delivery.Replay>().OpenAsync("hook", DeliveryWorld.Start, deadOnly: true, "ops", CancellationToken.None));
        await world.DeliverAsync();

        Assert.Equal("sent", world.Look(key).State);
        Assert.Equal("sent", world.Look(later).State);
        Assert.Single(receiver.Calls.Skip(1), call => call.Id == receiver.Calls.First().Id);
    }

    [Fact]
    public async Task An_endpoint_that_does_not_answer_is_left_after_fifteen_seconds_and_its_address_is_told_nowhere()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Hook(receiver) with { Url = new Uri(receiver.Url, "/canary-4711") });
        var reached = new TaskCompletionSource();
        receiver.Next(async context =>
        {
            reached.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        var key = await world.AddAsync("desk", "hook");

        var delivering = world.DeliverAsync();
        await reached.Task;
        world.Clock.Advance(TimeSpan.FromSeconds(15));
        await delivering;

        var (state, _, error) = world.Look(key);
        Assert.Equal("pending", state);
        Assert.StartsWith("127.0.0.1 (#", error, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_inside_is_not_called()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Hook(receiver));
        world.Configuration.Swap(world.Configuration.Current with { Operator = world.Configuration.Current.Operator with { AllowPrivate = [] } });
        var key = await world.AddAsync("desk", "hook");

        await world.DeliverAsync();

        Assert.Empty(receiver.Calls);
        Assert.Contains("blocked", world.Look(key).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WebhookFormat.Standard)]
    [InlineData(WebhookFormat.CloudEvents)]
    [InlineData(WebhookFormat.Slack)]
    [InlineData(WebhookFormat.Discord)]
    [InlineData(WebhookFormat.Teams)]
    [InlineData(WebhookFormat.Ntfy)]
    public async Task Each_format_is_as_approved_with_a_headline_that_means_harm(WebhookFormat format)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Hook(receiver, format));
        await world.AddAsync("desk", "hook", change: alert => alert with
        {
            Severity = Severity.Flash,
            Article = alert.Article with { Title = "<!channel> @everyone <@U123> [free](http://evil.example) *_`~|\r\n\u202E\0 </script> \uD800 &" },
            Excerpts = [],
            Hits = [],
        });

        await world.DeliverAsync();

        var json = Assert.Single(receiver.Calls).Json;
        Snapshot.Approved(json.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true }) + "\n", $"webhook-{format.ToString().ToLowerInvariant()}.json");
    }
}
