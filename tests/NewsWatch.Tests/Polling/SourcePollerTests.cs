using NewsWatch.Configuration;
using NewsWatch.Storage.Sources;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Polling;

/// <summary>What a poll does with what it gets.</summary>
public sealed class SourcePollerTests : PollTests
{
    [Fact]
    public async Task A_new_item_waits_to_be_processed_after_one_poll()
    {
        await World.PollAsync();
        Server.Answer("/feed", Reply.Text(Rss.Of(4)));

        await World.PollWhenDueAsync();

        Assert.Equal((3, 1), (World.States()["baseline"], World.States()["new"]));
    }

    [Fact]
    public async Task A_source_gone_quiet_is_told_of_once_and_again_when_it_is_back()
    {
        World.Configure(World.Source() with { ExpectEvery = TimeSpan.FromHours(12) });
        await World.PollAsync();
        for (var poll = 0; poll < 100; poll++)
        {
            await World.PollWhenDueAsync();
        }

        Assert.Equal(SourceState.Stale, World.Row().State);
        Server.Answer("/feed", Reply.Text(Rss.Of(4)));
        await World.PollWhenDueAsync();

        Assert.Equal(["Source bbc has gone quiet", "Source bbc is well again"], World.Notices());
    }

    [Fact]
    public async Task A_first_poll_of_5000_items_alerts_nobody_and_says_in_a_line_each_what_it_took_and_what_it_left()
    {
        Server.Answer("/feed", Reply.Text(Rss.Of(5_000)));

        await World.PollAsync();

        var stored = World.States();
        Assert.Equal(["baseline"], stored.Keys);
        Assert.Equal(
            [
                $"Information: Source bbc: first poll, {stored["baseline"]} items: {stored["baseline"]} recorded without an alert, 0 may alert",
                "Warning: Source bbc: 3000 items beyond the newest that are read were left out",
            ],
            World.Log.Lines);
    }

    [Fact]
    public async Task A_poll_that_fails_in_the_first_look_has_no_line_of_its_own_and_a_later_one_has()
    {
        Server.Answer("/feed", Reply.Of(503));
        World.FirstLook.Begin();
        await World.PollAsync();
        World.FirstLook.End();
        await World.PollWhenDueAsync();

        Assert.Equal(["Debug: Source bbc: poll failed (1 in a row)", "Information: Source bbc: poll failed (2 in a row)"], World.Log.Lines.Select(line => line[..(line.IndexOf(')', StringComparison.Ordinal) + 1)]));
    }

    [Fact]
    public async Task A_page_instead_of_a_feed_forgets_nothing()
    {
        await World.PollAsync();
        Server.Answer("/feed", Reply.Text("<html><head><title>Log in</title></head><body><p>Please log in.</p></body></html>", ("Content-Type", "text/html")));
        await World.PollWhenDueAsync();
        Server.Answer("/feed", Reply.Text(Rss.Of(3)));

        var row = await World.PollWhenDueAsync();

        Assert.Equal((SourceState.Ok, 3L), (row.State, World.States()["baseline"]));
        Assert.Equal(["Source bbc is failing", "Source bbc is well again"], World.Notices());
    }

    [Fact]
    public async Task A_source_that_hangs_delays_no_other()
    {
        var asked = new TaskCompletionSource();
        Server.Answer("/hangs", _ =>
        {
            asked.TrySetResult();
            return new Reply { After = new TaskCompletionSource().Task };
        });
        World.Configure(World.Source("hangs", "/hangs", "slow.example.com"), World.Source());

        var started = await World.Poller.StartDueAsync(CancellationToken.None);
        await Task.WhenAny(started);
        await asked.Task;

        Assert.Equal((2, 1), (started.Count, World.Poller.InFlight));
        Assert.Equal(World.Now, World.Row().LastSuccess);
        World.Clock.Advance(TimeSpan.FromSeconds(31));
        await Task.WhenAll(started);
        Assert.Equal("no reply within 10 s", World.Row("hangs").LastError);
    }

    [Fact]
    public async Task A_stop_gives_back_what_is_in_flight()
    {
        var never = new TaskCompletionSource();
        Server.Answer("/feed", new Reply { After = never.Task });
        await World.Poller.StartDueAsync(CancellationToken.None);

        await World.Poller.StopAsync(new CancellationToken(canceled: true));

        Assert.Equal(0, World.Poller.InFlight);
        Server.Answer("/feed", Reply.Text(Rss.Of(3)));
        World.Restart();
        Assert.Equal(1, await World.PollAfterAsync(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_source_that_a_dead_process_had_claimed_is_polled_when_it_is_due()
    {
        World.Configure(World.Source());
        await World.PollAsync();
        await World.Database.WriteAsync(db => PollQueue.Claim(db, Background.NewProcess(), [World.Row()]));

        Assert.Equal(1, await World.PollAfterAsync(World.Row().NextDue - World.Now));
    }

    [Fact]
    public async Task A_poll_of_a_process_that_lost_its_source_writes_nothing_down()
    {
        World.Configure(World.Source());
        await World.PollAsync();
        var late = Assert.Single(await World.Database.WriteAsync(db => PollQueue.Claim(db, Background.NewProcess(), [World.Row()])));
        var held = Assert.Single(await World.Database.WriteAsync(db => PollQueue.Claim(db, Background.NewProcess(), [World.Row()])));

        await World.Database.WriteAsync(db => PollQueue.End(db, [late with { LastPoll = World.Now.AddDays(1) }]));

        Assert.Equal((false, true, World.Now), World.Database.Read(db => (PollQueue.Holds(db, late), PollQueue.Holds(db, held), World.Row().LastPoll)));
    }

    [Fact]
    public async Task A_source_that_leaves_the_configuration_and_returns_is_no_first_sight()
    {
        await World.PollAsync();
        World.Configure(World.Source("other", "/other"));
        await World.PollAsync();
        Server.Answer("/feed", Reply.Text(Rss.Of(4)));

        World.Configure(World.Source());
        await World.PollAfterAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(1, World.States()["new"]);
    }

    [Theory]
    [InlineData("http://127.0.0.1:22/feed", "blocked: port 22 is not allowed")]
    [InlineData("http://10.0.0.7/feed", "blocked: non-public address 10.0.0.7")]
    [InlineData("http://user:word@news.example.com/", "credentials in an address are refused")]
    public async Task A_refused_address_is_a_clear_state(string url, string reason)
    {
        World.Configure(new Source { Id = "inside", Url = url }, World.Source());

        await World.PollAsync();

        Assert.Equal((SourceState.Failing, reason), (World.Row("inside").State, World.Row("inside").StateReason));
        Assert.Equal(SourceState.Ok, World.Row().State);
    }

    [Fact]
    public async Task Everything_is_polled_once_when_asked_to()
    {
        World.Configure(World.Source("one", "/feed?1", "a.example.com"), World.Source("two", "/feed?2", "b.example.com"), World.Source("bad", "/none", "c.example.com"));

        await World.Poller.PollAllAsync(CancellationToken.None);
        Assert.Equal(3, Server.Requests.Count);
        World.Clock.Advance(TimeSpan.FromSeconds(2));
        await World.Poller.PollAllAsync(CancellationToken.None);

        Assert.Equal([("/feed?1", 2), ("/feed?2", 2), ("/none", 2)], Server.Requests.CountBy(request => request.Target).Select(pair => (pair.Key, pair.Value)).Order());
    }
}
