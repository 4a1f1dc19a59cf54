using Microsoft.Extensions.DependencyInjection;

namespace NewsWatch.Processing;

/// <summary>Hands the processing half of the room to the host.</summary>
public static class ProcessingServices
{
    /// <summary>Needs what polling needs, and polling itself. The host runs <see cref="ProcessingLoop"/>.</summary>
    public static IServiceCollection AddProcessing(this IServiceCollection services) => services
        .AddSingleton<ProcessingMetrics>()
        .AddSingleton<StoryShelf>()
        .AddSingleton<ArticlePageFetcher>()
        .AddSingleton<PageProcessor>()
        .AddSingleton<DeadlineReminders>()
        .AddSingleton<ArticleProcessor>();
}
