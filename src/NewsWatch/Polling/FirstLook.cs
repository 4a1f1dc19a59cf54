using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NewsWatch.Configuration;
using NewsWatch.Storage;
using NewsWatch.Storage.Work;

namespace NewsWatch.Polling;

/// <summary>
/// Reports once after the start the result of the first polls: the numbers of items and alerts, or that so many sources could not be read that the machine is
/// perhaps offline. A line a source is no answer to "does it work?".
/// </summary>
internal sealed partial class FirstLook(
    Database database, ConfigurationHolder configuration, ServiceLoop loop, FirstLookTurn turn, TimeProvider clock, ILogger<FirstLook> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>What was not polled by then is not waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        turn.Begin(); // before the clockwork starts the first poll
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loop.OnceAsync("the first look", RunAsync, stoppingToken);

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var (started, since) = (clock.GetTimestamp(), clock.GetUtcNow());
        try
        {
            do
            {
                await Task.Delay(Interval, clock, cancellationToken);
            }
            while (!Reported(since, isLast: clock.GetElapsedTime(started) >= Patience));
        }
        finally
        {
            turn.End();
        }
    }

    /// <summary>Says what the first look came to, once every source was polled and every item decided on; true when it did.</summary>
    /// <param name="since">When the service started.</param>
    /// <param name="isLast">True when nothing more is waited for.</param>
    internal bool Reported(DateTimeOffset since, bool isLast)
    {
        var sum = database.Read(db => WorkStore.Polls(db, since));
        if (!isLast && (sum.Polled < configuration.Current.Sources.Count || sum.Waiting > 0))
        {
            return false;
        }

        Tell(sum);
        return true;
    }

    private void Tell(PollSum sum)
    {
        var failed = Count(sum.Failed, "source");
        if (sum.Failed > 0 && sum.Failed * 2 >= sum.Polled)
        {
            Offline(logger, failed, sum.Error ?? "");
        }
        else if (sum.Polled > 0)
        {
            var (items, read, alerts) = (Count(sum.Items, "item"), Count(sum.Polled - sum.Failed, "source"), Count(sum.Alerts, "alert"));
            Looked(logger, items, read, alerts, sum.Failed == 0 ? "" : $" {failed} could not be read: newswatch status says why.");
        }
    }

    private static string Count(long count, string one) => string.Create(CultureInfo.InvariantCulture, $"{count} {one}{(count == 1 ? "" : "s")}");

    [LoggerMessage(Level = LogLevel.Information, Message = "First look: {Items} read at {Sources}, {Alerts}.{Failed}")]
    private static partial void Looked(ILogger logger, string items, string sources, string alerts, string failed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Sources} could not be read: is this machine online? The first says: {Error}")]
    private static partial void Offline(ILogger logger, string sources, string error);
}
