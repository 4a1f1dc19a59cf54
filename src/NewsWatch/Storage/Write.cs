using NewsWatch.Storage.Locks;

namespace NewsWatch.Storage;

/// <summary>A unit of work that waits for the writer, with its caller.</summary>
internal sealed class Write(Func<Session, object?> work, WritePriority priority, long number)
{
    /// <summary>Who meets so many other writes does without them.</summary>
    private const int MostMet = 3;

    /// <summary>A unit of work whose connection broke so often is given up.</summary>
    private const int MostBroken = 5;

    private int _met;
    private int _broken;

    /// <summary>Deliveries first, then in the order they came.</summary>
    public static readonly IComparer<Write> InTurn = Comparer<Write>.Create((one, other) => one.Turn.CompareTo(other.Turn));

    public WritePriority Priority => priority;

    /// <summary>What it waits for before it begins.</summary>
    public required LockSet Locks { get; set; }

    public TaskCompletionSource<object?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Of the run that counts.</summary>
    public Session? Session { get; private set; }

    public object? Answer { get; private set; }

    public Exception? Failure { get; set; }

    private (WritePriority Priority, long Number) Turn => (priority, number);

    public void Run(IWriter writer)
    {
        Session = new(writer);
        Answer = work(Session);
    }

    /// <summary>It was undone, and begins again with these.</summary>
    public void Again(LockSet locks) => Locks = ++_met < MostMet ? locks : LockSet.Whole;

    /// <summary>The connection broke, and nothing of it was written. True when it begins again on another one.</summary>
    public bool BeginsAgain()
    {
        Failure = null;
        return ++_broken < MostBroken;
    }

    public void End()
    {
        if (Failure is null)
        {
            Done.TrySetResult(Answer);
        }
        else
        {
            Done.TrySetException(Failure);
        }
    }
}

/// <summary>Which writes go first when several wait.</summary>
public enum WritePriority
{
    /// <summary>Commits 3 and 4: a decided alert leaves at once, however many items wait to be decided on.</summary>
    Delivery,

    /// <summary>All others, in the order they came.</summary>
    Usual,

    /// <summary>What nobody waits for: it goes when nothing else waits.</summary>
    Spare,
}

/// <summary>A write that kept all others waiting.</summary>
/// <param name="Took">How long.</param>
/// <param name="Timestamp">When it ended, by the stopwatch of <see cref="TimeProvider.System"/>.</param>
public sealed record LongWrite(TimeSpan Took, long Timestamp);
