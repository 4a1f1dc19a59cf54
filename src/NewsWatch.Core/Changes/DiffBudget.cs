namespace NewsWatch.Core.Changes;

/// <summary>
/// How much work one diff may be: comparing grows with the product of what is compared, and a stranger may have written both. Beyond it sentences are compared more
/// coarsely, so that a change is told with more words marked, never missed.
/// </summary>
internal sealed class DiffBudget
{
    /// <summary>Comparisons of two words that a diff may make: some ten milliseconds.</summary>
    public const int MaxComparisons = 1_000_000;

    /// <summary>How many it has made.</summary>
    public long Spent { get; private set; }

    /// <summary>True where so many comparisons may still be made; they are then made.</summary>
    public bool TrySpend(long comparisons)
    {
        var may = Spent + comparisons <= MaxComparisons;
        Spent += may ? comparisons : 0;
        return may;
    }
}
