using System.Diagnostics;

namespace NewsWatch.Bench.World;

/// <summary>How sources were polled.</summary>
/// <param name="Gaps">Seconds between two polls of a source, in order of length.</param>
internal sealed record Pace(IReadOnlyList<double> Gaps)
{
    public double Median => At(0.5);

    public double P99 => At(0.99);

    private double At(double part) => Gaps.Count == 0 ? double.PositiveInfinity : Gaps[(int)(Gaps.Count * part)];
}

/// <summary>Sixteen good sources, each with a host of its own and polled every 10 s, beside which something bad is tried.</summary>
internal sealed class Neighbourhood
{
    private const int Count = 16;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(12);

    private Neighbourhood(IReadOnlyList<NewsFeed> feeds) => Feeds = feeds;

    public IReadOnlyList<NewsFeed> Feeds { get; }

    public static Neighbourhood Of(WorldDesk desk) => new([.. Enumerable.Range(1, Count).Select(n => desk.AddFeed($"good-{n}", $"127.0.5.{n}"))]);

    public Pace Since(long timestamp) => new([.. Feeds.SelectMany(feed => feed.GapsSince(timestamp)).Order()]);

    /// <summary>Runs the service for so many seconds beside what <paramref name="bad"/> adds, after a warm-up.</summary>
    public static async Task<(Pace Pace, bool Alive, double Peak)> RunAsync(Action<WorldDesk> bad, double seconds, CancellationToken cancellation, params (string Name, string Value)[] environment)
    {
        await using var desk = await WorldDesk.OpenAsync();
        var good = Of(desk);
        bad(desk);
        await using var service = await desk.StartAsync(cancellation, environment);
        await Task.Delay(WarmUp, cancellation);
        var started = Stopwatch.GetTimestamp();
        await WorldDesk.UntilAsync(() => service.Process.HasEnded, seconds, cancellation);
        return service.Process.HasEnded ? (new([]), false, 0) : (good.Since(started), true, service.Memory("VmHWM"));
    }
}
