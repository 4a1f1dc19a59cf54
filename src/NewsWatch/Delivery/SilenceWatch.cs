using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Work;

namespace NewsWatch.Delivery;

/// <summary>Tells the operator of a channel that accepts nothing while messages wait: after five minutes where the channel itself fails, else after ten.</summary>
internal sealed class SilenceWatch(Database database, Progress progress, AttemptRecorder record, TimeProvider clock)
{
    private static readonly TimeSpan WholeChannel = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MessagesAlone = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan TellAgain = TimeSpan.FromDays(1);
    private readonly Dictionary<string, long> _told = [];

    /// <summary>Looks now. Not for two callers at once.</summary>
    public async Task LookAsync()
    {
        var silent = progress.Channels.All;
        foreach (var channel in _told.Keys.Except(silent.Select(channel => channel.Channel)).ToList())
        {
            _told.Remove(channel);
        }

        foreach (var channel in silent.Where(IsToTell))
        {
            if (DeliveryStore.Waits(database, channel.Channel))
            {
                _told[channel.Channel] = clock.GetTimestamp();
                await record.TellSilentAsync(channel);
            }
            else
            {
                progress.Channels.Ended(channel.Channel);
            }
        }
    }

    private bool IsToTell(SilentChannel channel) => channel.For >= (channel.IsWhole ? WholeChannel : MessagesAlone)
        && (!_told.TryGetValue(channel.Channel, out var reported) || clock.GetElapsedTime(reported) >= TellAgain);
}
