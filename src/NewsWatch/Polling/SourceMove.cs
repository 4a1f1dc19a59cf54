using NewsWatch.Storage;

namespace NewsWatch.Polling;

/// <summary>Permanent redirects: believed after two in a row, given up when the new address has nothing.</summary>
internal static class SourceMove
{
    /// <summary>After an answer that came by way of <paramref name="movedTo"/>; null when no permanent redirect was on the way.</summary>
    public static SourceRow After(SourceRow source, string? movedTo)
    {
        if (movedTo is null)
        {
            // At the address moved to, no further redirect is what was hoped for.
            return source.Address == source.Url ? source with { MovedTo = null, MovedSeen = 0 } : source;
        }

        var seen = movedTo == source.MovedTo ? source.MovedSeen + 1 : 1;
        return source with { MovedTo = movedTo, MovedSeen = seen };
    }

    /// <summary>Nothing is there: the configured address is asked next.</summary>
    public static SourceRow Undo(SourceRow source) => source with { MovedTo = null, MovedSeen = 0 };
}
