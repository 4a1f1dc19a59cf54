using Microsoft.Extensions.Hosting;
using NewsWatch.Storage.Work;

namespace NewsWatch.Delivery;

/// <summary>Keeps the delivery worker going: at every signal, and once a second without one. When the service stops, messages under way end or go back.</summary>
internal sealed class DeliveryLoop(DeliveryProcessor worker, ServiceLoop loop, WorkSignals signals, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(6);
    private readonly List<Task> _lanes = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var inFlight = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        using var tooLate = stoppingToken.Register(() => inFlight.CancelAfter(Grace));
        await loop.RunAsync("sending", stopping => TurnAsync(stopping, inFlight.Token), stoppingToken);
        await Task.WhenAll(_lanes).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // a lane that fails now gives its message back with the next start
    }

    private async Task TurnAsync(CancellationToken stopping, CancellationToken inFlight)
    {
        await EndLanesAsync();
        await worker.RecoverAsync(stopping);
        _lanes.AddRange(await worker.StartLanesAsync(stopping, inFlight));
        await signals.Deliveries.WaitAsync(Sweep, clock, stopping);
    }

    /// <summary>A lane that failed makes the turn fail, once; the other lanes go on.</summary>
    private async Task EndLanesAsync()
    {
        var ended = _lanes.FindAll(lane => lane.IsCompleted);
        _lanes.RemoveAll(ended.Contains);
        await Task.WhenAll(ended);
    }
}
