using Microsoft.Extensions.DependencyInjection;

namespace NewsWatch.WebSub;

/// <summary>Hands the room's services to the host.</summary>
internal static class WebSubServices
{
    /// <summary>Needs what polling needs.</summary>
    public static IServiceCollection AddWebSub(this IServiceCollection services) => services
        .AddSingleton<PushMetrics>()
        .AddSingleton<PushConfirmation>()
        .AddSingleton<PushReceiver>()
        .AddHostedService<PushSubscriber>();
}
