using CsCheck;
using NewsWatch.Core.Alerts;

namespace NewsWatch.Core.Tests.Alerts;

/// <summary>A subscriber's days of alerts, decided one after the other as the service does it, in any mixture of settings.</summary>
public sealed class DecisionPropertyTests
{
    private static readonly Gen<TimeOnly> Time = Gen.Int[0, 47].Select(half => new TimeOnly(half / 2, half % 2 * 30));
    private static readonly Gen<TimeSpan> Minutes = Gen.OneOf(Gen.Const(0), Gen.Int[1, 90]).Select(minutes => TimeSpan.FromMinutes(minutes));

    private static readonly Gen<Handling> Handlings = Gen.Select(
        Gen.Enum<GroupBy>(), Minutes, Minutes, Gen.OneOf(Gen.Const(Array.Empty<TimeOnly>()), Time.Array[1, 2]),
        (group, wait, every, digest) => new Handling(group, wait, every, digest));

    private static readonly Gen<Subscriber> Subscribers = Gen.Select(
        Gen.OneOf(new[] { "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu" }.Select(Gen.Const).ToArray()),
        Gen.Bool, Time, Time, Gen.Enum<Severity>(), Gen.Int[0, 5], Gen.Int[1, 8],
        (zone, sleeps, from, to, through, count, hours) => Some.Anna with
        {
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone),
            QuietHours = sleeps ? new(from, to, through) : null,
            Cap = new(count, TimeSpan.FromHours(hours)),
        });

    private static readonly Gen<(AlertFacts Alert, TimeSpan Gap)> Alerts = Gen.Select(
        Gen.Enum<Severity>(), Gen.Int[1, 3], Gen.Int[1, 2], Gen.Int[0, 40],
        (severity, story, rule, gap) => (Some.Alert with { Severity = severity, Story = story, StoryKey = $"s{story}", Rule = $"r{rule}" }, TimeSpan.FromMinutes(gap)));

    private static readonly Gen<Diary> Diaries =
        Gen.Select(Subscribers, Handlings, Alerts.Array[1, 120], Gen.Int[0, 365 * 24]).Select((subscriber, handling, alerts, hour) =>
            Diary.Keep(subscriber, handling, alerts, new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(hour)));

    [Fact]
    public void Nothing_is_lost_and_nothing_leaves_before_it_was_decided() =>
        Diaries.Sample(diary => diary.Entries.All(entry => entry.Told.At >= entry.Now));

    [Fact]
    public void In_no_window_do_more_messages_leave_than_the_cap_allows() =>
        Diaries.Sample(diary =>
        {
            var cap = diary.Subscriber.Cap;
            var severe = diary.Entries.Select((entry, index) => (entry.Alert.Severity, Bundle: entry.Told.Bundle ?? $"own/{index}"))
                .Where(message => message.Severity >= diary.Subscriber.BreakThrough).Select(message => message.Bundle).ToHashSet();
            var times = diary.Messages(bundle => !IsDigest(bundle) && !severe.Contains(bundle)).Order().ToList();
            return times.All(end => times.Count(time => time > end - cap.Window && time <= end) <= cap.Count);
        });

    [Fact]
    public void Overflow_digests_are_a_window_apart() =>
        Diaries.Sample(diary => Apart(diary.Messages(bundle => bundle.StartsWith("overflow/", StringComparison.Ordinal)), diary.Subscriber.Cap.Window));

    [Fact]
    public void Messages_of_a_group_are_as_far_apart_as_the_route_says() =>
        Diaries.Sample(diary => diary.Entries
            .Where(entry => entry.Told is DeliveryPlan.Grouped)
            .GroupBy(entry => entry.Told.Bundle![..entry.Told.Bundle!.LastIndexOf('/')])
            .All(group => Apart([.. group.Select(entry => entry.Told.At).Distinct()], diary.Handling.FollowUpEvery)));

    [Fact]
    public void Nothing_leaves_in_quiet_hours_that_does_not_break_through() =>
        Diaries.Sample(diary => diary.Subscriber.QuietHours is not { } quiet || diary.Entries.All(entry =>
            entry.Alert.Severity >= quiet.BreakThrough
            || LocalTime.QuietUntil(quiet, diary.Subscriber.TimeZone, entry.Told.At) is null));

    [Fact]
    public void One_message_has_one_time() =>
        Diaries.Sample(diary => diary.Entries.Where(entry => entry.Told.Bundle is not null).GroupBy(entry => entry.Told.Bundle).All(
            bundle => bundle.Select(entry => entry.Told.At).Distinct().Count() == 1));

    private static bool IsDigest(string bundle) =>
        bundle.StartsWith("overflow/", StringComparison.Ordinal) || bundle.StartsWith("quiet/", StringComparison.Ordinal) || bundle.StartsWith("digest/", StringComparison.Ordinal);

    private static bool Apart(IReadOnlyCollection<DateTimeOffset> times, TimeSpan least) =>
        times.Order().Zip(times.Order().Skip(1), (one, next) => next - one >= least).All(apart => apart);

    private sealed record Entry(AlertFacts Alert, DateTimeOffset Now, DeliveryPlan.Planned Told);

    /// <summary>Plays the part of the outbox: a message is open until its time has come.</summary>
    private sealed record Diary(Subscriber Subscriber, Handling Handling, IReadOnlyList<Entry> Entries)
    {
        public static Diary Keep(Subscriber subscriber, Handling handling, (AlertFacts Alert, TimeSpan Gap)[] alerts, DateTimeOffset start)
        {
            var to = new Destination(subscriber, subscriber.Channel, handling, Wanted: true);
            var diary = new Diary(subscriber, handling, []);
            var now = start;
            foreach (var (alert, gap) in alerts)
            {
                now += gap;
                diary = diary.Add(alert, to, now);
            }

            return diary;
        }

        public IReadOnlyCollection<DateTimeOffset> Messages(Func<string, bool> which) =>
        [
            .. Entries.Select((entry, index) => (Bundle: entry.Told.Bundle ?? $"own/{index}", entry.Told.At))
                .Where(message => which(message.Bundle)).DistinctBy(message => message.Bundle).Select(message => message.At),
        ];

        private Diary Add(AlertFacts alert, Destination to, DateTimeOffset now)
        {
            var state = new SubscriberState
            {
                Messages = [.. Messages(bundle => !IsDigest(bundle)).Order()],
                Group = DeliveryPolicy.GroupOf(alert, to) is { } group ? Last(group, now) : null,
                Overflow = Last(DeliveryPolicy.OverflowOf(to), now),
            };
            var told = (DeliveryPlan.Planned)DeliveryPolicy.Decide(alert, to, state, now);
            return this with { Entries = [.. Entries, new(alert, now, told)] };
        }

        private EarlierMessage? Last(string prefix, DateTimeOffset now) => Entries
            .Where(entry => entry.Told.Bundle?.StartsWith(prefix, StringComparison.Ordinal) == true)
            .OrderBy(entry => entry.Told.Bundle, StringComparer.Ordinal)
            .Select(entry => new EarlierMessage(entry.Told.Bundle!, entry.Told.At, entry.Told.At > now))
            .LastOrDefault();
    }
}
