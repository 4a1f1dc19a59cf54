using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Configuration;

/// <summary>Puts notices to the operator into the outbox.</summary>
internal static class OperatorNotices
{
    /// <summary>Adds a notice inside the write of what it is about; without a channel to the operator nothing is added.</summary>
    public static void Add(Session db, WatchConfiguration configuration, Notice notice, DateTimeOffset now)
    {
        if (configuration.OperatorChannel is { } channel)
        {
            NoticeStore.Add(db, notice, configuration.Operator.To, channel, now);
        }
    }
}
