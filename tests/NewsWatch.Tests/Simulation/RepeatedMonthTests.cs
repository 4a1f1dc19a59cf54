using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Simulation;

/// <summary>The month of a seed comes to the same messages again: by itself, and where each unit of work runs twice, as on an engine that undoes a unit that met another one.</summary>
public sealed class RepeatedMonthTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task A_seed_replays_to_the_same_messages() => Assert.Equal(await MessagesAsync(7), await MessagesAsync(7));

    [Fact]
    public async Task Units_of_work_that_run_twice_make_the_same_messages() => Assert.Equal(await MessagesAsync(9), await MessagesAsync(9, new(losesCommitsOnPowerFailure: true, rehearses: true)));

    private async Task<IReadOnlyList<string>> MessagesAsync(int seed, TestDatabase? database = null)
    {
        await using var month = new Month(seed, _services.GetRequiredService<IMeterFactory>(), database);
        return await month.MessagesAsync();
    }
}
