using Microsoft.Extensions.Hosting;
using NewsWatch.Storage;

namespace NewsWatch.Polling;

/// <summary>Keeps the article processor going: at every ring of the items' bell, and once a second without one.</summary>
public sealed class ProcessingWorker(ArticleProcessor processor, Database database, Bells bells, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WriteAsync(ItemQueue.ReleaseAll, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await processor.ProcessDueAsync(stoppingToken) == 0)
            {
                await bells.Items.WaitAsync(Sweep, clock, stoppingToken);
            }
        }
    }
}
