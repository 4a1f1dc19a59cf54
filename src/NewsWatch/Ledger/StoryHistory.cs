using NewsWatch.Storage.Stories;

namespace NewsWatch.Ledger;

/// <summary>How an article came to its story, and what became of the story.</summary>
internal static class StoryHistory
{
    /// <summary>One sentence for each; none for an article whose story is its headline.</summary>
    /// <param name="events">Merges and splits of the story, oldest first.</param>
    /// <param name="time">Writes a time for the reader.</param>
    public static IReadOnlyList<string> Of(StoredPlacement? placement, IReadOnlyList<(DateTimeOffset At, string Why)> events, Func<DateTimeOffset, string> time) =>
        placement is null ? [] : [placement.Why + (placement.IsDoubtful ? "; told all the same, because it may be another fact" : ""), .. events.Select(one => $"{time(one.At)}  {one.Why}")];
}
