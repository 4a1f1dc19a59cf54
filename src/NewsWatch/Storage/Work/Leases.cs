using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using NewsWatch.Storage.Shares;

namespace NewsWatch.Storage.Work;

/// <summary>The stages of the flow whose work is leased.</summary>
public enum Stage
{
    /// <summary>A source that is polled.</summary>
    Poll,

    /// <summary>An item that becomes an article.</summary>
    Item,

    /// <summary>An article whose page is read.</summary>
    Page,

    /// <summary>A message that is sent.</summary>
    Delivery,
}

/// <summary>A row that this process works on.</summary>
/// <param name="Key">The source's id, the item's or article's number, or the bundle.</param>
/// <param name="Fence">The number of this claim: an end that names an older one changes nothing.</param>
public readonly record struct Lease(Stage Stage, string Key, long Fence);

/// <summary>
/// What this process holds. A lease has no time limit, so that no clock takes it away: it ends when its holder ends it, or when another process finds the holder dead. On a file that
/// is every other holder, because the file is locked for the life of a process; on PostgreSQL it is one whose row in <c>replica</c> is gone.
/// </summary>
public sealed class Leases
{
    private readonly ConcurrentDictionary<Lease, byte> _abandoned = [];
    private readonly Counter<long> _lost;

    /// <summary>Those of a process.</summary>
    /// <param name="share">What of the work is this process's; null for all of it.</param>
    public Leases(IMeterFactory meters, WorkShare? share = null)
    {
        Share = share ?? WorkShare.All();
        _lost = meters.Create("newswatch").CreateCounter<long>(
            "leases_lost_total", description: "Work that was ended by a process that did not hold it any more, by stage; nothing of it was written.");
    }

    /// <summary>What of the work is this process's.</summary>
    public WorkShare Share { get; }

    /// <summary>The id of this start, unlike every other.</summary>
    public long Replica => Share.Id;

    /// <summary>The work ended in a way that could not be written down. It is given back with the stage's next claim.</summary>
    public void Abandon(Lease lease) => _abandoned[lease] = 0;

    /// <summary>The leases of a stage to give back, inside the stage's next claim.</summary>
    public IReadOnlyList<Lease> Abandoned(Stage stage) => _abandoned.IsEmpty ? [] : [.. _abandoned.Keys.Where(lease => lease.Stage == stage)];

    /// <summary>These were given back, durably.</summary>
    public void GivenBack(IEnumerable<Lease> leases)
    {
        foreach (var lease in leases)
        {
            _abandoned.TryRemove(lease, out _);
        }
    }

    /// <summary>The end of a lease found another holder, and wrote nothing.</summary>
    public void Lost(Stage stage) => _lost.Add(1, new KeyValuePair<string, object?>("stage", StoredName.Of(stage)));
}
