using NewsWatch.Configuration;
using NewsWatch.Storage;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Polling;

public sealed class SourcePollerTests : IAsyncLifetime
{
    private PollWorld _world = null!;

    private FeedServer Server => _world.Server;

    public async Task InitializeAsync()
    {
        _world = await PollWorld.StartAsync();
        _world.Configure(_world.Source());
        Server.Answer("/feed", Reply.Text(Rss.Of(3)));
    }

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task A_new_item_waits_to_be_processed_after_one_poll()
    {
        await _world.PollAsync();
        Server.Answer("/feed", Reply.Text(Rss.Of(4)));

        await _world.PollWhenDueAsync();

        Assert.Equal((3, 1), (_world.States()["baseline"], _world.States()["new"]));
    }

    [Fact]
    public async Task F02_validators_survive_a_restart()
    {
        Server.Answer("/feed", Reply.Text(Rss.Of(3), ("ETag", "\"v1\""), ("Last-Modified", "Wed, 06 Aug 2025 20:00:00 GMT")));
        await _world.PollAsync();

        _world.Restart();
        await _world.PollWhenDueAsync();

        Assert.Equal((null, "\"v1\"", "Wed, 06 Aug 2025 20:00:00 GMT"), (Server.Requests[0]["If-None-Match"], Server.Requests[1]["If-None-Match"], Server.Requests[1]["If-Modified-Since"]));
    }

    [Fact]
    public async Task F02_validators_of_an_unreadable_answer_are_not_kept()
    {
        Server.Answer("/feed", Reply.Text("<html><body>We will be back soon.</body></html>", ("ETag", "\"v1\""), ("Content-Type", "text/html")));

        await _world.PollAsync();
        await _world.PollWhenDueAsync();

        Assert.All(Server.Requests, request => Assert.Null(request["If-None-Match"]));
    }

    [Fact]
    public async Task F02_validators_that_an_answer_no_longer_carries_are_forgotten()
    {
        Server.Answer("/feed", Reply.Text(Rss.Of(3), ("ETag", "\"v1\"")));
        await _world.PollAsync();
        Server.Answer("/feed", Reply.Text(Rss.Of(4)));
        await _world.PollWhenDueAsync();

        await _world.PollWhenDueAsync();

        Assert.Null(Server.Requests[2]["If-None-Match"]);
    }

    [Fact]
    public async Task F03_without_validators_the_body_tells_what_is_unchanged()
    {
        await _world.PollAsync();
        var first = _world.Row();

        var second = await _world.PollWhenDueAsync();

        Assert.Equal((first.BodyHash, SourceState.Ok), (second.BodyHash, second.State));
        Assert.Equal(_world.Now, second.LastSuccess);
    }

    [Fact]
    public async Task F04_no_second_request_within_the_interval_over_restarts_and_reloads()
    {
        await _world.PollAsync();
        for (var minute = 0; minute < 4; minute++)
        {
            _world.Restart();
            _world.Configure(_world.Source() with { Poll = TimeSpan.FromMinutes(5 + (minute % 2)) });
            Assert.Equal(0, await _world.PollAfterAsync(TimeSpan.FromMinutes(1)));
        }

        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task F04_a_shorter_interval_is_taken_over_at_once()
    {
        await _world.PollAsync();
        _world.Configure(_world.Source() with { Poll = TimeSpan.FromMinutes(1) });

        Assert.Equal(0, await _world.PollAfterAsync(TimeSpan.FromSeconds(59)));
        Assert.Equal(1, await _world.PollAfterAsync(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task F05_a_304_keeps_the_items_and_renews_what_is_known()
    {
        Server.Answer("/feed", request => request["If-None-Match"] is null ? Reply.Text(Rss.Of(3), ("ETag", "\"v1\"")) : Reply.Of(304, ("ETag", "\"v2\""), ("Cache-Control", "max-age=1800")));
        await _world.PollAsync();

        var row = await _world.PollWhenDueAsync();

        Assert.Equal(("\"v2\"", 3L), (row.ETag, _world.States()["baseline"]));
        Assert.InRange(row.NextDue - _world.Now, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(31.5));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task F07_no_request_before_retry_after_whatever_is_reloaded(int status)
    {
        Server.Answer("/feed", Reply.Of(status, ("Retry-After", "7200")));
        await _world.PollAsync();
        _world.Restart();
        _world.Configure(_world.Source() with { Poll = TimeSpan.FromMinutes(1) });

        Assert.Equal(0, await _world.PollAfterAsync(TimeSpan.FromSeconds(7199)));
        await _world.Poller.PollAllAsync(CancellationToken.None);

        Assert.Single(Server.Requests);
        Assert.Equal(_world.Now.AddSeconds(1), _world.Row().NotBefore);
    }

    [Fact]
    public async Task F09_a_permanent_move_is_believed_the_second_time()
    {
        Server.Answer("/feed", Reply.Redirect(301, "/moved"));
        Server.Answer("/moved", request => Reply.Text(Rss.Of(3 + Server.Requests.Count)));

        await _world.PollAsync();
        await _world.PollWhenDueAsync();
        await _world.PollWhenDueAsync();

        Assert.Equal(["/feed", "/moved", "/feed", "/moved", "/moved"], Server.Requests.Select(request => request.Target));
    }

    [Fact]
    public async Task F09_a_temporary_redirect_is_never_believed()
    {
        Server.Answer("/feed", Reply.Redirect(302, "/moved"));
        Server.Answer("/moved", Reply.Text(Rss.Of(3)));

        await _world.PollAsync();
        await _world.PollWhenDueAsync();
        await _world.PollWhenDueAsync();

        Assert.Equal(3, Server.Requests.Count(request => request.Target == "/feed"));
    }

    [Fact]
    public async Task F09_a_move_that_leads_nowhere_is_undone()
    {
        Server.Answer("/feed", Reply.Redirect(308, "/moved"));
        Server.Answer("/moved", Reply.Text(Rss.Of(3)));
        await _world.PollAsync();
        await _world.PollWhenDueAsync();
        Server.Answer("/feed", Reply.Text(Rss.Of(4)));
        Server.Answer("/moved", Reply.Of(410));

        await _world.PollWhenDueAsync();
        var row = await _world.PollWhenDueAsync();

        Assert.Equal((SourceState.Ok, "/feed"), (row.State, Server.Requests[^1].Target));
    }

    [Fact]
    public async Task F10_a_410_stops_the_source_and_tells_the_operator_once()
    {
        Server.Answer("/feed", Reply.Of(410));
        await _world.PollAsync();

        Assert.Equal(0, await _world.PollAfterAsync(TimeSpan.FromDays(30)));

        Assert.Equal(SourceState.Gone, _world.Row().State);
        Assert.Equal(["Source bbc is gone"], _world.Notices());
    }

    [Fact]
    public async Task F10_another_address_brings_a_gone_source_back()
    {
        Server.Answer("/feed", Reply.Of(410));
        await _world.PollAsync();
        Server.Answer("/new", Reply.Text(Rss.Of(3)));

        _world.Configure(_world.Source(path: "/new"));
        await _world.PollAsync();

        Assert.Equal(SourceState.Ok, _world.Row().State);
    }

    [Fact]
    public async Task F10_nothing_but_410_ever_stops_a_source()
    {
        Server.Answer("/feed", Reply.Of(404));
        await _world.PollAsync();
        for (var poll = 0; poll < 20; poll++)
        {
            await _world.PollWhenDueAsync();
        }

        Assert.Equal((SourceState.Failing, 21), (_world.Row().State, _world.Row().Failures));
        Assert.InRange(_world.Row().NextDue - _world.Now, TimeSpan.FromHours(24), TimeSpan.FromHours(30));
        Assert.Equal(["Source bbc is failing"], _world.Notices());
    }

    [Fact]
    public async Task F18_sources_of_one_host_are_asked_one_by_one()
    {
        _world.Configure([.. Enumerable.Range(0, 200).Select(n => _world.Source($"s{n}", $"/feed?{n}"))]);
        var polled = 0;
        for (var second = 0; second < 260 && polled < 200; second++)
        {
            polled += await _world.PollAfterAsync(TimeSpan.FromSeconds(1));
            Assert.InRange(Server.Requests.Count, 0, second + 1);
        }

        Assert.Equal((200, 1), (polled, Server.MostOpen));
    }

    [Fact]
    public async Task F18_new_sources_on_many_hosts_are_spread_out()
    {
        var register = new NewsWatch.Polling.SourceRegister(new());
        var rows = Enumerable.Range(0, 1_000).Select(n => new SourceRow { Id = $"s{n}", Url = "x", LastItem = n < 500 ? _world.Now.AddMinutes(-n) : null }).ToList();

        var spread = register.Spread(rows, _world.Now).ToDictionary();
        var many = register.Spread([.. Enumerable.Range(0, 100_000).Select(n => new SourceRow { Id = $"s{n}", Url = "x" })], _world.Now).Max(time => time.Due);

        Assert.Equal(1_000, spread.Values.Distinct().Count());
        Assert.True(spread["s0"] < spread["s1"] && spread["s1"] < spread["s499"]);
        Assert.InRange(spread.Values.Max() - _world.Now, TimeSpan.FromSeconds(19), TimeSpan.FromSeconds(21));
        Assert.True(many - _world.Now <= TimeSpan.FromMinutes(5));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task F22_a_feed_that_says_it_is_finished_is_gone()
    {
        Server.Answer("/feed", Reply.Text("""{"version":"https://jsonfeed.org/version/1.1","title":"News","expired":true,"items":[{"id":"1","url":"https://news.example.com/1","title":"The last one","content_text":"Good bye."}]}""", ("Content-Type", "application/feed+json")));

        await _world.PollAsync();

        Assert.Equal((SourceState.Gone, "the feed says that it is finished"), (_world.Row().State, _world.Row().StateReason));
    }

    [Fact]
    public async Task F23_a_source_gone_quiet_is_told_of_once_and_again_when_it_is_back()
    {
        _world.Configure(_world.Source() with { ExpectEvery = TimeSpan.FromHours(12) });
        await _world.PollAsync();
        for (var poll = 0; poll < 100; poll++)
        {
            await _world.PollWhenDueAsync();
        }

        Assert.Equal(SourceState.Stale, _world.Row().State);
        Server.Answer("/feed", Reply.Text(Rss.Of(4)));
        await _world.PollWhenDueAsync();

        Assert.Equal(["Source bbc has gone quiet", "Source bbc is well again"], _world.Notices());
    }

    [Fact]
    public async Task F24_the_unchanged_body_is_not_read_again()
    {
        await _world.PollAsync();
        await _world.ProcessAsync();

        await _world.PollWhenDueAsync();

        Assert.Equal(2, Server.Requests.Count);
        Assert.DoesNotContain(_world.Log.Lines, line => line.Contains("new or edited"));
    }

    [Fact]
    public async Task A_first_poll_of_5000_items_alerts_nobody_and_says_in_a_line_each_what_it_took_and_what_it_left()
    {
        Server.Answer("/feed", Reply.Text(Rss.Of(5_000)));

        await _world.PollAsync();

        var stored = _world.States();
        Assert.Equal(["baseline"], stored.Keys);
        Assert.Equal(
            [
                $"Information: Source bbc: first poll, {stored["baseline"]} items: {stored["baseline"]} recorded without an alert, 0 may alert",
                "Warning: Source bbc: 3000 items beyond the newest that are read were left out",
            ],
            _world.Log.Lines);
    }

    [Fact]
    public async Task A_page_instead_of_a_feed_forgets_nothing()
    {
        await _world.PollAsync();
        Server.Answer("/feed", Reply.Text("<html><head><title>Log in</title></head><body><p>Please log in.</p></body></html>", ("Content-Type", "text/html")));
        await _world.PollWhenDueAsync();
        Server.Answer("/feed", Reply.Text(Rss.Of(3)));

        var row = await _world.PollWhenDueAsync();

        Assert.Equal((SourceState.Ok, 3L), (row.State, _world.States()["baseline"]));
        Assert.Equal(["Source bbc is failing", "Source bbc is well again"], _world.Notices());
    }

    [Fact]
    public async Task A_source_that_hangs_delays_no_other()
    {
        var never = new TaskCompletionSource();
        Server.Answer("/hangs", new Reply { After = never.Task });
        _world.Configure(_world.Source("hangs", "/hangs", "slow.example.com"), _world.Source());

        var started = await _world.Poller.StartDueAsync(CancellationToken.None);
        await Task.WhenAny(started);

        Assert.Equal((2, 1), (started.Count, _world.Poller.InFlight));
        Assert.Equal(_world.Now, _world.Row().LastSuccess);
        _world.Clock.Advance(TimeSpan.FromSeconds(31));
        await Task.WhenAll(started);
        Assert.Equal("no complete answer within 30 s", _world.Row("hangs").LastError);
    }

    [Fact]
    public async Task A_stop_gives_back_what_is_in_flight()
    {
        var never = new TaskCompletionSource();
        Server.Answer("/feed", new Reply { After = never.Task });
        await _world.Poller.StartDueAsync(CancellationToken.None);

        await _world.Poller.StopAsync(new CancellationToken(canceled: true));

        Assert.Equal(0, _world.Poller.InFlight);
        Server.Answer("/feed", Reply.Text(Rss.Of(3)));
        _world.Restart();
        Assert.Equal(1, await _world.PollAfterAsync(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task What_a_dead_process_had_claimed_is_due_after_its_lease()
    {
        _world.Configure(_world.Source());
        await _world.PollAsync();
        var due = _world.Row().NextDue;
        await _world.Database.WriteAsync(db => SourceStore.Lease(db, ["bbc"], due.AddMinutes(3)));

        Assert.Equal(0, await _world.PollAfterAsync(due - _world.Now));
        Assert.Equal(1, await _world.PollAfterAsync(TimeSpan.FromMinutes(3)));
    }

    [Fact]
    public async Task A_source_that_leaves_the_configuration_and_returns_is_no_first_sight()
    {
        await _world.PollAsync();
        _world.Configure(_world.Source("other", "/other"));
        await _world.PollAsync();
        Server.Answer("/feed", Reply.Text(Rss.Of(4)));

        _world.Configure(_world.Source());
        await _world.PollAfterAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(1, _world.States()["new"]);
    }

    [Theory]
    [InlineData("http://127.0.0.1:22/feed", "blocked: port 22 is not allowed")]
    [InlineData("http://10.0.0.7/feed", "blocked: non-public address 10.0.0.7")]
    [InlineData("http://user:word@news.example.com/", "credentials in an address are refused")]
    public async Task A_refused_address_is_a_clear_state(string url, string reason)
    {
        _world.Configure(new Source { Id = "inside", Url = url }, _world.Source());

        await _world.PollAsync();

        Assert.Equal((SourceState.Failing, reason), (_world.Row("inside").State, _world.Row("inside").StateReason));
        Assert.Equal(SourceState.Ok, _world.Row().State);
    }

    [Fact]
    public async Task Everything_is_polled_once_when_asked_to()
    {
        _world.Configure(_world.Source("one", "/feed?1", "a.example.com"), _world.Source("two", "/feed?2", "b.example.com"), _world.Source("bad", "/none", "c.example.com"));

        await _world.Poller.PollAllAsync(CancellationToken.None);
        Assert.Equal(3, Server.Requests.Count);
        _world.Clock.Advance(TimeSpan.FromSeconds(2));
        await _world.Poller.PollAllAsync(CancellationToken.None);

        Assert.Equal([("/feed?1", 2), ("/feed?2", 2), ("/none", 2)], Server.Requests.CountBy(request => request.Target).Select(pair => (pair.Key, pair.Value)).Order());
    }
}
