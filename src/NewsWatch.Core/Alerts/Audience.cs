namespace NewsWatch.Core.Alerts;

/// <summary>The subscribers and the routes to them.</summary>
/// <param name="Routes">The routing tree; null when each subscriber gets the alerts of its rules at once.</param>
/// <param name="Subscribers">The subscribers by id.</param>
/// <param name="MutedChannels">The channels that have a muting, by id.</param>
public sealed record Audience(Route? Routes, IReadOnlyDictionary<string, Subscriber> Subscribers, IReadOnlyDictionary<string, Muting> MutedChannels)
{
    /// <summary>What operators silenced.</summary>
    public IReadOnlyList<Silence> Silences { get; init; } = [];
}
