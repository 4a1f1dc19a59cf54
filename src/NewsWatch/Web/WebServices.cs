using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NewsWatch.Configuration;
using NewsWatch.Health;
using NewsWatch.Storage;
using NewsWatch.Storage.Subscribers;
using NewsWatch.Storage.Upkeep;

namespace NewsWatch.Web;

/// <summary>Registers the room's services.</summary>
internal static class WebServices
{
    public static IServiceCollection AddWeb(this IServiceCollection services, IConfiguration settings) => services
        .AddSingleton(OperatorPort.From(settings))
        .AddSingleton<MetricsPage>()
        .AddSingleton<HealthCheck>()
        .AddSingleton(services => UnsubscribeJournal.Beside(services.GetRequiredService<Database>(), services.GetRequiredService<BackupFolder>()))
        .AddSingleton<UnsubscribeRegister>()
        .AddSingleton<FeedbackMetrics>()
        .AddSingleton<BareReadiness>()
        .AddSingleton(services => new AlertFeeds(AlertFeeds.TokenFrom(settings), services.GetRequiredService<Database>(), services.GetRequiredService<ConfigurationHolder>()));
}
