using System.Globalization;
using NewsWatch.Configuration;

namespace NewsWatch.Backtest;

/// <summary>What an operator should know of an edit before it is saved. A warning refuses nothing.</summary>
internal static class BacktestWarnings
{
    /// <summary>A rule or a subscriber that gets this many times as much as before is worth a warning.</summary>
    private const int Growth = 2;

    /// <summary>What comes less often is not.</summary>
    private const int MinAlerts = 10;

    /// <summary>One sentence each, with the setting that it is about.</summary>
    public static IEnumerable<string> Of(BacktestResult result, WatchConfiguration candidate)
    {
        if (result.Window is not { Readings: > 0, From: { } from })
        {
            return ["The archive has no reading of that time, so nothing was tried."];
        }

        var since = string.Create(CultureInfo.InvariantCulture, $"since {from.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
        return result.Rules.Select(rule => OfRule(rule, since)).Concat(result.Subscribers.Select(subscriber => OfSubscriber(subscriber, candidate))).OfType<string>();
    }

    private static string? OfRule(RuleOutcome rule, string since) => rule switch
    {
        { After: { Alerts: >= MinAlerts } after } when after.Alerts >= Growth * (rule.Before?.Alerts ?? 0) =>
            $"Rules.{rule.Rule}  would have alerted {after.Alerts} times {since} ({(rule.Before is { } before ? $"before: {before.Alerts}" : "a new rule")})",
        { After.Matches: 0 } => $"Rules.{rule.Rule}  no article {since} matches",
        _ => null,
    };

    private static string? OfSubscriber(SubscriberOutcome subscriber, WatchConfiguration candidate)
    {
        var (after, before) = (subscriber.After, subscriber.Before);
        return after.Messages >= MinAlerts && after.Messages >= Growth * (before?.Messages ?? 0) && candidate.Subscribers.TryGetValue(subscriber.Subscriber, out var known)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Subscribers.{subscriber.Subscriber}  would get {after.ADay:0.0} mails a day (before: {before?.ADay ?? 0:0.0}), {after.FullestDay} on the fullest day{(known.Cap.IsNone ? "" : $"; the cap is {known.Cap.Count} in {known.Cap.Window.TotalHours:0.##} h")}")
            : null;
    }
}
