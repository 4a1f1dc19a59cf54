using CsCheck;
using NewsWatch.Configuration;
using NewsWatch.Core.Feeds;
using NewsWatch.Polling;

namespace NewsWatch.Tests.Polling;

public sealed class SourceScheduleTests
{
    private static readonly DateTimeOffset Asked = new(2025, 8, 6, 21, 0, 0, TimeSpan.Zero);
    private static readonly Gen<TimeSpan> Spans = Gen.Int[1, 3 * 24 * 3600].Select(seconds => TimeSpan.FromSeconds(seconds));

    private static readonly Gen<FeedHints> Hints = Gen.Select(
        Gen.Bool, Spans, Gen.Int[0, 23].Array[0, 24], Gen.Enum<DayOfWeek>().Array[0, 7],
        (hasEvery, every, hours, days) => new FeedHints { UpdateEvery = hasEvery ? every : null, SkipHours = hours, SkipDays = days });

    private static readonly Gen<ScheduleInputs> Pasts = Gen.Select(
        Gen.Int[0, 60], Gen.Bool, Gen.Bool, Spans, Gen.Bool, Spans, Hints, Gen.Long[0, 1_754_514_000_000].Array[0, 50],
        (failures, notFound, retries, retry, isFresh, fresh, hints, arrivals) => new ScheduleInputs
        {
            Failures = failures,
            NotFound = notFound,
            RetryAt = failures > 0 && retries ? Asked + retry : null,
            FreshFor = isFresh ? fresh : null,
            Hints = hints,
            Rhythm = new PublishingCadence([]).With(arrivals.Select(DateTimeOffset.FromUnixTimeMilliseconds)),
        });

    private static readonly Gen<Source> Sources = Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 1, 20], Spans, (id, poll) => Source(id, poll));

    private static Source Source(string id, TimeSpan poll) => new() { Id = id, Url = "https://news.example.com/feed", Poll = poll };

    private static TimeSpan Wait(ScheduleInputs past, int minutes = 5) => SourceSchedule.NextDue(Source("bbc", TimeSpan.FromMinutes(minutes)), past, Asked) - Asked;

    [Fact]
    public void Never_sooner_than_the_configured_interval() =>
        Gen.Select(Sources, Pasts).Sample((source, past) => SourceSchedule.NextDue(source, past, Asked) >= Asked + source.Poll);

    [Fact]
    public void The_same_question_has_the_same_answer() =>
        Gen.Select(Sources, Pasts).Sample((source, past) => SourceSchedule.NextDue(source, past, Asked) == SourceSchedule.NextDue(source, past, Asked));

    [Fact]
    public void Five_minutes_are_five_minutes_and_a_little_jitter() => Assert.InRange(Wait(new()), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5.25));

    [Fact]
    public void Jitter_spreads_sources_with_the_same_interval()
    {
        var waits = Enumerable.Range(0, 100).Select(n => SourceSchedule.NextDue(Source($"source-{n}", TimeSpan.FromMinutes(5)), new(), Asked)).ToHashSet();

        Assert.True(waits.Count > 95);
    }

    [Fact]
    public void Freshness_lengthens_the_interval_up_to_an_hour()
    {
        Assert.InRange(Wait(new() { FreshFor = TimeSpan.FromMinutes(20) }), TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(21));
        Assert.InRange(Wait(new() { FreshFor = TimeSpan.FromDays(30) }), TimeSpan.FromHours(1), TimeSpan.FromHours(1.05));
        Assert.InRange(Wait(new() { FreshFor = TimeSpan.FromSeconds(1) }), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5.25));
    }

    [Fact]
    public void Whatever_server_and_feed_say_a_good_source_is_asked_within_the_bound() =>
        Gen.Select(Sources, Pasts).Sample((source, past) =>
        {
            var longest = source.Poll > SourceSchedule.MaxPolite ? source.Poll : SourceSchedule.MaxPolite;
            return SourceSchedule.NextDue(source, past with { Failures = 0, RetryAt = null }, Asked) <= Asked + (longest * 1.0501);
        });

    [Fact]
    public void Nothing_is_asked_before_retry_after() =>
        Gen.Select(Sources, Pasts).Sample((source, past) => past.RetryAt is null || SourceSchedule.NextDue(source, past, Asked) >= past.RetryAt);

    [Fact]
    public void Failures_back_off_twice_as_long_each_time_up_to_an_hour()
    {
        var waits = Enumerable.Range(1, 8).Select(failures => Wait(new() { Failures = failures }).TotalMinutes).ToList();

        Assert.All(waits.Zip([5, 10, 20, 40, 60, 60, 60, 60]), pair => Assert.InRange(pair.First, pair.Second, pair.Second * 1.25));
    }

    [Fact]
    public void Another_failure_is_never_waited_for_less() =>
        Gen.Select(Sources, Pasts, Gen.Int[1, 60]).Sample((source, past, failures) =>
            SourceSchedule.NextDue(source, past with { Failures = failures + 1 }, Asked) >= SourceSchedule.NextDue(source, past with { Failures = failures }, Asked));

    [Fact]
    public void A_back_off_ends_at_its_cap_however_many_failures_there_were() =>
        Gen.Select(Sources, Pasts, Gen.Int[1, int.MaxValue - 1]).Sample((source, past, failures) =>
        {
            var longest = TimeSpan.FromHours(past.NotFound ? 24 : 1);
            var cap = source.Poll > longest ? source.Poll : longest;
            return SourceSchedule.NextDue(source, past with { Failures = failures, RetryAt = null }, Asked) <= Asked + (cap * 1.2501);
        });

    [Fact]
    public void Retry_after_lengthens_by_a_twentieth_at_most_and_shortens_nothing() =>
        Gen.Select(Sources, Pasts).Sample((source, past) =>
        {
            var without = SourceSchedule.NextDue(source, past with { RetryAt = null }, Asked);
            var due = SourceSchedule.NextDue(source, past, Asked);
            return due >= without && (past.RetryAt is not { } retry || due <= without || due - Asked <= (retry - Asked) * 1.0501);
        });

    [Fact]
    public void Auto_stays_between_a_minute_and_an_hour_whatever_the_rhythm() =>
        Gen.Select(Sources, Pasts).Sample((source, past) =>
        {
            var interval = SourceSchedule.Interval(source with { AutoPoll = true }, past.Rhythm);
            return past.Rhythm.MedianGap is null ? interval == source.Poll : interval >= SourceSchedule.MinAuto && interval <= SourceSchedule.MaxPolite;
        });

    [Fact]
    public void A_longer_wish_is_never_asked_sooner() =>
        Gen.Select(Sources, Pasts, Spans).Sample((source, past, more) =>
        {
            past = past with { Failures = 0, RetryAt = null, Hints = past.Hints with { SkipHours = [], SkipDays = [] } };
            return SourceSchedule.NextDue(source, past with { FreshFor = (past.FreshFor ?? TimeSpan.Zero) + more }, Asked) >= SourceSchedule.NextDue(source, past, Asked);
        });

    [Fact]
    public void A_404_backs_off_up_to_a_day() =>
        Assert.InRange(Wait(new() { Failures = 20, NotFound = true }), TimeSpan.FromHours(24), TimeSpan.FromHours(30));

    [Fact]
    public void Ttl_is_a_hint_within_the_bounds()
    {
        Assert.InRange(Wait(new() { Hints = new() { UpdateEvery = TimeSpan.FromMinutes(30) } }), TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(31.5));
        Assert.InRange(Wait(new() { Hints = new() { UpdateEvery = TimeSpan.FromDays(1) } }), TimeSpan.FromHours(1), TimeSpan.FromHours(1.05));
        Assert.InRange(Wait(new() { Hints = new() { UpdateEvery = TimeSpan.FromMinutes(1) } }), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5.25));
    }

    [Fact]
    public void A_skipped_hour_is_waited_for()
    {
        var asked = Asked.AddMinutes(30);
        var due = SourceSchedule.NextDue(Source("bbc", TimeSpan.FromMinutes(40)), new() { Hints = new() { SkipHours = [22] } }, asked);

        // 22:10 is skipped; 23:00 would be the end of it, an hour after 21:30 is the bound.
        Assert.Equal(asked.AddHours(1), due);
    }

    [Fact]
    public void A_source_that_skips_every_hour_and_day_is_asked_all_the_same()
    {
        var hints = new FeedHints { SkipHours = [.. Enumerable.Range(0, 24)], SkipDays = Enum.GetValues<DayOfWeek>() };

        Assert.InRange(Wait(new() { Hints = hints }), TimeSpan.FromMinutes(5), TimeSpan.FromHours(1.05));
    }

    [Fact]
    public void A_skipped_day_delays_within_the_bound() =>
        Assert.InRange(Wait(new() { Hints = new() { SkipDays = [Asked.DayOfWeek] } }), TimeSpan.FromMinutes(55), TimeSpan.FromHours(1.05));

    [Theory]
    [InlineData(20, 10)]
    [InlineData(1, 1)]
    [InlineData(600, 60)]
    public void Auto_follows_half_of_the_sources_own_rhythm(int gapMinutes, int minutes)
    {
        var source = Source("bbc", TimeSpan.FromMinutes(5)) with { AutoPoll = true };
        var rhythm = new PublishingCadence([]).With(Enumerable.Range(0, 10).Select(n => Asked.AddMinutes(-n * gapMinutes)));

        Assert.InRange(SourceSchedule.NextDue(source, new() { Rhythm = rhythm }, Asked) - Asked, TimeSpan.FromMinutes(minutes), TimeSpan.FromMinutes(minutes * 1.0501));
    }

    [Fact]
    public void Auto_without_a_known_rhythm_is_the_configured_interval() =>
        Assert.Equal(TimeSpan.FromMinutes(5), SourceSchedule.Interval(Source("bbc", TimeSpan.FromMinutes(5)) with { AutoPoll = true }, new PublishingCadence([1, 2])));

    [Fact]
    public void A_pushed_source_is_asked_more_rarely() =>
        Assert.InRange(Wait(new() { Pushed = true }), TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(31.5));
}
