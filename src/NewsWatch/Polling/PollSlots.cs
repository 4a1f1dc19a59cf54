using NewsWatch.Storage.Sources;

namespace NewsWatch.Polling;

/// <summary>
/// The polls that may be in flight at once. Sources that fail have slots of their own beside the others, a quarter as many, and sources that were never polled
/// take at most half of the others: however many of them hang, sources that work find a slot.
/// </summary>
internal sealed class PollSlots
{
    private readonly int _failingMost;
    private readonly int _newMost;
    private readonly int _othersMost;
    private int _failing;
    private int _new;
    private int _others;

    /// <summary>What is free while some polls are in flight.</summary>
    /// <param name="limit">The slots of sources that do not fail.</param>
    /// <param name="busy">The standings of the sources in flight.</param>
    public PollSlots(int limit, IEnumerable<SourceStanding> busy)
    {
        _failingMost = Math.Max(1, limit / 4);
        _newMost = Math.Max(1, limit / 2);
        _othersMost = Math.Max(1, limit);
        foreach (var standing in busy)
        {
            Take(standing);
        }
    }

    /// <summary>True when a source of this standing finds a slot.</summary>
    public bool HasRoom(SourceStanding standing) => standing switch
    {
        SourceStanding.Failing => _failing < _failingMost,
        SourceStanding.New => _new < _newMost && _others < _othersMost,
        _ => _others < _othersMost,
    };

    /// <summary>Takes a slot.</summary>
    public void Take(SourceStanding standing)
    {
        _failing += standing is SourceStanding.Failing ? 1 : 0;
        _new += standing is SourceStanding.New ? 1 : 0;
        _others += standing is SourceStanding.Failing ? 0 : 1;
    }
}
