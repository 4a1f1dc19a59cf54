using NewsWatch.Delivery;
using NewsWatch.Storage.Work;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Delivery;

/// <summary>How the service stops.</summary>
public sealed class DeliveryLoopTests
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _answer = new();

    [Fact]
    public async Task What_is_in_flight_when_the_service_stops_ends_and_nothing_new_is_begun()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server) with { Connections = 1 });
        server.Next(new(SmtpStage.Dot, "250 2.0.0 queued", ReachedAsync, AfterAccepting: true));
        var (first, second) = (await world.AddAsync(), await world.AddAsync());
        using var loop = LoopOf(world);
        await loop.StartAsync(CancellationToken.None);
        await _reached.Task;

        var stopping = loop.StopAsync(CancellationToken.None);
        Assert.False(stopping.IsCompleted);
        _answer.SetResult();
        await stopping;

        Assert.Equal(("sent", 1L, null), world.Look(first));
        Assert.Equal(("pending", 0L, null), world.Look(second));
    }

    [Fact]
    public async Task What_does_not_end_within_six_seconds_goes_back_and_leaves_after_the_next_start()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server) with { Connections = 1 });
        server.Next(new(SmtpStage.Rcpt, "250 late", ReachedAsync));
        var key = await world.AddAsync();
        using (var loop = LoopOf(world))
        {
            await loop.StartAsync(CancellationToken.None);
            await _reached.Task;
            var stopping = loop.StopAsync(CancellationToken.None);
            world.Clock.Advance(TimeSpan.FromSeconds(6) - TimeSpan.FromMilliseconds(1));
            Assert.Equal("leased", world.Look(key).State);
            world.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await stopping;
        }

        Assert.Equal(("pending", 0L, "stopped while sending"), world.Look(key));
        await world.DeliverAsync();
        Assert.Equal(("sent", 1L, null), world.Look(key));
        Assert.Single(server.Mails);
    }

    private static DeliveryLoop LoopOf(DeliveryWorld world) => new(world.Get<DeliveryProcessor>(), world.Get<ServiceLoop>(), world.Get<WorkSignals>(), world.Clock);

    private Task ReachedAsync()
    {
        _reached.SetResult();
        return _answer.Task;
    }
}
