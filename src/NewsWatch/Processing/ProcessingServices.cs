using Microsoft.Extensions.DependencyInjection;

namespace NewsWatch.Processing;

/// <summary>Hands the processing half of the room to the host.</summary>
public static class ProcessingServices
{
    /// <summary>Needs what polling needs, and polling itself. The host runs <see cref="ProcessingWorker"/>.</summary>
    public static IServiceCollection AddProcessing(this IServiceCollection services) => services
        .AddSingleton<ProcessMetrics>()
        .AddSingleton<ArticlePage>()
        .AddSingleton<PageProcessor>()
        .AddSingleton<ArticleProcessor>();
}
