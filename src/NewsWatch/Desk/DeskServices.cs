using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NewsWatch.Backtest;
using NewsWatch.Desk.Access;
using NewsWatch.Desk.Frames;
using NewsWatch.Desk.Pages;
using NewsWatch.Ledger;

namespace NewsWatch.Desk;

/// <summary>Registers the room's services.</summary>
internal static class DeskServices
{
    public static IServiceCollection AddDesk(this IServiceCollection services, IConfiguration settings)
    {
        var desk = DeskSettings.From(settings);
        if (desk.Oidc is { } oidc)
        {
            services.AddSingleton(oidc).AddSingleton<OidcProvider>().AddSingleton<OidcSignIn>();
        }

        return services.AddSingleton(desk).AddPages();
    }

    private static IServiceCollection AddPages(this IServiceCollection services) => services
        .AddSingleton<Sessions>()
        .AddSingleton<FailedSignIns>()
        .AddSingleton<Doorkeeper>()
        .AddSingleton<PulseReader>()
        .AddSingleton<WorkbenchTurns>()
        .AddSingleton<BacktestQueue>()
        .AddSingleton<LedgerQueries>()
        .AddSingleton<Live>()
        .AddSingleton<DeskMetrics>();
}
