namespace NewsWatch.Storage.Shares;

/// <summary>A kind of work that is divided among replicas, key by key.</summary>
public interface IOwnedWork
{
    /// <summary>All keys there are, whoever has them.</summary>
    IReadOnlyCollection<OwnedKey> All { get; }

    /// <summary>The keys that this process is at work for, or must still keep its hands on: they are not given away yet.</summary>
    IReadOnlySet<OwnedKey> InUse { get; }
}

/// <summary>What one replica does for all. It is in use at no time: what it does are short writes, one after the other.</summary>
internal sealed class LeadRole : IOwnedWork
{
    /// <inheritdoc/>
    public IReadOnlyCollection<OwnedKey> All { get; } = [OwnedKey.Lead];

    /// <inheritdoc/>
    public IReadOnlySet<OwnedKey> InUse { get; } = new HashSet<OwnedKey>();
}
