using Microsoft.Extensions.Hosting;
using NewsWatch.Storage.Work;

namespace NewsWatch.Processing;

/// <summary>
/// Keeps processing going, in two loops so that no headline waits for a slow page: items at every signal and once a second
/// without one, pages as they fall due.
/// </summary>
public sealed class ProcessingLoop(ArticleProcessor items, PageProcessor pages, ServiceLoop loop, WorkSignals signals, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        loop.RunAsync("deciding on items", ProcessItemsAsync, stoppingToken),
        loop.RunAsync("reading pages", pages.RunAsync, stoppingToken));

    private async Task ProcessItemsAsync(CancellationToken cancellationToken)
    {
        if (await items.ProcessItemsAsync(cancellationToken) == 0)
        {
            await signals.Items.WaitAsync(Sweep, clock, cancellationToken);
        }
    }
}
