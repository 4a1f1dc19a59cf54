using NewsWatch.Configuration;
using NewsWatch.Storage.Sources;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Polling;

/// <summary>Polls that the process does not survive: started, never ended.</summary>
public sealed class DeadlyPollTests : IAsyncLifetime
{
    private PollWorld _world = null!;

    public async Task InitializeAsync() => _world = await PollWorld.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task A_source_whose_polls_end_the_process_three_times_is_set_aside_and_told()
    {
        _world.Configure(_world.Source());
        _world.Server.Answer("/feed", Reply.Text(Rss.Of(2)));
        await DieAsync(3, _world.Source());

        await _world.PollAsync();

        Assert.Empty(_world.Server.Requests);
        Assert.Equal((SourceState.Failing, "reading it stopped NewsWatch 3 times"), (_world.Row().State, _world.Row().StateReason));
        Assert.Equal(["Source bbc is failing"], _world.Notices());
        Assert.True(_world.Row().NextDue > _world.Now);

        await _world.PollWhenDueAsync();
        Assert.Equal((SourceState.Ok, 0), (_world.Row().State, _world.Row().Starts));
    }

    [Fact]
    public async Task One_more_death_sets_it_aside_again()
    {
        _world.Configure(_world.Source());
        await DieAsync(3, _world.Source());
        await _world.PollAsync();
        await DieAsync(1, _world.Source());

        await _world.PollWhenDueAsync();

        Assert.Empty(_world.Server.Requests);
        Assert.Equal(2, _world.Row().Failures);
    }

    [Fact]
    public async Task A_poll_that_ends_or_is_given_back_is_no_start()
    {
        _world.Configure(_world.Source());
        _world.Server.Answer("/feed", Reply.Text(Rss.Of(2)));
        await DieAsync(1, _world.Source());
        await _world.PollAsync();
        Assert.Equal(0, _world.Row().Starts);

        var hold = new TaskCompletionSource();
        _world.Server.Answer("/feed", new Reply { After = hold.Task });
        _world.Clock.Advance(TimeSpan.FromHours(1));
        await _world.Poller.StartDueAsync(CancellationToken.None);
        Assert.Equal(1, _world.Row().Starts);
        await _world.Poller.StopAsync(new CancellationToken(canceled: true));

        Assert.Equal(0, _world.Row().Starts);
        hold.SetResult();
    }

    [Fact]
    public async Task Of_those_at_work_at_two_deaths_one_at_a_time_is_polled_and_others_beside_it()
    {
        var (a, b, c) = (_world.Source("a", "/a", "a.example.com"), _world.Source("b", "/b", "b.example.com"), _world.Source("c", "/c", "c.example.com"));
        _world.Configure(a, b, c);
        var hold = new TaskCompletionSource();
        foreach (var path in new[] { "/a", "/b", "/c" })
        {
            _world.Server.Answer(path, new Reply { Body = System.Text.Encoding.UTF8.GetBytes(Rss.Of(1)), After = hold.Task });
        }

        await DieAsync(2, a, b);
        var first = await _world.Poller.StartDueAsync(CancellationToken.None);
        var second = await _world.Poller.StartDueAsync(CancellationToken.None);
        Assert.Equal((2, 0), (first.Count, second.Count));

        hold.SetResult();
        await Task.WhenAll(first);
        await Assert.Single(await _world.Poller.StartDueAsync(CancellationToken.None));
        await _world.Poller.StopAsync(CancellationToken.None);
        Assert.Equal([0L, 0L, 0L], _world.Database.Read(db => Stored.Column<long>(db, "due", "starts")));
    }

    /// <summary>Processes that claim these sources and die.</summary>
    private async Task DieAsync(int times, params Source[] sources)
    {
        for (var death = 0; death < times; death++)
        {
            await _world.Database.WriteAsync(db =>
            {
                foreach (var source in sources.Where(source => SourceStore.Find(db, source.Id) is null))
                {
                    SourceStore.Add(db, new(source.Id, source.Url, source.Poll), _world.Now);
                }

                PollQueue.Claim(db, Background.NewProcess(), [.. sources.Select(source => SourceStore.Find(db, source.Id)!)]);
            });
        }

        _world.Restart();
    }
}
