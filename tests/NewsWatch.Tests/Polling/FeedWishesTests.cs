using NewsWatch.Configuration;
using NewsWatch.Storage.Sources;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Polling;

/// <summary>What a feed says about its own pace, from its bytes to the next request.</summary>
public sealed class FeedWishesTests : IAsyncLifetime
{
    private PollWorld _world = null!;

    public async Task InitializeAsync() => _world = await PollWorld.StartAsync();

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    /// <summary>How many minutes after its first poll the source is asked again: not a second before, and then indeed.</summary>
    private async Task<double> WaitAsync(string channel, Source? source = null, params string[] items)
    {
        _world.Configure(source ?? _world.Source());
        _world.Server.Answer("/feed", Reply.Text(Rss.Document(channel, items)));
        await _world.PollAsync();
        var wait = _world.Row().NextDue - _world.Now;

        Assert.Equal(0, await _world.PollAfterAsync(wait - TimeSpan.FromSeconds(1)));
        Assert.Equal(1, await _world.PollAfterAsync(TimeSpan.FromSeconds(1)));
        Assert.Equal((2, SourceState.Ok), (_world.Server.Requests.Count, _world.Row().State));
        return wait.TotalMinutes;
    }

    private static string Sy(string name, string value) => $"<sy:{name} xmlns:sy=\"http://purl.org/rss/1.0/modules/syndication/\">{value}</sy:{name}>";

    private static string Hours(params IEnumerable<int> hours) => $"<skipHours>{string.Concat(hours.Select(hour => $"<hour>{hour}</hour>"))}</skipHours>";

    [Theory]
    [InlineData("30", 30, 31.5)]
    [InlineData("1440", 60, 63)]
    [InlineData("1", 5, 5.25)]
    [InlineData("often", 5, 5.25)]
    [InlineData("-10", 5, 5.25)]
    [InlineData("99999999999999999999", 5, 5.25)]
    public async Task The_ttl_of_a_feed_is_a_wish_within_the_bounds(string ttl, double least, double most) =>
        Assert.InRange(await WaitAsync($"<ttl>{ttl}</ttl>"), least, most);

    [Fact]
    public async Task An_hour_that_the_feed_skips_is_not_asked_in() =>
        Assert.Equal(60, await WaitAsync(Hours(21), _world.Source() with { Poll = TimeSpan.FromMinutes(50) }), 0.001);

    [Fact]
    public async Task A_day_that_the_feed_skips_delays_an_hour_at_most() =>
        Assert.InRange(await WaitAsync("<skipDays><day>Wednesday</day><day>Tuesday</day></skipDays>"), 55, 63);

    [Fact]
    public async Task Skipping_everything_and_nonsense_delays_nothing_beyond_the_bound()
    {
        var everything = Hours(Enumerable.Range(0, 24)) + "<skipDays><day>Noday</day><day>3</day></skipDays>";

        Assert.InRange(await WaitAsync(everything), 5, 63);
    }

    [Theory]
    [InlineData("hourly", "2", 30, 31.5)]
    [InlineData("hourly", null, 60, 63)]
    [InlineData("daily", "1", 60, 63)]
    [InlineData("hourly", "60", 5, 5.25)]
    [InlineData("sometimes", "2", 5, 5.25)]
    [InlineData("hourly", "0", 60, 63)]
    public async Task The_update_period_of_a_feed_is_a_wish_within_the_bounds(string period, string? frequency, double least, double most) =>
        Assert.InRange(await WaitAsync(Sy("updatePeriod", period) + (frequency is null ? "" : Sy("updateFrequency", frequency))), least, most);

    [Fact]
    public async Task A_wish_never_shortens_a_configured_interval() =>
        Assert.InRange(await WaitAsync(Sy("updatePeriod", "hourly"), _world.Source() with { Poll = TimeSpan.FromHours(3) }), 180, 189);

    [Theory]
    [InlineData(40, 20)]
    [InlineData(1, 1)]
    [InlineData(600, 60)]
    public async Task An_auto_source_is_asked_at_half_its_own_gap(int gapMinutes, double minutes)
    {
        var items = Enumerable.Range(0, 10).Select(n => Rss.Item(n, published: _world.Now.AddMinutes(-n * gapMinutes))).ToArray();

        Assert.InRange(await WaitAsync("", _world.Source() with { AutoPoll = true }, items), minutes, minutes * 1.0501);
    }

    [Fact]
    public async Task An_auto_source_that_speeds_up_is_asked_more_often()
    {
        var sparse = Enumerable.Range(0, 6).Select(n => Rss.Item(n, published: _world.Now.AddHours(n - 5))).ToList();
        var slow = await WaitAsync("", _world.Source() with { AutoPoll = true, Poll = TimeSpan.FromMinutes(5) }, [.. sparse]);
        for (var n = 10; n < 30; n++)
        {
            sparse.Insert(0, Rss.Item(n, published: _world.Now));
            _world.Server.Answer("/feed", Reply.Text(Rss.Document("", sparse)));
            await _world.PollWhenDueAsync();
        }

        Assert.InRange(slow, 30, 31.5);
        Assert.True((_world.Row().NextDue - _world.Now).TotalMinutes < slow);
    }
}
