using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NewsWatch.Storage.Work;

namespace NewsWatch.Storage.Upkeep;

/// <summary>Notices that the system's clock was set back, while this process ran or before it started, and repairs times in the database that lie in the future.</summary>
internal sealed partial class ClockRollbackMonitor(Database database, ServiceLoop loop, TimeProvider clock, ILogger<ClockRollbackMonitor> log) : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private DateTimeOffset _last;
    private bool _repair = true;

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _last = clock.GetUtcNow();
        await loop.OnceAsync("repairing times", RepairAsync, cancellationToken); // before anything looks for what is due
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loop.RunByLeadAsync("repairing times", TurnAsync, stoppingToken);

    private async Task TurnAsync(CancellationToken stopping)
    {
        if (_repair)
        {
            await RepairAsync(stopping);
        }

        await Task.Delay(Interval, clock, stopping);
        var now = clock.GetUtcNow();
        if (now < _last)
        {
            SetBack(log, TimeSpan.FromSeconds(Math.Floor((_last - now).TotalSeconds)));
            _repair = true;
        }

        _last = now;
    }

    private async Task RepairAsync(CancellationToken cancellation)
    {
        var rows = await database.WriteAsync(db => ClockRollbackRepair.Run(db, clock.GetUtcNow()), cancellation);
        _repair = false;
        if (rows > 0)
        {
            Repaired(log, rows);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The system's clock was set back by {By}")]
    private static partial void SetBack(ILogger log, TimeSpan by);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Rows} rows had times in the future (the clock was wrong); their remaining wait now counts from the current time")]
    private static partial void Repaired(ILogger log, int rows);
}
