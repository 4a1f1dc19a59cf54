using NewsWatch.Storage.Sources;

namespace NewsWatch.Polling;

/// <summary>
/// Permanent redirects: believed after two in a row where they stay on the site, given up when the new address has nothing, and looked after once a day
/// at the configured address. The operator gets a notice of each.
/// </summary>
internal static class PermanentRedirect
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromDays(1);

    /// <summary>The source as it is polled now: once a day at its configured address.</summary>
    public static DueSource ForPoll(DueSource source, DateTimeOffset now) =>
        source with { AsksConfigured = source.IsMoved && !((now - source.MovedAsked)?.Duration() < AskAgain) };

    /// <summary>After an answer that came by way of <paramref name="movedTo"/>; null when no permanent redirect was on the way.</summary>
    public static SourceRow After(SourceRow source, string? movedTo, DateTimeOffset asked)
    {
        if (movedTo is null)
        {
            // At the address moved to, no further redirect is what was hoped for.
            return source.Address == source.Url ? Undo(source) : source;
        }

        return movedTo == source.MovedTo
            ? source with { MovedSeen = source.MovedSeen + 1, MovedAsked = asked }
            : source with { MovedTo = movedTo, MovedSeen = 1, MovedTold = null, MovedAsked = asked };
    }

    /// <summary>Nothing is there: the configured address is asked next.</summary>
    public static SourceRow Undo(SourceRow source) => source with { MovedTo = null, MovedSeen = 0, MovedTold = null, MovedAsked = null };

    /// <summary>The configured address has nothing when it is looked after: the source stays where it has moved to and is asked there at once.</summary>
    public static SourceRow Stay(SourceRow source, DateTimeOffset asked, DateTimeOffset now) =>
        source with { LastPoll = asked, MovedAsked = asked, NextDue = now };

    /// <summary>True when the operator must hear of the move.</summary>
    public static bool IsUntold(SourceRow source) => source is { MovedTo: not null, MovedSeen: >= DueSource.Confirmations, MovedTold: null };
}
