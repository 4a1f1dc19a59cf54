using Microsoft.Extensions.Logging;
using NewsWatch.Configuration;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Upkeep;
using NewsWatch.Storage.Work;
using Quartz;

namespace NewsWatch.Maintenance;

/// <summary>Maintenance: the nightly copy of the database. The operator gets a notice about a failed copy, once a day.</summary>
[DisallowConcurrentExecution]
public sealed partial class BackupJob(
    Database database, BackupFolder folder, ConfigurationHolder configurations, ServiceLoop loop, TimeProvider clock, ILogger<BackupJob> logger) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await loop.OnceAsync("the nightly backup", RunAsync, cancellationToken);

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (folder.Add(database, clock.GetUtcNow()) is { } file)
            {
                Written(logger, file);
            }
        }
        catch (Exception trouble) when (StorageTrouble.IsAny(trouble) || trouble is IOException or UnauthorizedAccessException)
        {
            BackupFailed(logger, trouble);
            await TellAsync(trouble.Message, cancellationToken);
        }
    }

    private Task TellAsync(string why, CancellationToken cancellationToken)
    {
        var (configuration, now) = (configurations.Current, clock.GetUtcNow());
        var notice = new Notice(
            $"backup/{now.UtcDateTime:yyyy-MM-dd}",
            "The nightly backup failed",
            $"The copy of the database into {folder.Folder} failed: {why} The service goes on. Repair the folder or its disk; `newswatch backup FILE` tries at once.");
        return database.WriteAsync(db => OperatorNotices.Add(db, configuration, notice, now), cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Backup written to {File}")]
    private static partial void Written(ILogger logger, string file);

    [LoggerMessage(Level = LogLevel.Error, Message = "The backup failed")]
    private static partial void BackupFailed(ILogger logger, Exception trouble);
}
