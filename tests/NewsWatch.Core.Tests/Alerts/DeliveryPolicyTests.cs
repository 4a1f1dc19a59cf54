using NewsWatch.Core.Alerts;

namespace NewsWatch.Core.Tests.Alerts;

public sealed class DeliveryPolicyTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly DateTimeOffset Night = new(2025, 8, 6, 21, 0, 0, TimeSpan.Zero);
    private static readonly Subscriber Sleeper = Some.Anna with { TimeZone = Berlin, QuietHours = new(new(22, 0), new(6, 30), Severity.Flash) };
    private static readonly Handling ByStory = Handling.AtOnce with { GroupBy = GroupBy.Story, FollowUpEvery = TimeSpan.FromMinutes(10) };
    private static readonly Handling Digest = Handling.AtOnce with { Digest = [new(7, 0), new(17, 0)] };

    [Fact]
    public void An_alert_is_sent_at_once() => Told<DeliveryPlan.Immediate>(Decide(Some.Anna), Some.Noon, null, "sent at once");

    [Fact]
    public void Quiet_hours_hold_it_until_they_end() => Told<DeliveryPlan.Held>(
        Decide(Sleeper, at: Night),
        new(2025, 8, 7, 4, 30, 0, TimeSpan.Zero),
        "quiet/anna/mail/20250807T043000000Z",
        "quiet hours 22:00-06:30 Europe/Berlin: held until 2025-08-07 06:30 +02:00");

    [Fact]
    public void What_is_severe_enough_breaks_through() =>
        Assert.IsType<DeliveryPlan.Immediate>(Decide(Sleeper, Some.Alert with { Severity = Severity.Flash }, at: Night));

    [Fact]
    public void A_digest_route_waits_for_its_next_time_in_the_subscribers_zone() => Told<DeliveryPlan.Digest>(
        Decide(Some.Anna with { TimeZone = Berlin }, handling: Digest),
        new(2025, 8, 6, 15, 0, 0, TimeSpan.Zero),
        "digest/anna/mail/20250806T150000000Z",
        "goes into the digest of 2025-08-06 17:00 +02:00");

    [Fact]
    public void A_digest_in_quiet_hours_waits_for_their_end() => Told<DeliveryPlan.Held>(
        Decide(Sleeper, handling: Handling.AtOnce with { Digest = [new(5, 0)] }),
        new(2025, 8, 7, 4, 30, 0, TimeSpan.Zero),
        "quiet/anna/mail/20250807T043000000Z",
        "quiet hours 22:00-06:30 Europe/Berlin: held until 2025-08-07 06:30 +02:00");

    [Fact]
    public void The_first_of_a_group_without_a_wait_leaves_at_once_under_the_groups_name() => Told<DeliveryPlan.Grouped>(
        Decide(Some.Anna, handling: ByStory), Some.Noon, "group/anna/mail/story/00aa/20250806T120000000Z", "sent at once as a message of its story");

    [Fact]
    public void A_follow_up_comes_no_sooner_than_the_route_says() => Told<DeliveryPlan.Grouped>(
        Decide(Some.Anna, handling: ByStory, state: new() { Group = new("group/anna/mail/story/00aa/x", Some.Noon.AddMinutes(-4), IsOpen: false) }),
        Some.Noon.AddMinutes(6),
        "group/anna/mail/story/00aa/20250806T120600000Z",
        "waits for others of its story until 2025-08-06 12:06 +00:00");

    [Fact]
    public void What_comes_while_a_group_waits_goes_with_it() => Told<DeliveryPlan.Grouped>(
        Decide(Some.Anna, handling: ByStory, state: new() { Group = new("group/anna/mail/story/00aa/x", Some.Noon.AddMinutes(6), IsOpen: true) }),
        Some.Noon.AddMinutes(6),
        "group/anna/mail/story/00aa/x",
        "goes with the others of its story at 2025-08-06 12:06 +00:00");

    [Fact]
    public void Grouping_by_rule_waits_for_each_message() => Told<DeliveryPlan.Grouped>(
        Decide(Some.Anna, handling: new(GroupBy.Rule, TimeSpan.FromMinutes(5), TimeSpan.Zero, []), state: new() { Group = new("x", Some.Noon.AddDays(-1), IsOpen: false) }),
        Some.Noon.AddMinutes(5),
        "group/anna/mail/rule/ceasefire/20250806T120500000Z",
        "waits for others of its rule until 2025-08-06 12:05 +00:00");

    [Fact]
    public void Over_the_cap_it_goes_into_one_digest_when_there_is_room_again() => Told<DeliveryPlan.Overflow>(
        Decide(Capped(2), state: new() { Messages = [Some.Noon.AddMinutes(-70), Some.Noon.AddMinutes(-40), Some.Noon.AddMinutes(-10)] }),
        Some.Noon.AddMinutes(20),
        "overflow/anna/mail/20250806T122000000Z",
        "over the cap of 2 messages in 1h: goes into the overflow digest of 2025-08-06 12:20 +00:00");

    [Fact]
    public void There_is_one_overflow_digest_in_a_window() => Told<DeliveryPlan.Overflow>(
        Decide(Capped(1), state: new() { Messages = [Some.Noon.AddMinutes(-50)], Overflow = new("x", Some.Noon.AddMinutes(-5), IsOpen: false) }),
        Some.Noon.AddMinutes(55),
        "overflow/anna/mail/20250806T125500000Z",
        "over the cap of 1 messages in 1h: goes into the overflow digest of 2025-08-06 12:55 +00:00");

    [Fact]
    public void An_open_overflow_digest_takes_what_comes() => Told<DeliveryPlan.Overflow>(
        Decide(Capped(1), state: new() { Messages = [Some.Noon], Overflow = new("overflow/anna/mail/x", Some.Noon.AddMinutes(30), IsOpen: true) }),
        Some.Noon.AddMinutes(30),
        "overflow/anna/mail/x",
        "over the cap of 1 messages in 1h: goes into the overflow digest of 2025-08-06 12:30 +00:00");

    [Fact]
    public void Joining_a_waiting_group_costs_nothing() =>
        Assert.IsType<DeliveryPlan.Grouped>(Decide(
            Capped(1), handling: ByStory, state: new() { Messages = [Some.Noon], Group = new("x", Some.Noon.AddMinutes(1), IsOpen: true) }));

    [Theory]
    [InlineData("all", "anna unsubscribed from everything")]
    [InlineData("rule:ceasefire", "anna unsubscribed from rule ceasefire")]
    [InlineData("story:00aa", "anna unsubscribed from story 00aa")]
    public void Who_unsubscribed_is_not_told(string scope, string why) =>
        Assert.Equal(why, Assert.IsType<DeliveryPlan.None>(Decide(Some.Anna, state: new() { Unsubscribed = new HashSet<string> { scope } })).Why);

    [Theory]
    [InlineData("rule:tariffs")]
    [InlineData("story:7")]
    public void Who_unsubscribed_from_something_else_is_told(string scope) =>
        Assert.IsType<DeliveryPlan.Immediate>(Decide(Some.Anna, state: new() { Unsubscribed = new HashSet<string> { scope } }));

    [Fact]
    public void What_the_subscribers_rules_leave_out_is_not_told() => Assert.Equal(
        "a route brings it, but anna's Rules leave ceasefire out",
        DeliveryPolicy.Decide(Some.Alert, new(Some.Anna, "mail", Handling.AtOnce, Wanted: false), SubscriberState.Fresh, Some.Noon).Why);

    // Night begins at 22:00 in Berlin and ends at 06:30; the deadline passes at 03:00 or 12:00.
    [Theory]
    [InlineData(3, 2, 5)] // 01:00 is quiet until it has passed: when the quiet hours begin
    [InlineData(3, 6, 6)] // 21:00 is not quiet
    [InlineData(12, 8, 8)] // 04:00 is held until 06:30, which is soon enough
    [InlineData(3, 0, 0)]
    public void A_reminder_comes_before_quiet_hours_that_outlast_its_deadline(int hour, int lead, int expected) => Assert.Equal(
        TimeSpan.FromHours(expected),
        DeliveryPolicy.LeadOf(Some.Alert, new(Sleeper, "mail", Handling.AtOnce with { Remind = TimeSpan.FromHours(lead) }, Wanted: true), new(2025, 8, 7, hour, 0, 0, TimeSpan.FromHours(2))));

    [Theory]
    [InlineData(24, typeof(DeliveryPlan.Held))]
    [InlineData(3, typeof(DeliveryPlan.Immediate))]
    public void A_reminder_that_would_come_too_late_is_sent_at_once(int hours, Type plan) =>
        Assert.IsType(plan, Decide(Sleeper, Some.Alert with { Reason = AlertReason.DeadlineNear, Deadline = TimeSpan.FromHours(hours) }, at: Night));

    [Theory]
    [InlineData(24, typeof(DeliveryPlan.Digest))]
    [InlineData(3, typeof(DeliveryPlan.Immediate))]
    public void A_digest_holds_no_reminder_until_its_deadline_has_passed(int hours, Type plan) =>
        Assert.IsType(plan, Decide(Some.Anna, Some.Alert with { Reason = AlertReason.DeadlineNear, Deadline = TimeSpan.FromHours(hours) }, Digest));

    private static Subscriber Capped(int count) => Some.Anna with { Cap = new(count, TimeSpan.FromHours(1)) };

    private static DeliveryPlan Decide(
        Subscriber subscriber, AlertFacts? alert = null, Handling? handling = null, SubscriberState? state = null, DateTimeOffset? at = null) =>
        DeliveryPolicy.Decide(
            alert ?? Some.Alert, new(subscriber, subscriber.Channel, handling ?? Handling.AtOnce, Wanted: true), state ?? SubscriberState.Fresh, at ?? Some.Noon);

    private static void Told<T>(DeliveryPlan outcome, DateTimeOffset at, string? bundle, string why)
        where T : DeliveryPlan.Planned
    {
        var told = Assert.IsType<T>(outcome);
        Assert.Equal((at, bundle, why), (told.At.ToUniversalTime(), told.Bundle, told.Why));
    }
}
