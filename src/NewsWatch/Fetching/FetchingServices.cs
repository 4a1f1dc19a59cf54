using Microsoft.Extensions.DependencyInjection;

namespace NewsWatch.Fetching;

/// <summary>Registers the room's services.</summary>
public static class FetchingServices
{
    /// <summary>Needs a registered ConfigurationHolder, TimeProvider and metrics.</summary>
    public static IServiceCollection AddFetching(this IServiceCollection services) => services
        .AddSingleton(new FetchLimits())
        .AddSingleton<NameResolver>()
        .AddSingleton<ResolveHost>(services => services.GetRequiredService<NameResolver>().ResolveAsync)
        .AddSingleton(services => new Dialer(services.GetRequiredService<ResolveHost>(), services.GetRequiredService<TimeProvider>()))
        .AddSingleton<AddressGuard>()
        .AddSingleton<GuardedHttp>()
        .AddSingleton(_ => MemoryBudget.OfProcess())
        .AddSingleton<FetchMetrics>()
        .AddSingleton<Fetcher>()
        .AddSingleton(services => services.GetRequiredService<Fetcher>().Witness);
}
