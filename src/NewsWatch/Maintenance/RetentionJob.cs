using System.Globalization;
using Microsoft.Extensions.Logging;
using NewsWatch.Storage;
using NewsWatch.Storage.Upkeep;
using NewsWatch.Storage.Work;
using Quartz;

namespace NewsWatch.Maintenance;

/// <summary>Maintenance: deletes expired rows, batch by batch, each in a write of its own so that news never waits for it.</summary>
[DisallowConcurrentExecution]
public sealed partial class RetentionJob(Database database, RetentionTimes keep, ServiceLoop loop, TimeProvider clock, ILogger<RetentionJob> logger) : IJob
{
    private const string LastRun = "retention";
    private static readonly TimeSpan NotAgain = TimeSpan.FromHours(20);

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await loop.OnceByLeadAsync("deleting expired rows", DailyAsync, cancellationToken);

    /// <summary>Deletes what is expired, unless that was done today: the schedule comes back several times, for a night in which there was no lead at the first.</summary>
    internal async Task DailyAsync(CancellationToken cancellationToken)
    {
        if (database.Read(db => InstallationSettings.Get(db, LastRun)) is { } last && clock.GetUtcNow() - UnixTime.At(long.Parse(last, CultureInfo.InvariantCulture)) is var ago && ago >= TimeSpan.Zero && ago < NotAgain)
        {
            return;
        }

        await RunAsync(cancellationToken);
        await database.WriteAsync(db => InstallationSettings.Set(db, LastRun, UnixTime.Of(clock.GetUtcNow()).ToString(CultureInfo.InvariantCulture)), cancellationToken);
    }

    /// <summary>Deletes all expired rows; returns their number.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        while (await database.WriteAsync(db => Retention.DeleteBatch(db, keep, clock.GetUtcNow()), cancellationToken) is > 0 and var deleted)
        {
            total += deleted;
        }

        Deleted(logger, total);
        return total;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Retention deleted {Rows} rows")]
    private static partial void Deleted(ILogger logger, int rows);
}
