namespace NewsWatch.Core.Alerts;

/// <summary>Where an alert goes: one subscriber over one channel.</summary>
/// <param name="Subscriber">The recipient.</param>
/// <param name="Channel">By what means: the route's channel, else the subscriber's own.</param>
/// <param name="Handling">How the route groups and delays.</param>
/// <param name="Wanted">False when a route brings the alert but the subscriber's own rules leave it out.</param>
public sealed record Destination(Subscriber Subscriber, string Channel, Handling Handling, bool Wanted);

/// <summary>How a route groups and delays, with everything it inherits.</summary>
/// <param name="Digest">Local times of digests; empty for none.</param>
public sealed record Handling(GroupBy GroupBy, TimeSpan Wait, TimeSpan FollowUpEvery, IReadOnlyList<TimeOnly> Digest)
{
    /// <summary>How long before a deadline a reminder comes; zero for none.</summary>
    public TimeSpan Remind { get; init; }

    /// <summary>Each alert at once, as a message of its own.</summary>
    public static Handling AtOnce { get; } = new(GroupBy.None, TimeSpan.Zero, TimeSpan.Zero, []);
}
