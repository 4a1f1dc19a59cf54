using NewsWatch.Delivery.Http;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Work;

namespace NewsWatch.Delivery;

/// <summary><c>newswatch replay --channel X --since T [--dead]</c>: messages go out again under the ids they had, so that a receiver can tell copies.</summary>
internal sealed class Replay(Database database, WorkSignals signals, TimeProvider clock)
{
    /// <summary>Reopens messages and revives a retired endpoint; returns the number of messages.</summary>
    /// <param name="channel">The channel's id.</param>
    /// <param name="since">The earliest decision.</param>
    /// <param name="deadOnly">True for dead messages only; else also sent ones.</param>
    /// <param name="cancellationToken">Stops before anything is changed.</param>
    public async Task<int> OpenAsync(string channel, DateTimeOffset since, bool deadOnly, CancellationToken cancellationToken)
    {
        var opened = await database.WriteAsync(
            db =>
            {
                RetiredEndpoints.Forget(db, channel);
                return DeliveryStore.Replay(db, channel, since, deadOnly, clock.GetUtcNow());
            },
            cancellationToken);
        signals.Deliveries.Set();
        return opened;
    }
}
