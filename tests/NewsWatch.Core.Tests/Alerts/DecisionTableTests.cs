using System.Globalization;
using NewsWatch.Core.Alerts;

namespace NewsWatch.Core.Tests.Alerts;

/// <summary>Digests and quiet hours around the change of the clocks in Berlin, severities against quiet hours, and caps against digests: row by row.</summary>
public sealed class DecisionTableTests
{
    private static readonly Subscriber Berliner = Some.Anna with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") };
    private static readonly Subscriber Sleeper = Berliner with { QuietHours = new(new(22, 0), new(6, 30), Severity.Flash) };

    [Theory]
    [InlineData("2025-03-29T22:00Z", "2025-03-30T01:00Z")] // 02:30 does not exist that night: 03:00 summer time
    [InlineData("2025-03-30T00:59Z", "2025-03-30T01:00Z")]
    [InlineData("2025-03-30T01:00Z", "2025-03-31T00:30Z")]
    [InlineData("2025-10-25T22:00Z", "2025-10-26T00:30Z")] // 02:30 comes twice that night: the first time
    [InlineData("2025-10-26T00:45Z", "2025-10-27T01:30Z")]
    [InlineData("2025-10-26T01:30Z", "2025-10-27T01:30Z")]
    public void A_digest_at_half_past_two_leaves_once_on_each_local_day(string now, string at)
    {
        var told = Assert.IsType<DeliveryPlan.Digest>(Decide(Berliner, now, handling: Handling.AtOnce with { Digest = [new(2, 30)] }));

        Assert.Equal(Time(at), told.At);
    }

    [Theory]
    [InlineData("2025-03-29T21:00Z", "2025-03-30T04:30Z")]
    [InlineData("2025-03-30T03:00Z", "2025-03-30T04:30Z")]
    [InlineData("2025-10-25T20:00Z", "2025-10-26T05:30Z")]
    [InlineData("2025-10-26T04:00Z", "2025-10-26T05:30Z")]
    [InlineData("2025-12-31T23:30Z", "2026-01-01T05:30Z")]
    public void A_quiet_night_ends_when_the_wall_clock_says_so_and_leaves_as_one_message(string now, string at)
    {
        var held = Assert.IsType<DeliveryPlan.Held>(Decide(Sleeper, now));

        Assert.Equal(Time(at), held.At);
        Assert.Equal($"quiet/anna/mail/{Time(at):yyyyMMdd'T'HHmmssfff'Z'}", held.Bundle);
    }

    [Theory]
    [InlineData(Severity.Routine, Severity.Routine, true)]
    [InlineData(Severity.Routine, Severity.Urgent, false)]
    [InlineData(Severity.Routine, Severity.Flash, false)]
    [InlineData(Severity.Urgent, Severity.Routine, true)]
    [InlineData(Severity.Urgent, Severity.Urgent, true)]
    [InlineData(Severity.Urgent, Severity.Flash, false)]
    [InlineData(Severity.Flash, Severity.Routine, true)]
    [InlineData(Severity.Flash, Severity.Urgent, true)]
    [InlineData(Severity.Flash, Severity.Flash, true)]
    public void Quiet_hours_hold_what_is_less_severe_than_what_breaks_through(Severity severity, Severity breakThrough, bool atOnce)
    {
        var sleeper = Sleeper with { QuietHours = Sleeper.QuietHours! with { BreakThrough = breakThrough } };

        Assert.Equal(atOnce, Decide(sleeper, "2025-08-06T21:00Z", severity) is DeliveryPlan.Immediate);
    }

    [Theory]
    [InlineData("2025-08-06T19:59Z", true)] // one minute before 22:00
    [InlineData("2025-08-06T20:00Z", false)]
    [InlineData("2025-08-07T04:29Z", false)]
    [InlineData("2025-08-07T04:30Z", true)]
    public void Quiet_hours_begin_and_end_on_the_minute(string now, bool atOnce) =>
        Assert.Equal(atOnce, Decide(Sleeper, now) is DeliveryPlan.Immediate);

    [Theory]
    [InlineData(19, Severity.Urgent, false)]
    [InlineData(20, Severity.Urgent, true)]
    [InlineData(500, Severity.Urgent, true)]
    [InlineData(500, Severity.Flash, false)]
    public void The_twenty_first_message_of_an_hour_goes_into_the_overflow_digest(int earlier, Severity severity, bool capped)
    {
        var state = new SubscriberState { Messages = [.. Enumerable.Range(1, earlier).Select(number => Time("2025-08-06T12:00Z").AddSeconds(-number))] };

        Assert.Equal(capped, Decide(Berliner, "2025-08-06T12:00Z", severity, state: state) is DeliveryPlan.Overflow);
    }

    [Fact]
    public void An_overflow_digest_that_would_leave_in_the_night_waits_for_the_morning()
    {
        var state = new SubscriberState { Messages = [.. Enumerable.Range(1, 20).Select(number => Time("2025-08-06T19:30Z").AddSeconds(-number))] };

        var held = Assert.IsType<DeliveryPlan.Held>(Decide(Sleeper, "2025-08-06T19:30Z", state: state));

        Assert.Equal(Time("2025-08-07T04:30Z"), held.At);
    }

    private static DeliveryPlan Decide(Subscriber subscriber, string now, Severity severity = Severity.Urgent, Handling? handling = null, SubscriberState? state = null) =>
        DeliveryPolicy.Decide(Some.Alert with { Severity = severity }, new(subscriber, subscriber.Channel, handling ?? Handling.AtOnce, Wanted: true), state ?? SubscriberState.Fresh, Time(now));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
}
