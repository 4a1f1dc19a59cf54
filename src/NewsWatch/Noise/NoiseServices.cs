using Microsoft.Extensions.DependencyInjection;

namespace NewsWatch.Noise;

/// <summary>Registers the room's services.</summary>
internal static class NoiseServices
{
    public static IServiceCollection AddNoise(this IServiceCollection services) => services.AddSingleton<BudgetWatch>();
}
