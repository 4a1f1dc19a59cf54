using System.Globalization;
using Microsoft.Extensions.Hosting;
using NewsWatch.Configuration;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Work;

namespace NewsWatch.Polling;

/// <summary>Tells the operator of hosts that are asked for more than they can give: one notice a host and day.</summary>
internal sealed class BusyHostWatch(Database database, ConfigurationHolder configurations, ServiceLoop loop, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var (configuration, now) = (configurations.Current, clock.GetUtcNow());
        if (BusyHost.Among(configuration.Sources.Values) is { Count: > 0 } busy)
        {
            await database.WriteAsync(db => busy.ToList().ForEach(host => OperatorNotices.Add(db, configuration, NoticeOf(host, now), now)), cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loop.RunByLeadAsync("looking for busy hosts", TurnAsync, stoppingToken);

    private async Task TurnAsync(CancellationToken stopping)
    {
        await LookAsync(stopping);
        await Task.Delay(Interval, clock, stopping);
    }

    private static Notice NoticeOf(BusyHost host, DateTimeOffset now) => new(
        string.Create(CultureInfo.InvariantCulture, $"busy-host/{host.Name}/{now.UtcDateTime:yyyy-MM-dd}"),
        $"Host {host.Name} is asked for more than it can give",
        $"The {host.Sentence}. More services change nothing about it: lengthen Poll of its sources, or write Poll as auto.")
    {
        Gathering = new("busy-host", "hosts are asked for more than they can give"),
    };
}
