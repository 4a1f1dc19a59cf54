using NewsWatch.Delivery;
using NewsWatch.Delivery.Sending;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Delivery;

/// <summary>Every attempt is on record, not only the last.</summary>
public sealed class AttemptTests
{
    [Fact]
    public async Task Each_attempt_keeps_its_times_what_came_of_it_and_the_servers_words()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        var key = await world.AddAsync();
        server.Next(new(SmtpStage.Rcpt, "450 4.2.0 mailbox busy"));
        await world.DeliverAsync();
        var wait = world.DueIn(key);
        await world.DeliverAsync(wait);

        var attempts = world.Database.Read(db => AttemptStore.Of(db, key));

        Assert.Equal([(1L, AttemptOutcome.Again), (2L, AttemptOutcome.Sent)], attempts.Select(attempt => (attempt.N, attempt.Outcome)));
        Assert.Equal([DeliveryWorld.Start, DeliveryWorld.Start + wait], attempts.Select(attempt => attempt.Started));
        Assert.Contains("450 4.2.0 mailbox busy", attempts[0].Reply, StringComparison.Ordinal);
        Assert.Contains("2.0.0 queued", attempts[1].Reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attempt_whose_process_died_is_on_record_as_lost_and_counted_on()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        var key = await world.AddAsync();
        await world.Database.WriteAsync(db => DeliveryStore.Claim(db, Background.NewProcess(), "mail", world.Clock.GetUtcNow()));

        await world.DeliverAsync(TimeSpan.FromMinutes(1));

        Assert.Equal([AttemptOutcome.Lost, AttemptOutcome.Sent], world.Database.Read(db => AttemptStore.Of(db, key)).Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task A_replayed_message_adds_attempts_and_overwrites_none()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        var key = await world.AddAsync();
        server.Next(new(SmtpStage.Rcpt, "450 4.2.0 mailbox busy"));
        await world.DeliverAsync();
        await world.DeliverAsync(world.DueIn(key));
        await world.Database.WriteAsync(db => DeliveryStore.Replay(db, "mail", DeliveryWorld.Start, deadOnly: false, world.Clock.GetUtcNow()));
        await world.DeliverAsync();

        Assert.Equal([1L, 2L, 3L], world.Database.Read(db => AttemptStore.Of(db, key)).Select(attempt => attempt.N));
    }

    [Fact]
    public async Task A_claim_that_holds_the_message_no_more_leaves_no_attempt()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        var key = await world.AddAsync();
        var late = await world.Database.WriteAsync(db => DeliveryStore.Claim(db, Background.NewProcess(), "mail", world.Clock.GetUtcNow()));
        await world.DeliverAsync();

        await world.Get<AttemptRecorder>().WriteAsync(late!, new(new SendResult.Refused("550 no such user"), ""));

        Assert.DoesNotContain(world.Database.Read(db => AttemptStore.Of(db, key)), attempt => attempt.Outcome == AttemptOutcome.Dead);
    }
}
