using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace NewsWatch.Tests.Simulation;

/// <summary>
/// The promises, over thirty simulated days for each seed. A seed that fails is in the message; NEWSWATCH_SEED=n runs it alone,
/// NEWSWATCH_SEEDS=n runs so many (tests/run.sh: 200).
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 20;

    [Fact]
    public async Task The_promises_hold_for_every_seed()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var broken = new System.Collections.Concurrent.ConcurrentBag<string>();
        var arrivals = 0;
        await Parallel.ForEachAsync(WantedSeeds(), async (seed, _) =>
        {
            await using var month = new Month(seed, meters);
            await month.LiveAsync();
            Interlocked.Add(ref arrivals, month.Mailbox.Arrivals.Count);
            foreach (var promise in Promises.Broken(month))
            {
                broken.Add($"seed {seed}: {promise}");
            }
        });

        output.WriteLine($"{arrivals} messages arrived, {System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:0.0} s of CPU");
        Assert.True(broken.IsEmpty, string.Join('\n', broken.Order(StringComparer.Ordinal)));
    }

    private static IEnumerable<int> WantedSeeds() =>
        int.TryParse(Environment.GetEnvironmentVariable("NEWSWATCH_SEED"), out var seed) ? [seed]
        : Enumerable.Range(1, int.TryParse(Environment.GetEnvironmentVariable("NEWSWATCH_SEEDS"), out var count) ? count : Seeds);
}
