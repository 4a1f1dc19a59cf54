using Microsoft.Extensions.DependencyInjection;

namespace NewsWatch.WebSub;

/// <summary>Registers the room's services.</summary>
internal static class WebSubServices
{
    /// <summary>Needs what polling needs.</summary>
    public static IServiceCollection AddWebSub(this IServiceCollection services) => services
        .AddSingleton<PushMetrics>()
        .AddSingleton<PushConfirmation>()
        .AddSingleton<PushReceiver>()
        .AddHostedService<PushSubscriber>();
}
