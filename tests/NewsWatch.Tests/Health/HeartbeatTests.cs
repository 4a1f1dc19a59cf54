using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NewsWatch.Fetching;
using NewsWatch.Health;
using NewsWatch.Storage.Work;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Health;

public sealed class HeartbeatTests : IAsyncLifetime
{
    private readonly DeliveryWorld _world = new();
    private readonly List<string> _outcomes = [];
    private readonly MeterListener _listener = new();
    private Progress? _progress;

    private Progress Progress => _progress ??= new(_world.Clock);

    [Fact]
    public async Task It_beats_once_for_each_minute_in_which_a_cycle_ended()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var heartbeat = Beating(receiver);

        Assert.False(await heartbeat.BeatAsync(CancellationToken.None)); // nothing was polled yet
        CycleEnded();
        Assert.True(await heartbeat.BeatAsync(CancellationToken.None));
        Assert.False(await heartbeat.BeatAsync(CancellationToken.None)); // the same cycle
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        CycleEnded();
        Assert.True(await heartbeat.BeatAsync(CancellationToken.None));

        Assert.Equal(2, receiver.Calls.Count);
        Assert.Equal(["withheld", "called", "withheld", "called"], _outcomes);
    }

    [Theory]
    [InlineData("delivery")]
    [InlineData("item")]
    public async Task It_falls_silent_when_something_waits_for_more_than_ten_minutes_and_goes_on_afterwards(string waiting)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var heartbeat = Beating(receiver);
        await _world.Database.WriteAsync(db =>
        {
            if (waiting == "item")
            {
                Stored.Item(db, "wire", "k", DeliveryWorld.Start);
            }
            else
            {
                Stored.Delivery(db, "k", DeliveryWorld.Start);
            }
        });
        _world.Clock.Advance(TimeSpan.FromMinutes(10));
        CycleEnded();
        Assert.True(await heartbeat.BeatAsync(CancellationToken.None));

        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        CycleEnded();
        Assert.False(await heartbeat.BeatAsync(CancellationToken.None));

        await _world.Database.WriteAsync(db => Stored.Delete(db, waiting));
        Assert.True(await heartbeat.BeatAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_slow_address_a_refusal_and_a_private_one_are_failures_that_harm_nothing()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var heartbeat = Beating(receiver);
        CycleEnded();
        var asked = new TaskCompletionSource();
        receiver.Next(async context =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });

        var slow = heartbeat.BeatAsync(CancellationToken.None);
        await asked.Task;
        _world.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.False(await slow);

        receiver.Next(302, "Location", "http://127.0.0.1/");
        Assert.False(await heartbeat.BeatAsync(CancellationToken.None));

        var allowed = _world.Configuration.Current;
        _world.Configuration.Swap(allowed with { Operator = allowed.Operator with { AllowPrivate = [] } });
        using var another = Heart(); // an address is looked at when a connection is made
        Assert.False(await another.BeatAsync(CancellationToken.None));

        Assert.Equal(["failed", "failed", "failed"], _outcomes);
        Assert.Equal(2, receiver.Calls.Count);
    }

    [Fact]
    public async Task It_beats_each_minute_by_itself_until_the_service_stops()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var called = new SemaphoreSlim(0);
        for (var call = 0; call < 3; call++)
        {
            receiver.Next(_ => Task.FromResult(called.Release()));
        }

        using var heartbeat = Beating(receiver);
        await heartbeat.StartAsync(CancellationToken.None);
        for (var (calls, minutes) = (0, 0); calls < 3; minutes++)
        {
            Assert.True(minutes < 1000);
            CycleEnded();
            _world.Clock.Advance(TimeSpan.FromMinutes(1));
            calls += await called.WaitAsync(TimeSpan.FromMilliseconds(100)) ? 1 : 0;
        }

        await heartbeat.StopAsync(CancellationToken.None);
        Assert.True(receiver.Calls.Count >= 3);
    }

    [Fact]
    public async Task Without_an_address_nothing_is_called()
    {
        using var heartbeat = Heart();
        CycleEnded();

        Assert.False(await heartbeat.BeatAsync(CancellationToken.None));
        Assert.Empty(_outcomes);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _listener.Dispose();
        await _world.DisposeAsync();
    }

    private void CycleEnded() => Progress.CycleEnded();

    private Heartbeat Beating(WebhookReceiver receiver)
    {
        var plain = _world.Configuration.Current;
        _world.Configuration.Swap(plain with { Operator = plain.Operator with { HeartbeatUrl = receiver.Url, AllowPorts = [receiver.Url.Port] } });
        return Heart();
    }

    private Heartbeat Heart()
    {
        var meters = _world.Get<IMeterFactory>();
        var heartbeat = new Heartbeat(
            new HealthCheck(_world.Database, Progress, _world.Get<ServiceLoop>(), _world.Clock), _world.Configuration, _world.Get<ServiceLoop>(), _world.Get<GuardedHttp>(), meters, _world.Clock, NullLogger<Heartbeat>.Instance);
        var ours = meters.Create("newswatch");
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "heartbeats_total" && ReferenceEquals(instrument.Meter, ours))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => _outcomes.Add((string)tags[0].Value!));
        _listener.Start();
        return heartbeat;
    }
}
