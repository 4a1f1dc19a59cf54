using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NewsWatch.Fetching.Documents;
using NewsWatch.Health;
using NewsWatch.Polling.Sources;
using NewsWatch.Storage.Shares;

namespace NewsWatch.Polling;

/// <summary>Registers the room's services.</summary>
public static class PollingServices
{
    /// <summary>Needs Fetching, a Database, WorkSignals, Leases, a Progress, a ConfigurationHolder and a TimeProvider to be there. The host schedules <see cref="PollDueSourcesJob"/>.</summary>
    public static IServiceCollection AddPolling(this IServiceCollection services) => services
        .AddSingleton(new PollLimits())
        .AddSingleton<PollMetrics>()
        .AddSingleton<FirstLookTurn>()
        .AddSingleton<DocumentReaders>()
        .AddSingleton<SourcePoller>()
        .AddSingleton<IOwnedWork, HostShards>()
        .AddSingleton<ClockReport>()
        .AddSingleton<Discovery>()
        .AddHostedService<PollerShutdown>();
}

/// <summary>When the host stops, polls in flight end within its patience, or go back.</summary>
internal sealed class PollerShutdown(SourcePoller poller) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => poller.StopAsync(cancellationToken);
}
