using NewsWatch.Configuration;
using NewsWatch.Storage.Shares;
using NewsWatch.Storage.Work;

namespace NewsWatch.Delivery;

/// <summary>The lanes of all channels, so that <c>Connections</c> counts over all replicas: a lane is not given away while more messages are under way than this process's other lanes carry.</summary>
internal sealed class ChannelLanes(ConfigurationHolder configuration, ChannelThrottles throttles, Leases leases) : IOwnedWork
{
    /// <inheritdoc/>
    public IReadOnlyCollection<OwnedKey> All => [.. configuration.Current.Channels.Values.SelectMany(LanesOf)];

    /// <inheritdoc/>
    public IReadOnlySet<OwnedKey> InUse => configuration.Current.Channels.Values
        .Where(channel => throttles.Of(channel.Id).Running > leases.Share.LanesOf(channel.Id, ChannelThrottle.LanesOf(channel)))
        .SelectMany(LanesOf)
        .ToHashSet();

    private static IEnumerable<OwnedKey> LanesOf(Channel channel) => Enumerable.Range(1, ChannelThrottle.LanesOf(channel)).Select(number => OwnedKey.OfLane(channel.Id, number));
}
