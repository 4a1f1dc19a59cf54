using NewsWatch.Core.Alerts;

namespace NewsWatch.Configuration;

/// <summary>The mutings of a configuration.</summary>
internal static class Mutings
{
    /// <summary>All entries with a muting, also one that has ended.</summary>
    public static IEnumerable<(string What, Muting Muting)> All(WatchConfiguration configuration) =>
        from entry in configuration.Sources.Values.Select(source => ($"source {source.Id}", source.Muted))
            .Concat(configuration.Rules.Values.Select(rule => ($"rule {rule.Id}", rule.Muted)))
            .Concat(configuration.Subscribers.Values.Select(subscriber => ($"subscriber {subscriber.Id}", subscriber.Muted)))
            .Concat(configuration.Channels.Values.Select(channel => ($"channel {channel.Id}", channel.Muted)))
        where entry.Item2 is not null
        select (entry.Item1, entry.Item2);
}
