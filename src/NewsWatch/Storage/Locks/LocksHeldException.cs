namespace NewsWatch.Storage.Locks;

/// <summary>
/// A unit of work came to something that another replica writes about. To wait in the middle of a transaction could keep two replicas waiting for each other; so the unit is undone, and
/// begins again when it holds this, too. An exception, because it has to leave whatever the unit is in the middle of; only the writer sees it.
/// </summary>
/// <param name="numbers">What is missing; null for everything.</param>
internal sealed class LocksHeldException(IReadOnlyList<long>? numbers) : Exception("another replica writes about the same; the unit of work begins again")
{
    /// <summary>What the unit waits for the next time.</summary>
    public LockSet With(LockSet before) => numbers is null ? LockSet.Whole : before.And(numbers);
}
