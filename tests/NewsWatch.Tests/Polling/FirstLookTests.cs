using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NewsWatch.Configuration;
using NewsWatch.Polling;
using NewsWatch.Storage.Work;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Polling;

public sealed class FirstLookTests : IAsyncLifetime
{
    private readonly TestDatabase _test = new();
    private readonly FakeTimeProvider _clock = new(DeliveryWorld.Start);
    private readonly RecordingLog<FirstLook> _log = new();

    [Fact]
    public async Task What_was_read_and_told_is_said_in_a_line_once_all_sources_were_polled_and_all_items_decided_on()
    {
        await PolledAsync("wire");
        await ItemAsync("done");
        Assert.False(Look());
        await PolledAsync("paper");
        await ItemAsync("new");
        Assert.False(Look());
        await _test.Database.WriteAsync(db => Stored.Set(db, "item", new { state = "done" }));

        Assert.True(Look());
        Assert.Equal(["Information: First look: 2 items read at 2 sources, 0 alerts."], _log.Lines);
    }

    [Fact]
    public async Task Where_most_sources_cannot_be_read_it_asks_whether_the_machine_is_online()
    {
        await PolledAsync("paper", "unknown host paper.example.com");
        await PolledAsync("wire", "unknown host wire.example.com");

        Assert.True(Look());
        Assert.Equal(["Warning: 2 sources could not be read: is this machine online? The first says: unknown host paper.example.com"], _log.Lines);
    }

    [Fact]
    public async Task In_the_end_a_source_that_was_not_polled_is_waited_for_no_longer()
    {
        await PolledAsync("wire");

        Assert.True(Look(isLast: true));
        Assert.Equal(["Information: First look: 0 items read at 1 source, 0 alerts."], _log.Lines);
    }

    [Fact]
    public async Task Between_the_start_and_its_line_the_first_look_is_on()
    {
        var turn = new FirstLookTurn();
        using var look = new FirstLook(_test.Database, new ConfigurationHolder(SomeWatch.Of([], [], [])), new ServiceLoop(_clock, NullLogger<ServiceLoop>.Instance), turn, _clock, _log);

        await look.StartAsync(CancellationToken.None);
        Assert.True(turn.IsOn);
        while (!look.ExecuteTask!.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.False(turn.IsOn);
        await look.StopAsync(CancellationToken.None);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _test.DisposeAsync();

    private bool Look(bool isLast = false) =>
        new FirstLook(_test.Database, new ConfigurationHolder(SomeWatch.Default), new ServiceLoop(_clock, NullLogger<ServiceLoop>.Instance), new(), _clock, _log).Reported(DeliveryWorld.Start, isLast);

    private Task ItemAsync(string state) => _test.Database.WriteAsync(db => Stored.Item(db, "wire", state, _clock.GetUtcNow(), state));

    private Task PolledAsync(string source, string? error = null) => _test.Database.WriteAsync(db =>
    {
        Stored.Source(db, source, since: DateTimeOffset.UnixEpoch, due: DateTimeOffset.UnixEpoch);
        Stored.Set(db, "source", new { last_error = error }, new { id = source });
        Stored.Set(db, "due", new { last_poll = _clock.GetUtcNow() }, new { source });
    });
}
