namespace NewsWatch.Polling.Items;

/// <summary>Dates that sources give, as far as they can be true.</summary>
internal static class PlausibleDate
{
    /// <summary>No news is older; what says so has a broken clock.</summary>
    private static readonly DateTimeOffset Earliest = new(1995, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A date in the future is now; one from before the web's news is none: neither delays nor suppresses an alert.</summary>
    public static DateTimeOffset? Of(DateTimeOffset? date, DateTimeOffset firstSeen) =>
        date is not { } given || given < Earliest ? null : given > firstSeen ? firstSeen : given;
}
