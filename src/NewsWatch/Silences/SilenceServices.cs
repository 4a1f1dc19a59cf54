using Microsoft.Extensions.DependencyInjection;

namespace NewsWatch.Silences;

/// <summary>Registers the room's services.</summary>
internal static class SilenceServices
{
    public static IServiceCollection AddSilences(this IServiceCollection services) => services.AddSingleton<SilenceRegister>().AddSingleton<PauseRegister>().AddSingleton<SilenceMetrics>();
}
