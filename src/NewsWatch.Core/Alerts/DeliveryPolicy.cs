using System.Globalization;

namespace NewsWatch.Core.Alerts;

/// <summary>
/// When and in which message a subscriber gets an alert: what is silenced, then the route's plan, then the subscriber's quiet hours, then the cap.
/// A pure function: the same alert, state and time give the same outcome, so that it can be replayed and explained.
/// </summary>
public static class DeliveryPolicy
{
    /// <summary>Decides for one subscriber over one channel.</summary>
    public static DeliveryPlan Decide(AlertFacts alert, Destination to, SubscriberState state, DateTimeOffset now)
    {
        if (((DeliveryPlan?)Unwanted(alert, to, state) ?? Silenced(alert, to, state, now)) is { } keptBack)
        {
            return keptBack;
        }

        var planned = Plan(alert, to, state.Group, now);
        var plan = Quiet(alert, to, planned.At) ?? Cap(alert, to, state, planned) ?? planned;
        return IsTooLate(alert, plan, now) ? new DeliveryPlan.Immediate(now) : plan;
    }

    /// <summary>
    /// How long before a deadline has passed a subscriber is reminded of it: as the route says, and sooner, when the quiet hours begin, where these would hold the reminder
    /// until it is too late. Zero for no reminder.
    /// </summary>
    /// <param name="alert">The reminder.</param>
    /// <param name="ends">When the deadline has passed.</param>
    public static TimeSpan LeadOf(AlertFacts alert, Destination to, DateTimeOffset ends) =>
        to.Handling.Remind > TimeSpan.Zero && QuietAt(alert, to, ends - to.Handling.Remind) is { } span && span.Until >= ends ? ends - span.From : to.Handling.Remind;

    /// <summary>Decides for a correction or withdrawal and one subscriber who got the alert: at once and through the cap, but not into quiet hours.</summary>
    /// <param name="held">The message that the alert itself is still held for; null when it left.</param>
    public static DeliveryPlan DecideChange(
        AlertFacts alert, Destination to, SubscriberState state, IReadOnlyDictionary<string, Muting> mutedChannels, HeldMessage? held, DateTimeOffset now) =>
        Muted(to, mutedChannels, now)
        ?? Unwanted(alert, to, state)
        ?? Silenced(alert, to, state, now)
        ?? (held is null ? (DeliveryPlan?)Quiet(alert, to, now) ?? new DeliveryPlan.Immediate(now) : new DeliveryPlan.Follows(held, $"goes with the alert that it corrects at {Tell(held.At)}"));

    /// <summary>The plan for a subscriber or a channel that is muted; null for others.</summary>
    internal static DeliveryPlan? Muted(Destination to, IReadOnlyDictionary<string, Muting> channels, DateTimeOffset now) =>
        (Muting.WhyOf($"subscriber {to.Subscriber.Id}", to.Subscriber.Muted, now) ?? Muting.WhyOf($"channel {to.Channel}", channels.GetValueOrDefault(to.Channel), now)) is { } why
            ? new DeliveryPlan.None(VerdictReason.Muted, why)
            : null;

    /// <summary>The beginning of the names of a group's messages; null where the route does not group. A number follows.</summary>
    public static string? GroupOf(AlertFacts alert, Destination to) => to.Handling.GroupBy switch
    {
        GroupBy.Story => $"{BundleName.Group}{Address(to)}/story/{alert.StoryKey}/",
        GroupBy.Rule => $"{BundleName.Group}{Address(to)}/rule/{alert.Rule}/",
        _ => null,
    };

    /// <summary>The beginning of the names of overflow digests.</summary>
    public static string OverflowOf(Destination to) => $"{BundleName.Overflow}{Address(to)}/";

    private static DeliveryPlan.None? Unwanted(AlertFacts alert, Destination to, SubscriberState state)
    {
        if (!to.Wanted)
        {
            return new(VerdictReason.NotWanted, $"a route brings it, but {to.Subscriber.Id}'s Rules leave {alert.Rule} out");
        }

        var scope = new[] { "all", $"rule:{alert.Rule}", $"story:{alert.StoryKey}" }
            .FirstOrDefault(state.Unsubscribed.Contains);
        return scope switch
        {
            null => null,
            "all" => new(VerdictReason.Unsubscribed, $"{to.Subscriber.Id} unsubscribed from everything"),
            _ => new(VerdictReason.Unsubscribed, $"{to.Subscriber.Id} unsubscribed from {scope.Replace(':', ' ')}"),
        };
    }

    /// <summary>Of several silences the one that ends last. What is sent at its end keeps to the quiet hours.</summary>
    private static DeliveryPlan? Silenced(AlertFacts alert, Destination to, SubscriberState state, DateTimeOffset now)
    {
        if (state.Silences.Where(silence => silence.Covers(alert, to.Subscriber.Id, now)).MaxBy(silence => silence.Until) is not { } silence)
        {
            return null;
        }

        DeliveryPlan plan = silence.IsHeld
            ? (DeliveryPlan?)Quiet(alert, to, silence.Until) ?? new DeliveryPlan.Silenced(silence.Until, $"{BundleName.SilenceOf(silence.Id)}{Address(to)}", silence.Sentence)
            : new DeliveryPlan.None(VerdictReason.Muted, silence.Sentence);
        return plan with { Silence = silence.Id };
    }

    private static DeliveryPlan.Planned Plan(AlertFacts alert, Destination to, EarlierMessage? group, DateTimeOffset now)
    {
        if (to.Handling.Digest.Count > 0)
        {
            var at = LocalTime.Next(to.Handling.Digest, to.Subscriber.TimeZone, now);
            return new DeliveryPlan.Digest(at, $"{BundleName.Digest}{Address(to)}/{Stamp(at)}", $"goes into the digest of {Tell(at)}");
        }

        return GroupOf(alert, to) is { } prefix ? Group(prefix, to.Handling, group, now) : new DeliveryPlan.Immediate(now);
    }

    private static DeliveryPlan.Grouped Group(string prefix, Handling handling, EarlierMessage? last, DateTimeOffset now)
    {
        var by = handling.GroupBy == GroupBy.Story ? "story" : "rule";
        if (last is { IsOpen: true })
        {
            return new(last.At, last.Bundle, joins: true, $"goes with the others of its {by} at {Tell(last.At)}");
        }

        var at = now + handling.Wait;
        if (last?.At + handling.FollowUpEvery is { } earliest && earliest > at)
        {
            at = earliest;
        }

        return new(at, $"{prefix}{Stamp(at)}", joins: false, at <= now ? $"sent at once as a message of its {by}" : $"waits for others of its {by} until {Tell(at)}");
    }

    // A reminder that comes when its deadline has passed reminds of nothing.
    private static bool IsTooLate(AlertFacts alert, DeliveryPlan plan, DateTimeOffset now) =>
        alert.Reason == AlertReason.DeadlineNear && plan is DeliveryPlan.Planned planned && planned.At >= now + alert.Deadline;

    private static (DateTimeOffset From, DateTimeOffset Until)? QuietAt(AlertFacts alert, Destination to, DateTimeOffset at) =>
        to.Subscriber.QuietHours is { } quiet && alert.Severity < to.Subscriber.BreakThrough ? LocalTime.QuietAt(quiet, to.Subscriber.TimeZone, at) : null;

    private static DeliveryPlan.Held? Quiet(AlertFacts alert, Destination to, DateTimeOffset at)
    {
        if (QuietAt(alert, to, at) is not (_, var end) || to.Subscriber.QuietHours is not { } quiet)
        {
            return null;
        }

        var span = string.Create(CultureInfo.InvariantCulture, $"{quiet.From:HH\\:mm}-{quiet.To:HH\\:mm} {to.Subscriber.TimeZone.Id}");
        return new(end, $"{BundleName.QuietHours}{Address(to)}/{Stamp(end)}", $"quiet hours {span}: held until {Tell(end)}");
    }

    /// <summary>
    /// Joining a message costs nothing; a new one must leave at most Cap.Count messages in any window, unless it is severe enough to break through.
    /// There is one overflow digest in a window at most.
    /// </summary>
    private static DeliveryPlan? Cap(AlertFacts alert, Destination to, SubscriberState state, DeliveryPlan.Planned planned)
    {
        var cap = to.Subscriber.Cap;
        if (planned is DeliveryPlan.Digest or DeliveryPlan.Grouped { Joins: true } || alert.Severity >= to.Subscriber.BreakThrough)
        {
            return null;
        }

        var inWindow = state.Messages.Where(message => message > planned.At - cap.Window).Order().ToList();
        if (inWindow.Count < cap.Count)
        {
            return null;
        }

        var over = $"over the cap of {cap.Count} messages in {Span(cap.Window)}: goes into the overflow digest of";
        var digest = state.Overflow is { IsOpen: true } open
            ? new DeliveryPlan.Overflow(open.At, open.Bundle, isFirst: false, $"{over} {Tell(open.At)}")
            : NewOverflow(OverflowAt(cap, state.Overflow, inWindow, planned.At));
        return (DeliveryPlan?)Quiet(alert, to, digest.At) ?? digest;

        DeliveryPlan.Overflow NewOverflow(DateTimeOffset at) => new(at, $"{OverflowOf(to)}{Stamp(at)}", isFirst: true, $"{over} {Tell(at)}");
    }

    private static DateTimeOffset OverflowAt(Cap cap, EarlierMessage? last, List<DateTimeOffset> inWindow, DateTimeOffset planned)
    {
        var room = cap.Count > 0 ? inWindow[^cap.Count] + cap.Window : planned + cap.Window;
        return last?.At + cap.Window is { } next && next > room ? next : room;
    }

    private static string Address(Destination to) => $"{to.Subscriber.Id}/{to.Channel}";

    private static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);

    private static string Tell(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    private static string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 1 } when span.Ticks % TimeSpan.TicksPerDay == 0 => $"{span.Days}d",
        { TotalHours: >= 1 } when span.Ticks % TimeSpan.TicksPerHour == 0 => $"{(int)span.TotalHours}h",
        { TotalMinutes: >= 1 } when span.Ticks % TimeSpan.TicksPerMinute == 0 => $"{(int)span.TotalMinutes}m",
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds}s"),
    };
}
