using System.Globalization;
using NewsWatch.Delivery.Http;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Work;

namespace NewsWatch.Delivery;

/// <summary>
/// Messages go out again under the ids they had, so that a receiver can tell copies: <c>newswatch replay --channel X --since T [--dead]</c>, and one by one on the desk.
/// Who did it is written down in the same write.
/// </summary>
internal sealed class Replay(Database database, WorkSignals signals, TimeProvider clock)
{
    /// <summary>Reopens messages by the command and revives a retired endpoint; returns the number of messages.</summary>
    /// <param name="channel">The channel's id.</param>
    /// <param name="since">The earliest decision.</param>
    /// <param name="deadOnly">True for dead messages only; else also sent ones.</param>
    /// <param name="by">Who runs the command.</param>
    /// <param name="cancellationToken">Stops before anything is changed.</param>
    public async Task<int> OpenAsync(string channel, DateTimeOffset since, bool deadOnly, string by, CancellationToken cancellationToken)
    {
        var opened = await database.WriteAsync(
            db =>
            {
                RetiredEndpoints.Forget(db, channel);
                var count = DeliveryStore.Replay(db, channel, since, deadOnly, clock.GetUtcNow());
                var what = string.Create(CultureInfo.InvariantCulture, $"{count} {(deadOnly ? "dead" : "sent or dead")} message{(count == 1 ? "" : "s")} since {since.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
                ActStore.Add(db, new(clock.GetUtcNow(), by, IsCommand: true, "replay", $"channel {channel}", what));
                return count;
            },
            cancellationToken);
        signals.Deliveries.Set();
        return opened;
    }

    /// <summary>Reopens the message of one delivery that was given up, from the desk, and revives its endpoint where that was retired.</summary>
    /// <param name="by">Who asks for it.</param>
    /// <returns>False for one that is not dead: it is not sent twice.</returns>
    public async Task<bool> OpenDeadAsync(long delivery, string by, CancellationToken cancellationToken)
    {
        var isOpened = await database.WriteAsync(
            db =>
            {
                if (DeliveryStore.ReplayDead(db, delivery, clock.GetUtcNow()) is not { } channel)
                {
                    return false;
                }

                RetiredEndpoints.Forget(db, channel);
                ActStore.Add(db, new(clock.GetUtcNow(), by, IsCommand: false, "replay", string.Create(CultureInfo.InvariantCulture, $"delivery {delivery}"), $"its message is sent again via {channel}"));
                return true;
            },
            cancellationToken);
        signals.Deliveries.Set();
        return isOpened;
    }
}
