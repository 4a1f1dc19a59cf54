using Microsoft.Extensions.Hosting;
using NewsWatch.Storage;

namespace NewsWatch.Polling;

/// <summary>
/// Keeps processing going, in two loops so that no headline waits for a slow page: items at every ring of their bell and once a second
/// without one, pages likewise.
/// </summary>
public sealed class ProcessingWorker(ArticleProcessor items, PageProcessor pages, Database database, Bells bells, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WriteAsync(
            db =>
            {
                ItemQueue.ReleaseAll(db);
                PageQueue.ReleaseAll(db);
            },
            stoppingToken);
        await Task.WhenAll(
            LoopAsync(items.ProcessItemsAsync, () => bells.Items.WaitAsync(Sweep, clock, stoppingToken), stoppingToken),
            LoopAsync(pages.ProcessDueAsync, () => Task.Delay(Sweep, clock, stoppingToken), stoppingToken));
    }

    private static async Task LoopAsync(Func<CancellationToken, Task<int>> process, Func<Task> wait, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            if (await process(cancellation) == 0)
            {
                await wait();
            }
        }
    }
}
