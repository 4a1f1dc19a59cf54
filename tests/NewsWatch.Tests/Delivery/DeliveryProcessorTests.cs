using Microsoft.Extensions.Time.Testing;
using NewsWatch.Delivery;
using NewsWatch.Delivery.Sending;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Shares;
using NewsWatch.Storage.Work;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Delivery;

public sealed class DeliveryProcessorTests
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
        await Stored.RefuseAsync(world.Database, "UPDATE", "delivery");

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => world.DeliverAsync());
        await Stored.AllowAsync(world.Database, "delivery");
        Assert.Equal(1, await world.DeliverAsync());

        Assert.Equal(("sent", 1L, null), world.Look(key));
    }

    [Fact]
    public async Task What_the_database_holds_and_nobody_can_read_is_dead_and_told_and_holds_nobody_up()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        var (broken, whole) = (await world.AddAsync(), await world.AddAsync());
        await world.Database.WriteAsync(db => Stored.Set(db, "alert", new { content = "no JSON" }, new { id = Stored.Column<long>(db, "delivery", "alert", new { key = broken }).Single() }));

        await world.DeliverAsync();

        Assert.StartsWith("its rows in the database cannot be read: 'n", world.Look(broken).Error, StringComparison.Ordinal);
        Assert.Equal(("dead", "sent"), (world.Look(broken).State, world.Look(whole).State));
        Assert.StartsWith("notice/dead/anna/mail/", Assert.Single(world.Notices()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_under_way_is_not_sent_twice_when_the_clock_jumps_or_the_process_is_paused()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        await world.AddAsync();
        var leases = world.Get<Leases>();
        Assert.NotNull(await world.Database.WriteAsync(db => DeliveryStore.Claim(db, leases, "mail", world.Clock.GetUtcNow())));

        Assert.Equal(0, await world.DeliverAsync(TimeSpan.FromDays(2)));

        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_mail_whose_process_stood_still_in_the_dialogue_is_not_sent_before_it_is_back()
    {
        var stopwatch = new FakeTimeProvider();
        var share = Background.NewReplica(stopwatch, OwnedKey.OfLane("mail", 1));
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(share, [DeliveryWorld.Mail(server)]);
        var key = await world.AddAsync();
        server.Policy = (stage, _) =>
        {
            stopwatch.Advance(stage == SmtpStage.Rcpt ? TimeSpan.FromSeconds(12) : TimeSpan.Zero);
            return null;
        };

        await world.DeliverAsync();
        Assert.Empty(server.Mails);
        var (state, attempts, error) = world.Look(key);
        Assert.Equal(("pending", 0), (state, attempts));
        Assert.Contains("stood still", error, StringComparison.Ordinal);
        server.Policy = (_, _) => null;
        share.Renewed(stopwatch.GetTimestamp());
        await world.DeliverAsync(TimeSpan.FromMinutes(1));

        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task An_attempt_of_a_process_that_lost_its_message_writes_nothing_down()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        var key = await world.AddAsync();
        var late = await ClaimAsync(world);
        await world.DeliverAsync();

        Assert.False(await world.Get<AttemptRecorder>().WriteAsync(late!, new(new SendResult.Refused("550 no such user"), "")));

        Assert.Equal("sent", world.Look(key).State);
    }

    [Fact]
    public async Task A_message_that_was_accepted_while_the_disk_was_full_is_written_down_later_and_not_sent_again()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        var key = await world.AddAsync();
        await Stored.RefuseAsync(world.Database, "UPDATE", "delivery", "new.state = 'sent'");
        var delivering = world.DeliverAsync();
        while (world.Get<ServiceLoop>().Troubles.Count == 0)
        {
            await Task.Yield();
        }

        await Stored.AllowAsync(world.Database, "delivery");
        while (!delivering.IsCompleted)
        {
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(("sent", 1L, null), world.Look(key));
        Assert.Single(server.Mails);
        Assert.Empty(world.Get<ServiceLoop>().Troubles);
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
            await world.Get<DeliveryProcessor>().RecoverAsync(CancellationToken.None);
        }

        await world.DeliverAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("dead", world.Look(key).State);
        Assert.Equal(["ops@example.com"], Assert.Single(server.Mails).To);
    }

    [Fact]
    public async Task What_somebody_unsubscribed_from_meanwhile_is_cancelled()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        var key = await world.AddAsync();
        var other = await world.AddAsync("bert");
        await world.Database.WriteAsync(db => Stored.Unsubscribed(db, "anna", "rule:ceasefire-deadline"));

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
        Assert.Empty(world.Notices());
        await world.DeliverAsync(TimeSpan.FromMinutes(5));
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

    /// <summary>A process that dies with what it claimed.</summary>
    private static Task<ClaimedBundle?> ClaimAsync(DeliveryWorld world) =>
        world.Database.WriteAsync(db => DeliveryStore.Claim(db, Background.NewProcess(), "mail", world.Clock.GetUtcNow()));
}
