using NewsWatch.Storage.Upkeep;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Delivery;

/// <summary>When what failed is tried again, whatever the clock does meanwhile.</summary>
public sealed class RetryTests
{
    private static readonly SmtpFault Busy = new(SmtpStage.Rcpt, "450 4.2.0 mailbox busy");
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(35), TimeSpan.FromSeconds(55),
        TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(8), TimeSpan.FromHours(8),
        TimeSpan.FromHours(24), TimeSpan.FromHours(24), TimeSpan.FromHours(24), TimeSpan.FromHours(12),
    ];

    [Fact]
    public async Task Each_row_of_the_table_is_waited_for_and_after_the_last_the_message_is_dead_and_told()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        var key = await world.AddAsync();
        foreach (var (attempt, row) in Waits.Index())
        {
            server.Next(Busy);
            await world.DeliverAsync();

            Assert.Equal(("pending", attempt + 1L, "the server answered 450 4.2.0 mailbox busy"), world.Look(key));
            var wait = world.DueIn(key);
            Assert.InRange(wait, row, row * 1.1);
            await world.DeliverAsync(wait - Tick);
            Assert.Equal(attempt + 1L, world.Look(key).Attempts);
            world.Clock.Advance(Tick);
        }

        server.Next(Busy);
        await world.DeliverAsync();

        Assert.Equal(("dead", 19L, "given up after 19 attempts: the server answered 450 4.2.0 mailbox busy"), world.Look(key));
        Assert.InRange(world.Clock.GetUtcNow() - DeliveryWorld.Start, TimeSpan.FromDays(4), TimeSpan.FromDays(5));
        Assert.StartsWith("notice/dead/anna/mail/", world.Notices()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_set_forward_by_a_year_lets_each_message_try_once_and_wait_for_its_next_row()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server) with { Connections = 1 });
        var keys = await FailedAsync(world, server, count: 20);
        foreach (var _ in keys)
        {
            server.Next(Busy);
        }

        world.Wall.SetBy = Year;

        Assert.Equal(20, await world.DeliverAsync());
        Assert.Equal(0, await world.DeliverAsync(TimeSpan.FromSeconds(25) - Tick));
        Assert.All(keys, key => Assert.Equal(("pending", 2L), (world.Look(key).State, world.Look(key).Attempts)));
    }

    [Fact]
    public async Task A_clock_set_back_by_a_year_keeps_the_waits_and_holds_nothing_that_is_new()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server) with { Connections = 1 });
        var keys = await FailedAsync(world, server, count: 20);
        var fresh = await world.AddAsync("bert");

        world.Wall.SetBy = -Year;
        await world.Database.WriteAsync(db => ClockRollbackRepair.Run(db, world.Wall.GetUtcNow()));

        Assert.Equal(1, await world.DeliverAsync());
        Assert.Equal("sent", world.Look(fresh).State);
        Assert.Equal(0, await world.DeliverAsync(TimeSpan.FromSeconds(5) - Tick));
        Assert.Equal(20, await world.DeliverAsync(TimeSpan.FromSeconds(1)));
        Assert.All(keys, key => Assert.Equal(("sent", 2L), (world.Look(key).State, world.Look(key).Attempts)));
    }

    private static async Task<IReadOnlyList<string>> FailedAsync(DeliveryWorld world, FakeSmtpServer server, int count)
    {
        var keys = new List<string>();
        for (var message = 0; message < count; message++)
        {
            keys.Add(await world.AddAsync());
            server.Next(Busy);
        }

        await world.DeliverAsync();
        return keys;
    }
}
