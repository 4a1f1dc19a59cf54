using Microsoft.Extensions.Hosting;
using NewsWatch.Storage;

namespace NewsWatch.Delivery;

/// <summary>Keeps the delivery worker going: at every ring of the bell, and once a second without one. When the service stops, what is in flight ends or goes back.</summary>
internal sealed class DeliveryLoop(DeliveryWorker worker, Bells bells, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(6);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var inFlight = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        using var tooLate = stoppingToken.Register(() => inFlight.CancelAfter(Grace));
        var lanes = new List<Task<int>>();
        await worker.ReleaseAsync(all: true, stoppingToken);
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                lanes.RemoveAll(lane => lane.IsCompleted);
                await worker.ReleaseAsync(all: false, stoppingToken);
                lanes.AddRange(await worker.StartLanesAsync(stoppingToken, inFlight.Token));
                await bells.Deliveries.WaitAsync(Sweep, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Nothing new is begun.
        }

        await Task.WhenAll(lanes);
    }
}
