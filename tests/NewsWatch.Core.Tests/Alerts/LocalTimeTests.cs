using CsCheck;
using NewsWatch.Core.Alerts;

namespace NewsWatch.Core.Tests.Alerts;

public sealed class LocalTimeTests
{
    private static readonly string[] Zones =
    [
        "Europe/Berlin", "Europe/London", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu",
        "Pacific/Apia", "Pacific/Chatham", "Asia/Tehran", "America/St_Johns", "Africa/Cairo", "UTC",
    ];

    private static readonly Gen<TimeZoneInfo> Zone = Gen.OneOf(Zones.Select(id => Gen.Const(TimeZoneInfo.FindSystemTimeZoneById(id))).ToArray());
    private static readonly Gen<TimeOnly> Time = Gen.Int[0, 1439].Select(minute => new TimeOnly(minute / 60, minute % 60));

    /// <summary>Any second of fifteen years, with daylight saving in every zone that has it.</summary>
    private static readonly Gen<DateTimeOffset> Instant =
        Gen.Long[0, 15 * 366 * 86_400L].Select(second => new DateTimeOffset(2011, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(second));

    private static readonly Gen<QuietHours> Quiet = Gen.Select(Time, Time, (from, to) => new QuietHours(from, to, Severity.Flash));

    [Fact]
    public void A_time_that_is_skipped_happens_at_the_end_of_the_gap() =>
        Assert.Equal(
            new DateTimeOffset(2025, 3, 30, 1, 0, 0, TimeSpan.Zero),
            LocalTime.On(new(2025, 3, 30), new(2, 30), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).ToUniversalTime());

    [Fact]
    public void A_time_that_comes_twice_happens_the_first_time() =>
        Assert.Equal(
            new DateTimeOffset(2025, 10, 26, 0, 30, 0, TimeSpan.Zero),
            LocalTime.On(new(2025, 10, 26), new(2, 30), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).ToUniversalTime());

    [Fact]
    public void The_next_of_several_times_comes_after_the_last_one_today() =>
        Assert.Equal(
            new DateTimeOffset(2025, 8, 7, 5, 0, 0, TimeSpan.Zero),
            LocalTime.Next([new(7, 0), new(17, 0)], TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), new(2025, 8, 6, 15, 0, 0, TimeSpan.Zero)).ToUniversalTime());

    [Fact]
    public void A_digest_comes_after_now_and_within_two_days_and_a_bit() =>
        Gen.Select(Zone, Time, Instant).Sample((zone, time, now) => LocalTime.Next([time], zone, now) - now is var wait && wait > TimeSpan.Zero && wait < TimeSpan.FromHours(50));

    [Fact]
    public void A_digest_comes_once_on_each_local_day() =>
        Gen.Select(Zone, Time, Instant).Sample((zone, time, now) =>
        {
            var first = LocalTime.Next([time], zone, now);
            var second = LocalTime.Next([time], zone, first);
            var days = TimeZoneInfo.ConvertTime(second, zone).Date - TimeZoneInfo.ConvertTime(first, zone).Date;
            // A whole day was skipped in Apia in December 2011; its digest comes at the end of that gap, with the next day's.
            return days == TimeSpan.FromDays(1) || zone.Id == "Pacific/Apia";
        });

    [Fact]
    public void Asking_a_moment_earlier_gives_the_same_digest() =>
        Gen.Select(Zone, Time, Instant).Sample((zone, time, now) =>
        {
            var next = LocalTime.Next([time], zone, now);
            return LocalTime.Next([time], zone, next.AddMilliseconds(-1)) == next;
        });

    [Fact]
    public void Quiet_hours_end_after_now_and_are_over_then() =>
        Gen.Select(Zone, Quiet, Instant).Sample((zone, quiet, now) =>
        {
            if (LocalTime.QuietUntil(quiet, zone, now) is not { } end)
            {
                return true;
            }

            return end > now && end - now <= TimeSpan.FromHours(50) && LocalTime.QuietUntil(quiet, zone, end) is null;
        });

    [Fact]
    public void It_is_quiet_where_the_wall_clock_says_so_except_around_a_change_of_the_clocks() =>
        Gen.Select(Zone, Quiet, Instant).Sample((zone, quiet, now) =>
        {
            var changes = zone.GetUtcOffset(now.AddDays(-2)) != zone.GetUtcOffset(now.AddDays(2));
            var wall = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
            return changes || quiet.From == quiet.To || LocalTime.QuietUntil(quiet, zone, now) is not null == wall.IsBetween(quiet.From, quiet.To);
        });

    [Theory]
    [InlineData(0, true)]
    [InlineData(29, true)]
    [InlineData(31, false)]
    [InlineData(75, false)]
    public void When_the_clocks_go_back_the_night_is_not_quiet_twice(int minutes, bool isQuiet)
    {
        var quiet = new QuietHours(new(22, 0), new(2, 30), Severity.Flash);
        var clocksSayTwo = new DateTimeOffset(2025, 10, 26, 0, 0, 0, TimeSpan.Zero);

        var end = LocalTime.QuietUntil(quiet, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), clocksSayTwo.AddMinutes(minutes));

        Assert.Equal(isQuiet ? clocksSayTwo.AddMinutes(30) : null, end?.ToUniversalTime());
    }
}
