using Microsoft.Extensions.Hosting;
using NewsWatch.Storage;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Work;

namespace NewsWatch.Maintenance;

/// <summary>
/// Works on the archive while no other write waits: makes new articles searchable and moves the rows of an earlier version. Each write is short and
/// gives way to all others, so no poll, decision or delivery waits for it.
/// </summary>
internal sealed class ArchiveLoop(Database database, ServiceLoop loop, TimeProvider clock) : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Rows in one write: some milliseconds.</summary>
    private const int Batch = 25;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loop.RunByLeadAsync("keeping the archive", TurnAsync, stoppingToken);

    /// <summary>Works until nothing is left; returns the number of rows.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var all = 0;
        while (await IndexAsync(cancellation) + await MoveArticlesAsync(cancellation) + await MoveItemsAsync(cancellation) is > 0 and var done)
        {
            all += done;
        }

        return all;
    }

    private async Task TurnAsync(CancellationToken stopping)
    {
        await RunAsync(stopping);
        await Task.Delay(Interval, clock, stopping);
    }

    private async Task<int> IndexAsync(CancellationToken cancellation)
    {
        var articles = database.Read(db => SearchIndex.Next(db, Batch));
        if (articles.Count > 0)
        {
            await database.WriteAsync(db => SearchIndex.Write(db, articles), WritePriority.Spare, cancellation);
        }

        return articles.Count;
    }

    private async Task<int> MoveArticlesAsync(CancellationToken cancellation)
    {
        var articles = database.Read(db => ArchiveMove.Articles(db, Batch));
        if (articles.Count > 0)
        {
            await database.WriteAsync(db => ArchiveMove.Write(db, articles), WritePriority.Spare, cancellation);
        }

        return articles.Count;
    }

    private async Task<int> MoveItemsAsync(CancellationToken cancellation)
    {
        if (!database.Read(ArchiveMove.HasItems))
        {
            return 0;
        }

        var items = database.Read(db => ArchiveMove.Items(db, Batch));
        await database.WriteAsync(db => ArchiveMove.Write(db, items), WritePriority.Spare, cancellation);
        return items.Count;
    }
}
