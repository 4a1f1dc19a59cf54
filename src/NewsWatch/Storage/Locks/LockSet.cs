namespace NewsWatch.Storage.Locks;

/// <summary>
/// What a unit of work waits for before it begins: nobody else writes about these things until its transaction has ended. On a file, where writes come one after the other anyway, nobody
/// asks for them, and they are not made.
/// </summary>
public sealed class LockSet
{
    /// <summary>More are not asked for one by one: the server has room for some thousands over all its connections.</summary>
    private const int Most = 200;

    private readonly Lazy<long[]?> _numbers;

    private LockSet(Func<long[]?> numbers) => _numbers = new(numbers);

    /// <summary>Everything: no other write of any process is under way.</summary>
    public static LockSet Whole { get; } = new(() => null);

    /// <summary>Nothing beforehand: rows that nobody else writes, or that a unit of work finds and asks for itself (<c>Session.Lock</c>).</summary>
    public static LockSet None { get; } = new(() => []);

    /// <summary>True for <see cref="Whole"/>.</summary>
    internal bool IsWhole => _numbers.Value is null;

    /// <summary>In rising order, each once; the order in which every replica waits for them, so that no two wait for each other.</summary>
    internal IReadOnlyList<long> Numbers => _numbers.Value ?? [];

    /// <summary>These things. What a unit of work knows beforehand costs it no command of its own.</summary>
    /// <param name="keys">Read when the set is needed.</param>
    public static LockSet Of(params IEnumerable<LockKey> keys) => new(() => Ordered(keys.Select(key => key.Number)));

    /// <summary>With more.</summary>
    internal LockSet And(IEnumerable<long> more) => new(() => _numbers.Value is { } numbers ? Ordered(numbers.Concat(more)) : null);

    private static long[]? Ordered(IEnumerable<long> numbers)
    {
        long[] ordered = [.. numbers.Distinct().Order()];
        return ordered.Length <= Most ? ordered : null;
    }
}
