using Microsoft.Extensions.DependencyInjection;

namespace NewsWatch.Drills;

/// <summary>Registers the room's services.</summary>
internal static class DrillServices
{
    public static IServiceCollection AddDrills(this IServiceCollection services) => services
        .AddSingleton<DrillRegister>()
        .AddSingleton<DrillMetrics>()
        .AddSingleton<DrillWatch>();
}
