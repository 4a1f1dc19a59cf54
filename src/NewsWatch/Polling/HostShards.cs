using NewsWatch.Storage.Shares;


namespace NewsWatch.Polling;

/// <summary>The hosts that are polled and whose pages are read, in shards: a shard is not given away while one of its hosts is asked, or was within the gap.</summary>
internal sealed class HostShards(SourcePoller poller, TimeProvider clock) : IOwnedWork
{
    /// <inheritdoc/>
    public IReadOnlyCollection<OwnedKey> All { get; } = [.. Enumerable.Range(0, OwnedKey.Shards).Select(shard => OwnedKey.OfShard(shard))];

    /// <inheritdoc/>
    public IReadOnlySet<OwnedKey> InUse => poller.Gate.Busy(clock.GetUtcNow()).Select(host => OwnedKey.OfShard(OwnedKey.ShardOf(host))).ToHashSet();
}
