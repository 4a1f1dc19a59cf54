using Microsoft.Extensions.Logging.Abstractions;
using NewsWatch.Maintenance;
using NewsWatch.Storage.Sources;
using NewsWatch.Storage.Upkeep;
using NewsWatch.Tests.Processing;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Maintenance;

public sealed class RetentionTests : IAsyncLifetime
{
    private readonly ArticleDesk _desk = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task What_is_over_goes_with_everything_that_belongs_to_it()
    {
        await NewsAsync("sent");
        await LaterAsync(91);

        Assert.True(await RunAsync() > 0);

        Assert.All(["story", "article", "alert", "delivery", "verdict"], table => Assert.Equal(0, _desk.Count(table)));
        Assert.Equal(1, _desk.Count("item"));
        Assert.Equal(0, await RunAsync());
    }

    [Fact]
    public async Task It_happens_once_a_night_however_often_the_schedule_comes_back()
    {
        var log = new RecordingLog<RetentionJob>();
        var job = new RetentionJob(_desk.Database, RetentionTimes.Default, Background.NewLoop(_desk.Clock), _desk.Clock, log);

        await job.DailyAsync(CancellationToken.None);
        _desk.Clock.Advance(TimeSpan.FromMinutes(10));
        await job.DailyAsync(CancellationToken.None);
        Assert.Single(log.Lines);
        _desk.Clock.Advance(TimeSpan.FromDays(1));
        await job.DailyAsync(CancellationToken.None);

        Assert.Equal(2, log.Lines.Count);
    }

    [Fact]
    public async Task What_is_younger_stays()
    {
        await NewsAsync("sent");
        await LaterAsync(89);

        Assert.Equal(0, await RunAsync());
    }

    [Theory]
    [InlineData("pending")]
    [InlineData("held")]
    [InlineData("leased")]
    public async Task What_is_still_to_be_delivered_stays_with_its_story(string state)
    {
        await NewsAsync(state);
        await LaterAsync(400);

        await RunAsync();

        Assert.All(["story", "article", "alert", "delivery"], table => Assert.Equal(1, _desk.Count(table)));
    }

    [Fact]
    public async Task An_item_that_its_source_still_shows_stays_so_that_it_does_not_come_back_as_news()
    {
        await NewsAsync("sent");
        _desk.Clock.Advance(TimeSpan.FromDays(400));

        await RunAsync();

        Assert.Equal((1, 1, 1), (_desk.Count("item"), _desk.Count("story"), _desk.Count("alert")));
    }

    [Fact]
    public async Task Items_that_became_no_article_go_once_their_source_shows_them_no_more()
    {
        await _desk.AddAsync("wire", "An old entry of the first poll", "https://wire.example.com/old");
        await _desk.Database.WriteAsync(db => Stored.Set(db, "item", new { state = "baseline" }));
        await LaterAsync(91);

        await RunAsync();

        Assert.Equal("newest", _desk.Database.Read(db => Stored.Column<string>(db, "item", "key").Single()));
    }

    [Fact]
    public async Task An_item_whose_row_lags_by_less_than_an_hour_is_still_shown()
    {
        await NewsAsync("sent");
        _desk.Clock.Advance(TimeSpan.FromMinutes(50));
        await LaterAsync(0);
        _desk.Clock.Advance(TimeSpan.FromDays(91));

        await RunAsync();

        Assert.Equal((2, 1), (_desk.Count("item"), _desk.Count("story")));
    }

    [Theory]
    [InlineData(59, 0)]
    [InlineData(61, 61)]
    public async Task An_item_that_is_shown_again_is_written_once_an_hour(int minutes, int written)
    {
        await _desk.AddAsync("wire", "Negotiators announce a truce along the northern border", "https://wire.example.com/truce");
        var first = LastSeen();
        _desk.Clock.Advance(TimeSpan.FromMinutes(minutes));

        await _desk.Database.WriteAsync(db => ItemStore.Touch(db, Stored.Column<long>(db, "item", "id"), _desk.Clock.GetUtcNow()));

        Assert.Equal(TimeSpan.FromMinutes(written), TimeSpan.FromMilliseconds(LastSeen() - first));

        long LastSeen() => _desk.Database.Read(db => Stored.Column<long>(db, "item", "last_seen").Single());
    }

    [Fact]
    public async Task Deliveries_may_be_kept_for_a_shorter_time_than_their_alerts()
    {
        await NewsAsync("sent");
        await LaterAsync(40);

        await RunAsync(new(TimeSpan.FromDays(90), TimeSpan.FromDays(30)));

        Assert.Equal((0, 1), (_desk.Count("delivery"), _desk.Count("alert")));
    }

    [Fact]
    public async Task A_long_archive_goes_in_batches()
    {
        for (var number = 0; number < (Retention.Batch * 2) + 5; number++)
        {
            await _desk.AddAsync("wire", $"Rain is expected in the northern valley number {number}", $"https://wire.example.com/rain/{number}");
        }

        await _desk.ProcessAsync();
        await LaterAsync(91);

        var first = await _desk.Database.WriteAsync(db => Retention.DeleteBatch(db, RetentionTimes.Default, _desk.Clock.GetUtcNow()));
        await RunAsync();

        Assert.InRange(first, 1, Retention.Batch); // fewer where they take longer than a write may
        Assert.Equal(0, _desk.Count("story"));
    }

    private async Task NewsAsync(string state)
    {
        await _desk.AddAsync("wire", "Negotiators announce a truce along the northern border", "https://wire.example.com/truce");
        await _desk.ProcessAsync();
        await _desk.Database.WriteAsync(db => Stored.Set(db, "delivery", new { state }));
    }

    /// <summary>Days later the source shows something else.</summary>
    private async Task LaterAsync(int days)
    {
        _desk.Clock.Advance(TimeSpan.FromDays(days));
        await _desk.AddAsync("wire", "Something else", null, key: "newest");
        await _desk.Database.WriteAsync(db => Stored.Set(db, "item", new { state = "old" }, new { key = "newest" }));
    }

    private Task<int> RunAsync(RetentionTimes? keep = null) =>
        new RetentionJob(_desk.Database, keep ?? RetentionTimes.Default, Background.NewLoop(_desk.Clock), _desk.Clock, NullLogger<RetentionJob>.Instance).RunAsync(CancellationToken.None);
}
