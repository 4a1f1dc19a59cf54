using NewsWatch.Storage.Sources;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Polling;

/// <summary>A poll that breaks NewsWatch itself: what is stored of the source cannot be read.</summary>
public sealed class BrokenPollTests : IAsyncLifetime
{
    private PollWorld _world = null!;

    public async Task InitializeAsync()
    {
        _world = await PollWorld.StartAsync();
        _world.Configure(_world.Source(), _world.Source("other", "/feed?other", "other.example.com"));
        _world.Server.Answer("/feed", request => request["If-None-Match"] is null ? Reply.Text(Rss.Of(3), ("ETag", "\"v1\"")) : Reply.Of(304));
        await _world.PollAsync();
    }

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    private Task SpoilAsync(string column) =>
        _world.Database.WriteAsync(db => column == "hints" ? Stored.Set(db, "source", new { hints = "no json" }, new { id = "bbc" }) : Stored.Set(db, "source", new { rhythm = "no json" }, new { id = "bbc" }));

    [Theory]
    [InlineData("hints")]
    [InlineData("rhythm")]
    public async Task The_source_backs_off_and_the_operator_is_told(string column)
    {
        await SpoilAsync(column);

        var row = await _world.PollWhenDueAsync();

        Assert.Equal((SourceState.Failing, 1), (row.State, row.Failures));
        Assert.Equal("reading it broke NewsWatch (JsonException); the log has the details", row.StateReason);
        Assert.InRange(row.NextDue - _world.Now, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(6.25));
        Assert.Equal(["Source bbc is failing"], _world.Notices());
        Assert.Single(_world.Log.Lines, line => line.StartsWith("Error: Poll of source bbc broke", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_broke_the_poll_is_forgotten_so_that_the_next_one_heals_it_and_no_item_comes_twice()
    {
        await SpoilAsync("rhythm");
        await _world.PollWhenDueAsync();

        var row = await _world.PollWhenDueAsync();

        Assert.Equal(SourceState.Ok, row.State);
        Assert.Equal(["baseline"], _world.States().Keys);
    }

    [Fact]
    public async Task Polling_everything_once_ends_although_a_poll_breaks_each_time()
    {
        await Stored.RefuseAsync(_world.Database, "UPDATE OF last_poll", "due", "new.source = 'bbc'");
        _world.Clock.Advance(TimeSpan.FromMinutes(10));

        await _world.Poller.PollAllAsync(CancellationToken.None).WaitAsync(Newsroom.Patience);

        Assert.Equal((_world.Now, 0), (_world.Row("other").LastPoll, _world.Poller.InFlight));
        Assert.Equal(2, _world.Server.Requests.Count(request => request.Target == "/feed"));
    }
}
