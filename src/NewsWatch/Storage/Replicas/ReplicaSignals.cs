using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NewsWatch.Storage.Work;

namespace NewsWatch.Storage.Replicas;

/// <summary>
/// Tells the other replicas of pages, messages and shares that may be theirs, and hears of those that may be this one's, so that nobody waits for the next sweep. Only a shortcut: without it,
/// or where a pool of connections passes no signals on, each finds its work within a second.
/// </summary>
internal sealed partial class ReplicaSignals(Database database, WorkSignals signals, TimeProvider clock, ILogger<ReplicaSignals> logger) : BackgroundService
{
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Sweep = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);
    private readonly IReadOnlyList<(string Name, WorkSignal Signal)> _signals = [("p", signals.Pages), ("d", signals.Deliveries), (PostgresEngine.SharesSignal, signals.Shares)];
    private bool _isInTrouble;

    /// <summary>Tells what there is to tell.</summary>
    internal async Task TellAsync(CancellationToken cancellation)
    {
        foreach (var (name, signal) in _signals)
        {
            if (signal.TakeUntold())
            {
                await database.Server!.SignalAsync($"{name}{database.Share.Id}", cancellation);
            }
        }
    }

    /// <summary>Another replica, or this one, has signalled.</summary>
    internal void Hear(string said)
    {
        _isInTrouble = false;
        foreach (var (name, signal) in _signals)
        {
            if (said.StartsWith(name, StringComparison.Ordinal) && said != $"{name}{database.Share.Id}")
            {
                signal.Hear();
            }
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        KeepAsync(stopping => database.Server!.ListenAsync(Hear, stopping), stoppingToken),
        KeepAsync(TellNextAsync, stoppingToken));

    private async Task TellNextAsync(CancellationToken stopping)
    {
        await signals.Others.WaitAsync(Sweep, clock, stopping);
        await TellAsync(stopping);
        await Task.Delay(Gap, clock, stopping);
    }

    private async Task KeepAsync(Func<CancellationToken, Task> turn, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await turn(stopping);
            }
            catch (DbException trouble)
            {
                if (!_isInTrouble)
                {
                    _isInTrouble = true;
                    Failed(logger, StorageTrouble.Describe(trouble));
                }

                await Task.Delay(AfterTrouble, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // The service stops.
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Signals from and to the other replicas fail: {Trouble}; work waits for the next sweep, a second at most")]
    private static partial void Failed(ILogger logger, string trouble);
}
