using System.Globalization;
using Microsoft.Extensions.Hosting;
using NewsWatch.Configuration;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Work;

namespace NewsWatch.Drills;

/// <summary>
/// Begins the drills of the schedule, and ends drills: passed when every message was accepted, failed after 10 minutes. A drill that failed or was missed is a notice to
/// the operator, over a channel that it did not fail on.
/// </summary>
internal sealed class DrillWatch(
    Database database, ConfigurationHolder configurations, DrillRegister register, DrillMetrics metrics, ServiceLoop loop, WorkSignals signals, TimeProvider clock) : BackgroundService
{
    /// <summary>A drill that has not ended by then has failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private const string Schedule = "drill-schedule";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await FollowScheduleAsync(configurations.Current, cancellationToken);
        foreach (var drill in database.Read(DrillStore.Running))
        {
            await EndAsync(drill, configurations.Current, cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loop.RunAsync("drills", TurnAsync, stoppingToken);

    private async Task TurnAsync(CancellationToken stopping)
    {
        await LookAsync(stopping);
        await Task.Delay(Interval, clock, stopping);
    }

    private async Task FollowScheduleAsync(WatchConfiguration configuration, CancellationToken cancellationToken)
    {
        if (configuration.Operator.Drill is not { } schedule)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var planned = schedule.Last(now, configuration.Defaults.TimeZone);
        if (planned < await SinceAsync(schedule, now, cancellationToken) || database.Read(db => DrillStore.IsKnown(db, planned)))
        {
            return;
        }

        var (plan, problem) = DrillPlan.Create("", [], DrillPlan.Operator, configuration, now);
        await (now - planned >= Patience ? MissAsync(planned, "the service did not run at its time", configuration, cancellationToken)
            : plan is null ? MissAsync(planned, problem!.TrimEnd('.'), configuration, cancellationToken)
            : register.BeginAsync(plan, new("the schedule", IsCommand: true), planned, request: null, cancellationToken));
    }

    /// <summary>Since when drills have been at these times: what came before was not missed.</summary>
    private async Task<DateTimeOffset> SinceAsync(DrillTime schedule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var kept = database.Read(db => InstallationSettings.Get(db, Schedule))?.Split('@');
        if (kept is [var known, var since] && known == schedule.ToString())
        {
            return UnixTime.At(long.Parse(since, CultureInfo.InvariantCulture));
        }

        await database.WriteAsync(db => InstallationSettings.Set(db, Schedule, string.Create(CultureInfo.InvariantCulture, $"{schedule}@{UnixTime.Of(now)}")), cancellationToken);
        return now;
    }

    private Task MissAsync(DateTimeOffset planned, string why, WatchConfiguration configuration, CancellationToken cancellationToken) => database.WriteAsync(
        db =>
        {
            if (DrillStore.IsKnown(db, planned))
            {
                return;
            }

            var now = clock.GetUtcNow();
            DrillStore.AddMissed(db, planned, why, now);
            Tell(db, $"drill/missed/{UnixTime.Of(planned)}", "A drill was missed", string.Create(CultureInfo.InvariantCulture, $"The drill of {planned.UtcDateTime:yyyy-MM-dd HH:mm} UTC did not take place: {why}. Begin one: newswatch drill"), [], configuration, now);
            db.AfterCommit(() => metrics.Ended(DrillOutcome.Missed));
        },
        cancellationToken);

    private async Task EndAsync(Drill drill, WatchConfiguration configuration, CancellationToken cancellationToken)
    {
        var messages = database.Read(db => DrillStore.Messages(db, drill.Id));
        if (ResultOf(drill, messages, clock.GetUtcNow()) is not (var outcome, var result))
        {
            return;
        }

        await database.WriteAsync(
            db =>
            {
                var now = clock.GetUtcNow();
                if (!DrillStore.End(db, drill.Id, outcome, result, now))
                {
                    return;
                }

                if (outcome == DrillOutcome.Failed)
                {
                    var failed = messages.Where(message => message.State != "sent").Select(message => message.Channel).ToList();
                    Tell(db, string.Create(CultureInfo.InvariantCulture, $"drill/failed/{drill.Id}"), "A drill failed", string.Create(CultureInfo.InvariantCulture, $"Drill {drill.Id} of rule {drill.Rule} failed: {result}. Alerts may not arrive."), failed, configuration, now);
                }

                db.AfterCommit(() => Count(drill, messages, outcome));
            },
            cancellationToken);
    }

    private void Count(Drill drill, IReadOnlyList<DrillMessage> messages, DrillOutcome outcome)
    {
        metrics.Ended(outcome);
        metrics.Took(drill, messages);
    }

    /// <summary>How a drill ended, in one sentence without its full stop; null while it runs.</summary>
    private static (DrillOutcome Outcome, string Result)? ResultOf(Drill drill, IReadOnlyList<DrillMessage> messages, DateTimeOffset now) =>
        drill.Trouble.Length > 0 ? (DrillOutcome.Failed, drill.Trouble)
        : messages.Count > 0 && messages.All(message => message.State == "sent") ? (DrillOutcome.Passed, Steps(drill, messages))
        : messages.FirstOrDefault(message => message.State is "dead" or "cancelled") is { } dead ? (DrillOutcome.Failed, $"{dead.Channel} did not take the message to {dead.Subscriber}: {dead.Said.TrimEnd('.')}")
        : now - drill.At < Patience ? null
        : drill.Decided is null ? (DrillOutcome.Failed, "its article was not processed within 10 minutes")
        : messages.FirstOrDefault(message => message.State != "sent") is { } late ? (DrillOutcome.Failed, $"{late.Channel} did not take the message to {late.Subscriber} within 10 minutes{(late.Said.Length > 0 ? $": {late.Said.TrimEnd('.')}" : "")}")
        : (DrillOutcome.Failed, "its messages are gone");

    private static string Steps(Drill drill, IReadOnlyList<DrillMessage> messages) => string.Join(
        ", ", messages.Select(message => string.Create(CultureInfo.InvariantCulture, $"{message.Channel} to {message.Subscriber} after {(message.Accepted - drill.At)!.Value.TotalSeconds:0.0} s")));

    /// <summary>Over the operator's channel unless the drill failed on it: then over the first other that sends mails.</summary>
    private void Tell(Session db, string key, string subject, string text, IReadOnlyList<string> failed, WatchConfiguration configuration, DateTimeOffset now)
    {
        string?[] channels = [configuration.OperatorChannel, .. configuration.Channels.Values.Where(channel => channel is Channel.Email or Channel.Pickup).Select(channel => channel.Id)];
        if ((Array.Find(channels, channel => channel is not null && !failed.Contains(channel)) ?? configuration.OperatorChannel) is { } chosen)
        {
            NoticeStore.Add(db, new(key, subject, text), configuration.Operator.To, chosen, now);
            db.AfterCommit(signals.Deliveries.Set);
        }
    }
}
