using NewsWatch.Storage.Sources;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Polling;

/// <summary>Polling is polite over restarts and reloads.</summary>
public sealed class PollEtiquetteTests : PollTests
{
    [Fact]
    public async Task Validators_survive_a_restart()
    {
        Server.Answer("/feed", Reply.Text(Rss.Of(3), ("ETag", "\"v1\""), ("Last-Modified", "Wed, 06 Aug 2025 20:00:00 GMT")));
        await World.PollAsync();

        World.Restart();
        await World.PollWhenDueAsync();

        Assert.Equal((null, "\"v1\"", "Wed, 06 Aug 2025 20:00:00 GMT"), (Server.Requests[0]["If-None-Match"], Server.Requests[1]["If-None-Match"], Server.Requests[1]["If-Modified-Since"]));
    }

    [Fact]
    public async Task Validators_of_an_unreadable_answer_are_not_kept()
    {
        Server.Answer("/feed", Reply.Text("<html><body>We will be back soon.</body></html>", ("ETag", "\"v1\""), ("Content-Type", "text/html")));

        await World.PollAsync();
        await World.PollWhenDueAsync();

        Assert.All(Server.Requests, request => Assert.Null(request["If-None-Match"]));
    }

    [Fact]
    public async Task Validators_that_an_answer_no_longer_carries_are_forgotten()
    {
        Server.Answer("/feed", Reply.Text(Rss.Of(3), ("ETag", "\"v1\"")));
        await World.PollAsync();
        Server.Answer("/feed", Reply.Text(Rss.Of(4)));
        await World.PollWhenDueAsync();

        await World.PollWhenDueAsync();

        Assert.Null(Server.Requests[2]["If-None-Match"]);
    }

    [Fact]
    public async Task Without_validators_the_body_tells_what_is_unchanged()
    {
        await World.PollAsync();
        var first = World.Row();

        var second = await World.PollWhenDueAsync();

        Assert.Equal((first.BodyHash, SourceState.Ok), (second.BodyHash, second.State));
        Assert.Equal(World.Now, second.LastSuccess);
    }

    [Fact]
    public async Task No_second_request_within_the_interval_over_restarts_and_reloads()
    {
        await World.PollAsync();
        for (var minute = 0; minute < 4; minute++)
        {
            World.Restart();
            World.Configure(World.Source() with { Poll = TimeSpan.FromMinutes(5 + (minute % 2)) });
            Assert.Equal(0, await World.PollAfterAsync(TimeSpan.FromMinutes(1)));
        }

        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task A_shorter_interval_is_taken_over_at_once()
    {
        await World.PollAsync();
        World.Configure(World.Source() with { Poll = TimeSpan.FromMinutes(1) });

        Assert.Equal(0, await World.PollAfterAsync(TimeSpan.FromSeconds(59)));
        Assert.Equal(1, await World.PollAfterAsync(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_304_keeps_the_items_and_renews_what_is_known()
    {
        Server.Answer("/feed", request => request["If-None-Match"] is null ? Reply.Text(Rss.Of(3), ("ETag", "\"v1\"")) : Reply.Of(304, ("ETag", "\"v2\""), ("Cache-Control", "max-age=1800")));
        await World.PollAsync();

        var row = await World.PollWhenDueAsync();

        Assert.Equal(("\"v2\"", 3L), (row.ETag, World.States()["baseline"]));
        Assert.InRange(row.NextDue - World.Now, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(31.5));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task No_request_before_retry_after_whatever_is_reloaded(int status)
    {
        Server.Answer("/feed", Reply.Of(status, ("Retry-After", "7200")));
        await World.PollAsync();
        World.Restart();
        World.Configure(World.Source() with { Poll = TimeSpan.FromMinutes(1) });

        Assert.Equal(0, await World.PollAfterAsync(TimeSpan.FromSeconds(7199)));
        await World.Poller.PollAllAsync(CancellationToken.None);

        Assert.Single(Server.Requests);
        Assert.Equal(World.Now.AddSeconds(1), World.Row().NotBefore);
    }

    [Fact]
    public async Task Sources_of_one_host_are_asked_one_by_one()
    {
        World.Configure([.. Enumerable.Range(0, 200).Select(n => World.Source($"s{n}", $"/feed?{n}"))]);
        var polled = 0;
        for (var second = 0; second < 260 && polled < 200; second++)
        {
            polled += await World.PollAfterAsync(TimeSpan.FromSeconds(1));
            Assert.InRange(Server.Requests.Count, 0, second + 1);
        }

        Assert.Equal((200, 1), (polled, Server.MaxOpen));
    }

    [Fact]
    public async Task New_sources_on_many_hosts_are_spread_out()
    {
        var register = new NewsWatch.Polling.SourceSynchronizer(new());
        var rows = Enumerable.Range(0, 1_000).Select(n => new SourceRow { Id = $"s{n}", Url = "x", LastItem = n < 500 ? World.Now.AddMinutes(-n) : null }).ToList();

        var spread = register.Spread(rows, World.Now).ToDictionary();
        var many = register.Spread([.. Enumerable.Range(0, 100_000).Select(n => new SourceRow { Id = $"s{n}", Url = "x" })], World.Now).Max(time => time.Due);

        Assert.Equal(1_000, spread.Values.Distinct().Count());
        Assert.True(spread["s0"] < spread["s1"] && spread["s1"] < spread["s499"]);
        Assert.InRange(spread.Values.Max() - World.Now, TimeSpan.FromSeconds(19), TimeSpan.FromSeconds(21));
        Assert.True(many - World.Now <= TimeSpan.FromMinutes(5));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task The_unchanged_body_is_not_read_again()
    {
        await World.PollAsync();
        await World.ProcessAsync();

        await World.PollWhenDueAsync();

        Assert.Equal(2, Server.Requests.Count);
        Assert.DoesNotContain(World.Log.Lines, line => line.Contains("new or edited"));
    }
}
