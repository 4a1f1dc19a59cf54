using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NewsWatch.Configuration;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Work;

namespace NewsWatch.Processing;

/// <summary>
/// Looks for deadlines that are near and writes the reminders that routes ask for (<c>Remind</c>). A reminder and the note that it was decided on are one write, so it
/// comes once, also when the process dies or the clock is set back; one that fell into a time without the service comes when the service is back, if the deadline has not passed.
/// </summary>
public sealed class DeadlineReminders(Database database, ConfigurationHolder configurations, ServiceLoop loop, WorkSignals signals, TimeProvider clock, ILogger<DeadlineReminders> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    /// <summary>Writes the reminders that are due; returns their number.</summary>
    public async Task<int> RemindAsync(CancellationToken cancellationToken)
    {
        var configuration = configurations.Current;
        var writer = new ReminderWriter(configuration, clock.GetUtcNow());
        if (!database.Read(writer.IsDue))
        {
            return 0;
        }

        var reminders = await database.WriteAsync(db => Save(db, writer), cancellationToken);
        CrashPoint.Reached("reminder.after");
        AlertLog.Tell(logger, reminders, configuration);
        signals.Deliveries.Set();
        return reminders.Count;
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loop.RunByLeadAsync("reminding of deadlines", TurnAsync, stoppingToken);

    private static IReadOnlyList<ToldAlert> Save(Session db, ReminderWriter writer)
    {
        var reminders = writer.Save(db);
        CrashPoint.Reached("reminder.inside");
        return reminders;
    }

    private async Task TurnAsync(CancellationToken stopping)
    {
        await RemindAsync(stopping);
        await Task.Delay(Interval, clock, stopping);
    }
}
