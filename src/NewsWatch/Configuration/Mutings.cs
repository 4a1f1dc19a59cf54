using NewsWatch.Core.Alerts;

namespace NewsWatch.Configuration;

/// <summary>What is muted now: what keeps an alert from arising, and what keeps it from somebody.</summary>
internal static class Mutings
{
    /// <summary>Why a rule does not alert on a source's news; null when it does.</summary>
    public static string? OfAlert(WatchConfiguration configuration, WatchRule rule, string source, DateTimeOffset now) =>
        Of($"rule {rule.Id}", rule.Muted, now) ?? Of($"source {source}", configuration.Sources.GetValueOrDefault(source)?.Muted, now);

    /// <summary>Why a destination is not told; null when it is.</summary>
    public static string? OfDestination(WatchConfiguration configuration, Destination to, DateTimeOffset now) =>
        Of($"subscriber {to.Subscriber.Id}", to.Subscriber.Muted, now) ?? Of($"channel {to.Channel}", configuration.Channels.GetValueOrDefault(to.Channel)?.Muted, now);

    /// <summary>Everything that says it is muted, past or not.</summary>
    public static IEnumerable<(string What, Muting Muting)> All(WatchConfiguration configuration) =>
        from entry in configuration.Sources.Values.Select(source => ($"source {source.Id}", source.Muted))
            .Concat(configuration.Rules.Values.Select(rule => ($"rule {rule.Id}", rule.Muted)))
            .Concat(configuration.Subscribers.Values.Select(subscriber => ($"subscriber {subscriber.Id}", subscriber.Muted)))
            .Concat(configuration.Channels.Values.Select(channel => ($"channel {channel.Id}", channel.Muted)))
        where entry.Item2 is not null
        select (entry.Item1, entry.Item2);

    private static string? Of(string what, Muting? muting, DateTimeOffset now) => muting?.IsOn(now) == true ? muting.Sentence(what) : null;
}
