using NewsWatch.Core.Alerts;
using NewsWatch.Delivery;
using NewsWatch.Delivery.Smtp;
using NewsWatch.Health;
using NewsWatch.Storage.Work;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Delivery;

/// <summary>A channel that gives way loses nothing, kills nothing, tells the truth, and is back at once when its server is.</summary>
public sealed class GivingWayTests
{
    [Fact]
    public async Task An_answer_that_comes_ten_minutes_after_the_final_dot_is_waited_for_and_makes_no_copy()
    {
        var (reached, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        server.Next(new(SmtpStage.Dot, "250 late", () => { reached.SetResult(); return answer.Task; }, AfterAccepting: true));
        var key = await world.AddAsync();

        var delivering = world.DeliverAsync();
        await reached.Task;
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        await world.Get<DeliveryProcessor>().RecoverAsync(CancellationToken.None);
        Assert.Equal("leased", world.Look(key).State);
        answer.SetResult();
        await delivering;

        Assert.Equal(("sent", 1L, null), world.Look(key));
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task A_mail_that_gets_no_answer_three_times_is_set_aside_and_told()
    {
        await using var server = new FakeSmtpServer();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = TellingOver(receiver, server);
        var key = await world.AddAsync();
        foreach (var wait in new[] { TimeSpan.Zero, TimeSpan.FromSeconds(6), TimeSpan.FromMinutes(10) })
        {
            server.Next(new(SmtpStage.Dot, AfterAccepting: true));
            await world.DeliverAsync(wait);
        }

        await world.DeliverAsync(TimeSpan.FromDays(1));

        Assert.Equal(("dead", 3L), (world.Look(key).State, world.Look(key).Attempts));
        Assert.StartsWith("notice/quarantine/", world.Notices()[^1], StringComparison.Ordinal);
        Assert.Equal(3, server.Mails.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_server_that_closes_each_connection_after_a_mail_gets_forty_at_once_with_nobody_told(int connections)
    {
        await using var server = new FakeSmtpServer { MaxMails = 1 };
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server) with { Connections = connections });
        var keys = await AddAsync(world, 40);

        await world.DeliverAsync();

        AllSent(world, keys);
        Assert.Equal(40, server.Mails.Count);
        Assert.Empty(world.Notices());
    }

    [Theory]
    [InlineData(SmtpStage.Mail, "421 4.7.0 enough for this connection")]
    [InlineData(SmtpStage.Mail, null)]
    [InlineData(SmtpStage.Rcpt, "421 4.7.0 enough for this connection")]
    [InlineData(SmtpStage.Data, null)]
    public async Task A_kept_connection_that_ends_costs_the_next_mail_nothing(object at, string? answer)
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server) with { Connections = 1 });
        await world.AddAsync();
        await world.DeliverAsync();
        server.Next(new((SmtpStage)at, answer));
        var next = await world.AddAsync();

        await world.DeliverAsync();

        Assert.Equal(("sent", 1L, null), world.Look(next));
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_server_that_allows_two_connections_gets_three_hundred_alerts_over_two_with_nobody_told()
    {
        await using var server = new FakeSmtpServer { MaxConnections = 2 };
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server) with { Connections = 4 });
        var keys = await AddAsync(world, 300);

        for (var sweep = 0; sweep < 10; sweep++)
        {
            await world.DeliverAsync(TimeSpan.FromSeconds(1));
        }

        AllSent(world, keys);
        Assert.InRange(server.Connections, 2, 12);
        Assert.Empty(world.Notices());
    }

    [Fact]
    public async Task A_server_that_is_back_gets_the_first_alert_within_ten_seconds_and_no_attempt_was_counted()
    {
        var server = new FakeSmtpServer();
        var port = server.Port;
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        await server.DisposeAsync();
        var keys = await AddAsync(world, 700);
        for (var second = 0; second < 200; second++)
        {
            await world.DeliverAsync(TimeSpan.FromSeconds(1));
        }

        await using var back = new FakeSmtpServer(port);
        for (var second = 0; second < 6; second++)
        {
            await world.DeliverAsync(TimeSpan.FromSeconds(1));
        }

        AllSent(world, keys);
        Assert.Equal(700, back.Mails.Count);
        Assert.Empty(world.Notices());
    }

    [Theory]
    [InlineData(SmtpStage.Mail, "452 4.3.1 Insufficient system storage")]
    [InlineData(SmtpStage.Mail, "550 5.7.1 not from you")]
    [InlineData(SmtpStage.Rcpt, "554 5.7.1 Relay access denied")]
    public async Task A_server_that_takes_nothing_keeps_all_messages_is_told_once_and_is_not_healthy(object at, string answer)
    {
        await using var server = new FakeSmtpServer { Policy = (stage, _) => stage == (SmtpStage)at ? answer : null };
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = TellingOver(receiver, server);
        var health = new HealthCheck(world.Database, world.Get<Progress>(), world.Get<ServiceLoop>(), world.Clock);
        var keys = await AddAsync(world, 48);
        await SecondsAsync(world, 270);
        Assert.Empty(world.Notices());
        await SecondsAsync(world, 60);
        Assert.StartsWith("notice/endpoint/mail/failing/", Assert.Single(world.Notices()), StringComparison.Ordinal);
        Assert.DoesNotContain(health.Look().Problems, problem => problem.StartsWith("channel mail", StringComparison.Ordinal));
        await SecondsAsync(world, 330);

        Assert.Single(world.Notices());
        Assert.Contains("channel mail has accepted nothing for 11 min", health.Look().Problems);
        Assert.All(keys, key => Assert.Equal("pending", world.Look(key).State));
        server.Policy = (_, _) => null;
        await SecondsAsync(world, 9);
        Assert.NotEmpty(server.Mails);
        await SecondsAsync(world, 90);

        Assert.All(keys, key => Assert.Equal("sent", world.Look(key).State));
        Assert.DoesNotContain(health.Look().Problems, problem => problem.StartsWith("channel mail", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Greylisting_of_a_minute_costs_at_most_seventy_five_seconds()
    {
        var first = new System.Collections.Concurrent.ConcurrentDictionary<string, DateTimeOffset>();
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        server.Policy = (stage, address) => stage == SmtpStage.Rcpt && world.Clock.GetUtcNow() - first.GetOrAdd(address, _ => world.Clock.GetUtcNow()) <= TimeSpan.FromSeconds(60)
            ? "450 4.2.0 Greylisted"
            : null;
        var keys = await AddAsync(world, 48);

        await SecondsAsync(world, 75);

        Assert.All(keys, key => Assert.Equal("sent", world.Look(key).State));
    }

    [Fact]
    public async Task A_mail_that_is_too_large_is_dead_and_no_other_waits_for_it()
    {
        await using var server = new FakeSmtpServer { Size = 4000 };
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server) with { Connections = 1 });
        var keys = await AddAsync(world, 10);
        server.Policy = (stage, _) => stage == SmtpStage.Mail && keys.Count(key => world.Look(key).State == "dead") < 6 ? "552 5.3.4 Message size exceeds fixed limit" : null;

        await world.DeliverAsync();

        Assert.Equal((6, 4), (keys.Count(key => world.Look(key).State == "dead"), keys.Count(key => world.Look(key).State == "sent")));
    }

    [Fact]
    public async Task A_full_mailbox_is_tried_for_a_day()
    {
        await using var server = new FakeSmtpServer { Policy = (stage, to) => stage == SmtpStage.Rcpt && to.StartsWith("anna", StringComparison.Ordinal) ? "552 5.2.2 Mailbox full" : null };
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        var key = await world.AddAsync();
        var tried = TimeSpan.Zero;
        while (world.Look(key).State != "dead")
        {
            Assert.InRange(tried, TimeSpan.Zero, TimeSpan.FromDays(2));
            await world.DeliverAsync(TimeSpan.FromMinutes(1));
            tried += TimeSpan.FromMinutes(1);
        }

        Assert.InRange(tried, TimeSpan.FromHours(24), TimeSpan.FromHours(27));
    }

    [Theory]
    [InlineData(false, "dead")]
    [InlineData(true, "sent")]
    public async Task An_address_with_letters_beyond_ASCII_is_sent_to_servers_with_SMTPUTF8_alone(bool offersUtf8, string state)
    {
        await using var server = new FakeSmtpServer { OffersUtf8 = offersUtf8 };
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        var subscribers = new Dictionary<string, Subscriber>(world.Configuration.Current.Subscribers) { ["ivan"] = new() { Id = "ivan", Email = "иван@example.com", Channel = "mail" } };
        world.Configuration.Swap(world.Configuration.Current with { Subscribers = subscribers });
        var key = await world.AddAsync("ivan");

        await world.DeliverAsync();

        Assert.Equal(state, world.Look(key).State);
        Assert.Equal(offersUtf8, server.Commands.Any(command => !System.Text.Ascii.IsValid(command)));
        Assert.Equal(!offersUtf8, (await world.Get<Doctor>().LookAsync(CancellationToken.None)).Any(finding => finding is { Ok: false, Subject: "mail: ivan" }));
    }

    [Fact]
    public async Task A_webhook_that_refuses_a_body_is_told_at_the_second_time_with_its_words_and_the_third_is_the_last()
    {
        await using var server = new FakeSmtpServer();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Hook(receiver), DeliveryWorld.Mail(server));
        var key = await world.AddAsync("desk", "hook");
        for (var attempt = 0; attempt < 3; attempt++)
        {
            receiver.Next(async context =>
            {
                context.Response.StatusCode = 400;
                await context.Response.Body.WriteAsync("no_text: the body has no text"u8.ToArray());
            });
        }

        await world.DeliverAsync();
        Assert.Empty(world.Notices());
        await world.DeliverAsync(TimeSpan.FromSeconds(6));
        Assert.StartsWith("notice/endpoint/hook/refuses/", Assert.Single(world.Notices()), StringComparison.Ordinal);
        await world.DeliverAsync(TimeSpan.FromSeconds(30));
        await world.DeliverAsync(TimeSpan.FromDays(1));

        Assert.Equal(("dead", 3L), (world.Look(key).State, world.Look(key).Attempts));
        Assert.Equal(3, receiver.Calls.Count);
        Assert.Contains(server.Mails, mail => mail.Message.Subject == "[NewsWatch] Channel hook refuses a message" && mail.Message.TextBody!.Contains("no_text: the body has no text", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_webhook_that_is_away_loses_no_attempt_and_gets_its_alert_within_ten_seconds_of_its_return()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var port = receiver.Url.Port;
        await using var world = new DeliveryWorld(DeliveryWorld.Hook(receiver));
        await receiver.DisposeAsync();
        var key = await world.AddAsync("desk", "hook");
        await SecondsAsync(world, 60);
        Assert.Equal(("pending", 0L), (world.Look(key).State, world.Look(key).Attempts));

        await using var back = await WebhookReceiver.StartAsync(port: port);
        await SecondsAsync(world, 6);

        Assert.Equal(("sent", 1L, null), world.Look(key));
        Assert.Single(back.Calls);
    }

    /// <summary>The operator is told over another channel than the subscribers.</summary>
    private static DeliveryWorld TellingOver(WebhookReceiver receiver, FakeSmtpServer server)
    {
        var world = new DeliveryWorld(DeliveryWorld.Mail(server), DeliveryWorld.Hook(receiver));
        world.Configuration.Swap(world.Configuration.Current with { Operator = world.Configuration.Current.Operator with { Via = "hook", To = ["ops"] } });
        return world;
    }

    private static async Task<IReadOnlyList<string>> AddAsync(DeliveryWorld world, int count)
    {
        var keys = new List<string>();
        for (var alert = 0; alert < count; alert++)
        {
            keys.Add(await world.AddAsync(alert % 2 == 0 ? "anna" : "bert"));
        }

        return keys;
    }

    private static async Task SecondsAsync(DeliveryWorld world, int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            await world.DeliverAsync(TimeSpan.FromSeconds(1));
        }
    }

    private static void AllSent(DeliveryWorld world, IReadOnlyList<string> keys) => Assert.All(keys, key => Assert.Equal(("sent", 1L, null), world.Look(key)));
}
