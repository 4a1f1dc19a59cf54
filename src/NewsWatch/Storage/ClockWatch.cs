using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NewsWatch.Storage;

/// <summary>Notices that the system's clock was set back, while this process ran or before it started, and mends what the database dates into the future.</summary>
internal sealed partial class ClockWatch(Database database, TimeProvider clock, ILogger<ClockWatch> log) : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private DateTimeOffset _last;

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _last = clock.GetUtcNow();
        await MendAsync(cancellationToken); // before anything looks for what is due
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = clock.GetUtcNow();
            if (now < _last)
            {
                SetBack(log, TimeSpan.FromSeconds(Math.Floor((_last - now).TotalSeconds)));
                await MendAsync(stoppingToken);
            }

            _last = now;
        }
    }

    private async Task MendAsync(CancellationToken cancellation)
    {
        try
        {
            var rows = await database.WriteAsync(db => ClockMend.Run(db, clock.GetUtcNow()), cancellation);
            if (rows > 0)
            {
                Mended(log, rows);
            }
        }
        catch (SqliteException trouble)
        {
            NotMended(log, trouble);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The system's clock was set back by {By}")]
    private static partial void SetBack(ILogger log, TimeSpan by);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Rows} rows were dated into the future by a clock that was wrong; what waits is due after its waiting time from now")]
    private static partial void Mended(ILogger log, int rows);

    [LoggerMessage(Level = LogLevel.Error, Message = "What a wrong clock dated into the future could not be mended; the next start tries again")]
    private static partial void NotMended(ILogger log, Exception trouble);
}
