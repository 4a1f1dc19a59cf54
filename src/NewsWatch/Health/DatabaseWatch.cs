using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NewsWatch.Configuration;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Work;

namespace NewsWatch.Health;

/// <summary>
/// Checks once a minute that the service still writes to its database. A SQLite file: that the file at the database's path is the one that this service writes to. If the file was deleted or replaced while the service
/// runs, only the next start would notice, when everything written since is lost. So log, health and a notice report it at once.
/// </summary>
internal sealed partial class DatabaseWatch(
    Database database, ConfigurationHolder configurations, ServiceLoop loop, TimeProvider clock, ILogger<DatabaseWatch> logger) : BackgroundService
{
    private const string Probe = "probe";
    private const string OpenFiles = "/proc/self/fd";
    private const string Deleted = " (deleted)";
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private LongWrite? _told;
    private (long Since, string What)? _outage;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loop.RunAsync("checking the database", TurnAsync, stoppingToken);

    /// <summary>Checks once.</summary>
    /// <exception cref="IOException">The path leads to another file.</exception>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        TellLongWrite();
        var probe = Guid.NewGuid().ToString("N");
        await ProbeAsync(probe, cancellationToken);
        if (database.File is not { } file || (!IsDeleted(file.Path) && file.ReadAtPath(db => InstallationSettings.Get(db, Probe)) == probe))
        {
            return;
        }

        var (configuration, now) = (configurations.Current, clock.GetUtcNow());
        var notice = new Notice(
            $"database-replaced/{now.UtcDateTime:yyyy-MM-dd}",
            "The database file was deleted or replaced while NewsWatch runs",
            $"{file.Path} is no longer the file that the service writes to. The service goes on with the old file, which is lost when it stops. "
            + "Stop the service, put the file or a backup back (docs/operations.md, \"Restore\"), and start it again.");
        await database.WriteAsync(db => OperatorNotices.Add(db, configuration, notice, now), cancellationToken);

        throw new IOException($"{file.Path} is not the file that this service writes to: it was deleted or replaced. Stop the service, put the file or a backup back, start it again");
    }

    /// <summary>Writes; after an outage that the operator may not have seen it says so.</summary>
    private async Task ProbeAsync(string probe, CancellationToken cancellationToken)
    {
        try
        {
            await database.WriteAsync(db => InstallationSettings.Set(db, Probe, probe), cancellationToken);
        }
        catch (Exception trouble) when (StorageTrouble.Is(trouble))
        {
            _outage ??= (clock.GetTimestamp(), StorageTrouble.Describe(trouble));
            throw;
        }

        if (_outage is (var since, var what) && clock.GetElapsedTime(since) is var lasted)
        {
            _outage = null;
            await (lasted < Interval ? Task.CompletedTask : TellOutageAsync(lasted, what, cancellationToken));
        }
    }

    private Task TellOutageAsync(TimeSpan lasted, string what, CancellationToken cancellationToken)
    {
        var (configuration, now) = (configurations.Current, clock.GetUtcNow());
        return database.WriteAsync(
            db => OperatorNotices.Add(
                db,
                configuration,
                new(
                    $"database-outage/{now.UtcDateTime:yyyy-MM-dd HH}",
                    "The database could not be written",
                    $"For {lasted.TotalMinutes:0} minutes or more nothing was polled, decided or sent: {what}. It goes on; what was due meanwhile is late. Nothing is lost but what sources show no more."),
                now),
            cancellationToken);
    }

    private async Task TurnAsync(CancellationToken stopping)
    {
        await Task.Delay(Interval, clock, stopping);
        await LookAsync(stopping);
    }

    private void TellLongWrite()
    {
        if (database.LastLongWrite is { } write && !ReferenceEquals(write, _told))
        {
            _told = write;
            LongWriteSeen(logger, write.Took);
        }
    }

    /// <summary>
    /// True if Linux marks every open file of the database's name as deleted. Reading at the path does not show it: beside the old write-ahead log another file
    /// reads as the old one.
    /// </summary>
    private static bool IsDeleted(string path)
    {
        if (!Directory.Exists(OpenFiles))
        {
            return false;
        }

        var open = Directory.EnumerateFiles(OpenFiles).Select(file => new FileInfo(file).LinkTarget).ToHashSet();
        return open.Contains(path + Deleted) && !open.Contains(path);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A write to the database took {Took}; nothing else could be written meanwhile")]
    private static partial void LongWriteSeen(ILogger logger, TimeSpan took);
}
