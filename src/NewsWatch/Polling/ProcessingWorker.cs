using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NewsWatch.Storage;

namespace NewsWatch.Polling;

/// <summary>
/// Keeps processing going, in two loops so that no headline waits for a slow page: items at every ring of their bell and once a second
/// without one, pages as they fall due.
/// </summary>
public sealed partial class ProcessingWorker(
    ArticleProcessor items, PageProcessor pages, Database database, Bells bells, TimeProvider clock, ILogger<ProcessingWorker> log) : BackgroundService
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

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
            LoopAsync(ProcessItemsAsync, stoppingToken),
            LoopAsync(pages.RunAsync, stoppingToken));
    }

    private async Task ProcessItemsAsync(CancellationToken cancellation)
    {
        if (await items.ProcessItemsAsync(cancellation) == 0)
        {
            await bells.Items.WaitAsync(Sweep, clock, cancellation);
        }
    }

    private async Task LoopAsync(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await work(cancellation);
            }
            catch (SqliteException trouble)
            {
                // A full disk or a locked file: nothing is lost, what was claimed comes back.
                DatabaseTrouble(log, trouble);
                await Task.Delay(AfterTrouble, clock, cancellation);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The database refused work; processing goes on in a moment")]
    private static partial void DatabaseTrouble(ILogger log, Exception trouble);
}
