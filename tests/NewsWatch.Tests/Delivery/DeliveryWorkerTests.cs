using Dapper;
using NewsWatch.Delivery;
using NewsWatch.Storage;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Delivery;

public sealed class DeliveryWorkerTests
{
    [Fact]
    public async Task Rows_of_a_bundle_leave_as_one_mail()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        var first = await world.AddAsync(bundle: "digest/anna/mail/1", kind: "digest");
        var second = await world.AddAsync(bundle: "digest/anna/mail/1", kind: "digest");

        await world.DeliverAsync();

        Assert.Single(server.Mails);
        Assert.Equal("sent", world.Look(first).State);
        Assert.Equal("sent", world.Look(second).State);
    }

    [Fact]
    public async Task What_started_and_never_ended_comes_back_when_the_process_starts_again()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        var key = await world.AddAsync();
        await ClaimAsync(world);
        Assert.Equal(0, await world.DeliverAsync());

        await world.Get<DeliveryWorker>().ReleaseAsync(all: true, CancellationToken.None);
        await world.DeliverAsync();

        Assert.Single(server.Mails);
        Assert.Equal(("sent", 2L, null), world.Look(key));
    }

    [Fact]
    public async Task A_database_that_refuses_a_claim_ends_that_sweep_and_not_the_next()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        var key = await world.AddAsync();
        await world.Database.WriteAsync(db => db.Execute("CREATE TRIGGER full BEFORE UPDATE ON delivery BEGIN SELECT RAISE(ABORT, 'no'); END"));

        Assert.Equal(0, await world.DeliverAsync());
        await world.Database.WriteAsync(db => db.Execute("DROP TRIGGER full"));
        Assert.Equal(1, await world.DeliverAsync());

        Assert.Equal(("sent", 1L, null), world.Look(key));
    }

    [Fact]
    public async Task What_the_database_holds_and_nobody_can_read_is_dead_and_told_and_holds_nobody_up()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        var (broken, whole) = (await world.AddAsync(), await world.AddAsync());
        await world.Database.WriteAsync(db => db.Execute("UPDATE alert SET content = 'no JSON' WHERE id = (SELECT alert FROM delivery WHERE key = @broken)", new { broken }));

        await world.DeliverAsync();

        Assert.StartsWith("what the database holds of it cannot be read: 'n", world.Look(broken).Error, StringComparison.Ordinal);
        Assert.Equal(("dead", "sent"), (world.Look(broken).State, world.Look(whole).State));
        Assert.StartsWith("notice/dead/anna/mail/", Assert.Single(world.Notices()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lease_that_ran_out_is_taken_back_without_a_restart()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        await world.AddAsync();
        await ClaimAsync(world);

        await world.DeliverAsync(DeliveryStore.Lease);

        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task A_message_that_stops_the_sender_three_times_is_set_aside_and_told()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        var key = await world.AddAsync();
        for (var death = 0; death < 3; death++)
        {
            await ClaimAsync(world);
            await world.Get<DeliveryWorker>().ReleaseAsync(all: true, CancellationToken.None);
        }

        await world.DeliverAsync();

        Assert.Equal("dead", world.Look(key).State);
        Assert.Equal(["ops@example.com"], Assert.Single(server.Mails).To);
    }

    [Fact]
    public async Task Never_tried_messages_go_before_retried_ones()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server) with { Connections = 1 });
        server.Next(new(SmtpStage.Rcpt, "450 later"));
        await world.AddAsync();
        await world.DeliverAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.AddAsync("bert");

        await world.DeliverAsync();

        Assert.Equal(["bert@example.com", "anna@example.com"], server.Mails.SelectMany(mail => mail.To));
    }

    [Fact]
    public async Task What_somebody_unsubscribed_from_meanwhile_is_cancelled()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        var key = await world.AddAsync();
        var other = await world.AddAsync("bert");
        await world.Database.WriteAsync(db => db.Execute("INSERT INTO unsubscribed VALUES ('anna', 'rule:ceasefire-deadline', 0, 'page')"));

        await world.DeliverAsync();

        Assert.Equal("cancelled", world.Look(key).State);
        Assert.Equal("sent", world.Look(other).State);
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task A_dead_endpoint_is_left_alone_told_once_and_delays_no_other()
    {
        await using var server = new FakeSmtpServer();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server), DeliveryWorld.Hook(receiver));
        for (var alert = 0; alert < 40; alert++)
        {
            receiver.Next(500);
            await world.AddAsync("desk", "hook");
            await world.AddAsync();
        }

        await world.DeliverAsync();

        Assert.Equal(40, server.Mails.Count(mail => mail.To.Contains("anna@example.com")));
        Assert.InRange(receiver.Calls.Count, 4, 8);
        Assert.StartsWith("notice/endpoint/hook/failing/", Assert.Single(world.Notices()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_over_a_channel_that_is_gone_waits_for_its_return()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld();
        var key = await world.AddAsync();
        await world.DeliverAsync();
        Assert.Equal(("pending", 1L, "channel mail is not in the configuration"), world.Look(key));

        var mail = DeliveryWorld.Mail(server);
        world.Configuration.Swap(world.Configuration.Current with { Channels = new Dictionary<string, NewsWatch.Configuration.Channel> { ["mail"] = mail } });
        await world.DeliverAsync(TimeSpan.FromSeconds(6));

        Assert.Single(server.Mails);
    }

    private static Task<ClaimedBundle?> ClaimAsync(DeliveryWorld world) =>
        world.Database.WriteAsync(db => DeliveryStore.Claim(db, "mail", world.Clock.GetUtcNow()));
}
