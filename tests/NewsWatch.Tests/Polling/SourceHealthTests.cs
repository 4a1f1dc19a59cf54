using NewsWatch.Configuration;
using NewsWatch.Polling;
using NewsWatch.Polling.Sources;
using NewsWatch.Storage.Sources;

namespace NewsWatch.Tests.Polling;

public sealed class SourceHealthTests
{
    private static readonly DateTimeOffset Now = new(2025, 8, 6, 21, 0, 0, TimeSpan.Zero);
    private static readonly Source Wanted = new() { Id = "bbc", Url = "https://news.example.com/feed" };
    private static readonly SourceRow Row = new() { Id = "bbc", Url = "https://news.example.com/feed", StateSince = Now.AddDays(-1), LastItem = Now.AddMinutes(-10) };
    private static readonly PublishingCadence Hourly = new PublishingCadence([]).With(Enumerable.Range(0, 30).Select(n => Now.AddHours(-n)));

    [Fact]
    public void Three_transient_failures_make_a_source_failing_since_the_third()
    {
        var failed = new PollResult.Failed("the server answered 503 Service Unavailable", Transient: true);
        var twice = SourceHealth.AfterFailure(SourceHealth.AfterFailure(Row, failed, Now), failed, Now);

        var thrice = SourceHealth.AfterFailure(twice, failed, Now.AddMinutes(5));

        Assert.Equal((SourceState.Ok, 2, failed.Reason), (twice.State, twice.Failures, twice.LastError));
        Assert.Equal((SourceState.Failing, Now.AddMinutes(5), failed.Reason), (thrice.State, thrice.StateSince, thrice.StateReason));
    }

    [Fact]
    public void A_failure_that_will_not_pass_by_itself_makes_a_source_failing_at_once() =>
        Assert.Equal(SourceState.Failing, SourceHealth.AfterFailure(Row, new("the answer is an HTML page, not a feed", Transient: false), Now).State);

    [Fact]
    public void The_state_keeps_its_beginning_while_it_lasts()
    {
        var failing = SourceHealth.AfterFailure(Row, new("no feed", Transient: false), Now);

        Assert.Equal(Now, SourceHealth.AfterFailure(failing, new("still none", Transient: false), Now.AddHours(1)).StateSince);
    }

    [Fact]
    public void A_good_poll_heals()
    {
        var healed = SourceHealth.AfterSuccess(Row with { State = SourceState.Failing, Failures = 7, LastError = "x" }, Wanted, Hourly, Now);

        Assert.Equal((SourceState.Ok, 0, null, Now), (healed.State, healed.Failures, healed.LastError, healed.StateSince));
    }

    [Theory]
    [InlineData(170, SourceState.Ok)]
    [InlineData(190, SourceState.Stale)]
    public void Silence_beyond_three_usual_gaps_is_stale(int silentMinutes, SourceState state) =>
        Assert.Equal(state, SourceHealth.AfterSuccess(Row with { LastItem = Now.AddMinutes(-silentMinutes) }, Wanted, Hourly, Now).State);

    [Theory]
    [InlineData(25, SourceState.Ok)]
    [InlineData(35, SourceState.Stale)]
    public void Expect_every_goes_before_the_rhythm(int silentMinutes, SourceState state) =>
        Assert.Equal(state, SourceHealth.AfterSuccess(Row with { LastItem = Now.AddMinutes(-silentMinutes) }, Wanted with { ExpectEvery = TimeSpan.FromMinutes(30) }, Hourly, Now).State);

    [Fact]
    public void A_quiet_night_is_usual()
    {
        // Every 20 minutes by day, nothing for eight hours at night.
        var days = from day in Enumerable.Range(0, 3) from n in Enumerable.Range(0, 12) select Now.AddDays(-day).AddMinutes(-n * 20);
        var nights = new PublishingCadence([]).With(days);

        Assert.Null(SourceHealth.SilenceAllowed(Wanted, new PublishingCadence([1, 2, 3])));
        Assert.InRange(SourceHealth.SilenceAllowed(Wanted, nights)!.Value, TimeSpan.FromHours(1), TimeSpan.FromDays(3));
    }
}
