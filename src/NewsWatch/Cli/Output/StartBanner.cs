using System.Globalization;
using NewsWatch.Configuration;

namespace NewsWatch.Cli.Output;

/// <summary>The first lines on a terminal: the number of sources and rules, subscribers by channel, the folder of the mails.</summary>
internal static class StartBanner
{
    private const int MaxNamed = 3;

    /// <summary>The banner.</summary>
    /// <param name="configuration">What is in force.</param>
    /// <param name="file">Its file.</param>
    /// <param name="operatorUrl">The operator's port.</param>
    public static string Of(WatchConfiguration configuration, string file, string operatorUrl) =>
        $"""
        NewsWatch: {Count(configuration.Sources.Count, "source")}, {Count(configuration.Rules.Count, "rule")} -> {Subscribers(configuration)}
        {Folders(configuration)}Health and metrics: {operatorUrl.TrimEnd('/')}/health/ready, /metrics
        Edit {file} while this runs: a good edit is live within 3 seconds. Ctrl+C stops.

        """;

    private static string Subscribers(WatchConfiguration configuration)
    {
        var ways = configuration.Subscribers.Values.GroupBy(subscriber => subscriber.Channel).OrderByDescending(way => way.Count()).ThenBy(way => way.Key, StringComparer.Ordinal)
            .Select(way => string.Create(CultureInfo.InvariantCulture, $"{Count(way.Count(), "subscriber")} by {way.Key}"))
            .ToList();
        return ways.Count == 0 ? "no subscribers yet" : string.Join(", ", ways.Take(MaxNamed)) + (ways.Count > MaxNamed ? ", ..." : "");
    }

    private static string Folders(WatchConfiguration configuration) => string.Concat(configuration.Channels.Values.OfType<Channel.Pickup>()
        .Where(channel => configuration.Subscribers.Values.Any(subscriber => subscriber.Channel == channel.Id))
        .Select(channel => $"Mails are written to {Path.GetFullPath(channel.Folder)} (channel {channel.Id})\n"));

    private static string Count(int count, string one) => string.Create(CultureInfo.InvariantCulture, $"{count} {one}{(count == 1 ? "" : "s")}");
}
