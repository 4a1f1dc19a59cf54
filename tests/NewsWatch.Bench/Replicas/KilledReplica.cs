using System.Diagnostics;
using System.Globalization;
using NewsWatch.Storage.Shares;
using NewsWatch.Tests.Support;

namespace NewsWatch.Bench.Replicas;

/// <summary>What the death of a replica does to polls: the time between two requests for a source, of the sources that were its own and of the others.</summary>
internal static class KilledReplica
{
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(40);

    /// <summary>Long enough for the take-over and a poll of each source after it.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(45);

    /// <summary>Kills a replica and says what came of it, in one line.</summary>
    /// <param name="name">Of the replica whose process is killed.</param>
    /// <param name="sources">How many there are.</param>
    public static async Task<string> MeasureAsync(ReplicaLoad load, ServiceProcess service, string name, int sources)
    {
        var before = Stopwatch.GetTimestamp();
        await Task.Delay(Steady);
        var own = (await SourcesOfAsync(load, name)).ToHashSet();
        List<int> others = [.. Enumerable.Range(0, sources).Where(source => !own.Contains(source))];
        var (ownBefore, othersBefore) = (load.Feeds.Gaps(own, before), load.Feeds.Gaps(others, before));
        await service.SignalAsync("KILL");
        var killed = Stopwatch.GetTimestamp();
        await Task.Delay(Aftermath);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"one killed: its {own.Count} sources {P99(ownBefore):0.0} -> {P99(load.Feeds.Gaps(own, killed)):0.0} s between two requests (p99), the other {others.Count} {P99(othersBefore):0.0} -> {P99(load.Feeds.Gaps(others, killed)):0.0} s");
    }

    private static async Task<IEnumerable<int>> SourcesOfAsync(ReplicaLoad load, string name) =>
        (await load.AskAsync($"SELECT due.source FROM due JOIN owned ON owned.kind = '{OwnedKey.Shard}' AND owned.key = due.shard::text JOIN replica ON replica.id = owned.replica WHERE replica.name = '{name}'"))!
            .Select(source => int.Parse(source.Split('-')[1], CultureInfo.InvariantCulture));

    private static double P99(IReadOnlyList<double> sorted) => sorted.Count == 0 ? 0 : sorted[(int)(0.99 * (sorted.Count - 1))];
}
