using Microsoft.Extensions.Time.Testing;
using NewsWatch.Fetching;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Fetching;

/// <summary>What servers say the time is, against a clock that is set by hand.</summary>
public sealed class ClockWitnessTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 8, 6, 21, 0, 0, TimeSpan.Zero));
    private readonly JumpingClock _clock;
    private readonly ClockWitness _witness;

    public ClockWitnessTests()
    {
        _clock = new JumpingClock(_time);
        _witness = new ClockWitness(_clock);
    }

    [Fact]
    public void The_median_of_three_hosts_says_by_how_much_the_clock_is_wrong()
    {
        Observe("a.example.com", TimeSpan.FromHours(-48));
        Observe("b.example.com", TimeSpan.FromHours(-47));
        Assert.Equal((null, _clock.GetUtcNow()), (_witness.Offset, _witness.Now));

        Observe("liar.example.com", TimeSpan.FromDays(9_000));

        Assert.Equal((TimeSpan.FromHours(-47), _clock.GetUtcNow().AddHours(-47)), (_witness.Offset, _witness.Now));
    }

    [Fact]
    public void One_host_is_one_witness_however_often_it_speaks()
    {
        for (var answer = 0; answer < 10; answer++)
        {
            Observe("a.example.com", TimeSpan.FromDays(2));
        }

        Assert.Null(_witness.Offset);
    }

    [Fact]
    public void A_host_whose_clock_is_set_right_is_believed_at_its_next_reply()
    {
        ObserveThree(TimeSpan.FromDays(2));
        Assert.Equal(TimeSpan.FromDays(2), _witness.Offset);

        ObserveThree(TimeSpan.Zero);

        Assert.Equal(TimeSpan.Zero, _witness.Offset);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public void A_few_minutes_are_no_contradiction(int minutes)
    {
        ObserveThree(TimeSpan.FromMinutes(minutes));

        Assert.Equal(_clock.GetUtcNow(), _witness.Now);
    }

    [Fact]
    public void What_was_said_grows_older_with_the_stopwatch_and_is_forgotten_after_an_hour()
    {
        ObserveThree(TimeSpan.FromDays(2));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.FromDays(2), _witness.Offset);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(_witness.Offset);
    }

    [Fact]
    public void A_clock_that_is_set_is_judged_by_new_answers_alone()
    {
        _clock.SetBy = TimeSpan.FromDays(2);
        ObserveThree(TimeSpan.FromDays(-2));
        Assert.Equal(TimeSpan.FromDays(-2), _witness.Offset);
        _clock.SetBy = TimeSpan.Zero;

        Assert.Equal((null, _clock.GetUtcNow()), (_witness.Offset, _witness.Now));
    }

    [Fact]
    public void While_there_are_too_few_hosts_an_answer_is_judged_by_its_own_time()
    {
        var now = _clock.GetUtcNow();

        Assert.Equal(now.AddDays(-2), _witness.NowFor(now.AddDays(-2)));
        Assert.Equal(now, _witness.NowFor(now.AddMinutes(-50)));
        Assert.Equal(now, _witness.NowFor(null));

        ObserveThree(TimeSpan.FromMinutes(1));

        Assert.Equal(now, _witness.NowFor(now.AddDays(-2)));
    }

    [Theory]
    [InlineData(200, "Wed, 06 Aug 2025 21:00:00 GMT", null, 0)]
    [InlineData(200, "Wed, 06 Aug 2025 20:00:00 GMT", "3600", 0)]
    [InlineData(404, "Mon, 04 Aug 2025 21:00:00 GMT", null, -48)]
    [InlineData(304, "Fri, 08 Aug 2025 21:00:00 GMT", null, 48)]
    [InlineData(500, "Mon, 04 Aug 2025 21:00:00 GMT", null, null)]
    [InlineData(200, "yesterday", null, null)]
    public async Task The_date_of_an_answer_and_its_age_in_a_cache_are_what_its_server_says(int status, string date, string? age, int? hours)
    {
        await using var server = await FeedServer.StartAsync();
        using var world = new FetchWorld(WatchConfigurations.Of([], server.Port));
        server.Answer("/feed", Reply.Of(status, age is null ? [("Date", date)] : [("Date", date), ("Age", age)]));
        foreach (var host in new[] { "a", "b", "c" })
        {
            await world.GetAsync(server.At("/feed", $"{host}.example.com"));
        }

        Assert.Equal(hours is { } offset ? TimeSpan.FromHours(offset) : null, world.Fetcher.Witness.Offset);
    }

    private void ObserveThree(TimeSpan offset)
    {
        Observe("a.example.com", offset);
        Observe("b.example.com", offset);
        Observe("c.example.com", offset);
    }

    private void Observe(string host, TimeSpan offset) => _witness.Observe(host, _clock.GetUtcNow() + offset);
}
