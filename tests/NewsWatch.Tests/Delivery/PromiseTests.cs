using NewsWatch.Delivery;
using NewsWatch.Messages;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Tests.Processing;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Delivery;

/// <summary>
/// The promises, each shown in small. Simulation/SimulationTests holds them all against months of faults, EndToEnd/CrashTests against the
/// real process killed at each crash point.
/// </summary>
public sealed class PromiseTests
{
    [Fact]
    public async Task I1_no_loss_whoever_is_not_told_at_last_is_dead_by_the_servers_words_and_the_operator_knows()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server) with { Connections = 1 });
        var refused = await world.AddAsync("anna");
        server.Next(new(SmtpStage.Rcpt, "550 5.1.1 no such person"));
        await world.DeliverAsync();
        var (later, told) = (await world.AddAsync("bert"), await world.AddAsync("bert"));
        server.Next(new(SmtpStage.Data, "451 4.3.0 later"));

        await world.DeliverAsync();
        await world.DeliverAsync(TimeSpan.FromSeconds(10));
        await world.DeliverAsync(TimeSpan.FromSeconds(1)); // slower than before
        await world.DeliverAsync(TimeSpan.FromMinutes(1)); // what the operator hears gathers for a minute

        Assert.Equal(["sent", "sent"], new[] { later, told }.Select(key => world.Look(key).State));
        Assert.Equal(("dead", "the server answered 550 5.1.1 no such person"), (world.Look(refused).State, world.Look(refused).Error));
        Assert.Contains(server.Mails, mail => mail.To.Single() == "ops@example.com" && mail.Message.TextBody!.ReplaceLineEndings(" ").Contains("550 5.1.1 no such person", StringComparison.Ordinal));
    }

    [Fact]
    public async Task I2_stable_id_every_copy_of_a_message_carries_the_same()
    {
        await using var server = new FakeSmtpServer();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server), DeliveryWorld.Hook(receiver));
        var key = await world.AddAsync("anna");
        await world.AddAsync("desk", "hook");
        server.Next(new(SmtpStage.Dot, AfterAccepting: true));
        receiver.Next(500);

        await world.DeliverAsync();
        await world.DeliverAsync(TimeSpan.FromMinutes(1));
        await world.DeliverAsync(TimeSpan.FromMinutes(10));

        Assert.Equal([MessageName.MailId(key, "news.example.com")], server.Mails.Select(mail => mail.Message.MessageId).Distinct());
        Assert.Equal((2, 2), (server.Mails.Count, receiver.Calls.Count));
        Assert.Single(receiver.Calls.Select(call => call.Id).Distinct());
    }

    [Fact]
    public async Task I3_no_duplicate_when_the_acceptance_was_committed_however_often_the_process_starts_again()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        await world.AddAsync();
        await world.DeliverAsync();

        for (var start = 0; start < 3; start++)
        {
            await world.Get<DeliveryProcessor>().RecoverAsync(CancellationToken.None);
            await world.DeliverAsync(TimeSpan.FromDays(1));
        }

        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task I4_at_most_three_copies_a_message_that_stops_the_process_each_time_is_set_aside_and_told()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        var key = await world.AddAsync();
        var begun = 0;
        for (var start = 0; start < 10; start++)
        {
            await world.Get<DeliveryProcessor>().RecoverAsync(CancellationToken.None);
            begun += await world.Database.WriteAsync(db => DeliveryStore.Claim(db, Background.NewProcess(), "mail", world.Clock.GetUtcNow())) is { Kind: "alert" } ? 1 : 0; // and there the process dies
            world.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal((3, "dead"), (begun, world.Look(key).State));
        Assert.Contains(world.Notices(), notice => notice.StartsWith("notice/quarantine/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task I5_no_flood_what_is_over_the_cap_comes_in_one_summary_that_counts_it()
    {
        await using var desk = new ArticleDesk(SomeWatch.Of([SomeWatch.Wire], [SomeWatch.Ceasefire], [SomeWatch.Anna with { Cap = new(5, TimeSpan.FromHours(1)) }]));
        for (var item = 0; item < 60; item++)
        {
            await desk.AddAsync("wire", $"Truce number {item} of the valley of {(char)('a' + item % 26)}{item} is announced", $"https://wire.example.com/{item}");
        }

        await desk.ProcessAsync();

        var messages = desk.Deliveries().Where(row => row.Kind != "cap").GroupBy(row => row.Bundle).ToList();
        Assert.Equal([1, 1, 1, 1, 1, 55], messages.Select(message => message.Count()).Order());
        var summary = await desk.Database.WriteAsync(db =>
        {
            Stored.Delete(db, "delivery", new { kind = "alert" });
            DeliveryStore.ReleaseHeld(db, ArticleDesk.Noon.AddHours(2));
            Stored.Delete(db, "delivery", new { kind = "cap" });
            return DeliveryStore.Claim(db, Background.NewProcess(), "mail", ArticleDesk.Noon.AddHours(2));
        });
        Assert.StartsWith("[URGENT] 55 alerts over your limit: ", NewsWatch.Messages.Mail.MailContent.Create(summary!, TimeZoneInfo.Utc).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task I6_isolation_an_endpoint_that_hangs_delays_nobody_elses_mail()
    {
        await using var server = new FakeSmtpServer();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server), DeliveryWorld.Hook(receiver));
        var hanging = new TaskCompletionSource();
        var asked = new TaskCompletionSource();
        receiver.Next(async _ =>
        {
            asked.SetResult();
            await hanging.Task;
        });
        var hook = await world.AddAsync("desk", "hook");
        var slow = world.DeliverAsync();
        await asked.Task;

        var mails = new[] { await world.AddAsync("anna"), await world.AddAsync("bert") };
        await world.DeliverAsync();

        Assert.Equal("leased", world.Look(hook).State);
        Assert.All(mails, mail => Assert.Equal("sent", world.Look(mail).State));
        hanging.SetResult();
        await slow;
        Assert.Equal("sent", world.Look(hook).State);
    }

    [Fact]
    public async Task I7_no_silence_an_endpoint_that_is_dead_is_told_over_another_way()
    {
        await using var server = new FakeSmtpServer();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server), DeliveryWorld.Hook(receiver));
        await world.AddAsync("desk", "hook");
        receiver.Next(410);

        await world.DeliverAsync();
        await world.DeliverAsync();

        Assert.Equal("[NewsWatch] Channel hook is gone", Assert.Single(server.Mails).Message.Subject);
    }

    [Fact]
    public async Task I7_no_silence_one_message_alone_that_its_server_does_not_take_is_told_after_five_minutes()
    {
        await using var server = new FakeSmtpServer();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server), DeliveryWorld.Hook(receiver));
        await world.AddAsync("desk", "hook");
        receiver.Next(500);
        await world.DeliverAsync();
        receiver.Next(500);
        await world.DeliverAsync(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.Empty(world.Notices());
        receiver.Next(500);
        await world.DeliverAsync(TimeSpan.FromMilliseconds(1));

        Assert.Equal("[NewsWatch] Channel hook is failing", Assert.Single(server.Mails).Message.Subject);
    }

    [Fact]
    public async Task I8_validators_are_kept_with_the_items_or_not_at_all()
    {
        await using var world = await PollWorld.StartAsync();
        world.Configure(world.Source());
        world.Server.Answer("/feed", Reply.Text(Rss.Of(3), ("ETag", "\"v1\"")));
        await Stored.RefuseAsync(world.Database, "INSERT", "item");
        await world.PollAsync();
        Assert.Empty(world.States());

        await Stored.AllowAsync(world.Database, "item");
        world.Restart();
        await world.PollAfterAsync(TimeSpan.FromHours(1));

        Assert.Equal([null, null], world.Server.Requests.Select(request => request["If-None-Match"]));
        Assert.Equal(3, world.States().Values.Sum());
    }
}
