using NewsWatch.Storage.Shares;

namespace NewsWatch.Storage.Replicas;

/// <summary>A service that works on the database, or did until a moment ago.</summary>
public sealed record ReplicaRow
{
    /// <summary>The id of its start.</summary>
    public long Id { get; init; }

    /// <summary>What it is called.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its version of NewsWatch.</summary>
    public string Version { get; init; } = "";

    /// <summary>When it started.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>When it was last heard of.</summary>
    public DateTimeOffset Seen { get; init; }

    /// <summary>How many of the <see cref="OwnedKey.Shards"/> shards of hosts are its own.</summary>
    public long Shards { get; init; }

    /// <summary>How many lanes of channels are.</summary>
    public long Lanes { get; init; }

    /// <summary>True for the one that does what one does for all.</summary>
    public bool Leads { get; init; }
}

/// <summary>The tables <c>replica</c> and <c>owned</c>.</summary>
internal static class ReplicaStore
{
    /// <summary>A condition: nobody who lives holds the row, but perhaps this process, whose id is <c>@replica</c>. All others are dead where one service runs on a database.</summary>
    /// <param name="column">The column that names the holder.</param>
    public static string IsDead(string column) => $"({column} IS NULL OR ({column} <> @replica AND {column} NOT IN (SELECT living.id FROM replica AS living)))";

    /// <summary>All replicas, by name, with what they own.</summary>
    public static IReadOnlyList<ReplicaRow> All(Session db) => db.Query<ReplicaRow>(
        """
        SELECT id, name, version, started, seen,
          (SELECT count(*) FROM owned WHERE owned.replica = replica.id AND kind = 'shard') AS shards,
          (SELECT count(*) FROM owned WHERE owned.replica = replica.id AND kind = 'lane') AS lanes,
          CASE WHEN EXISTS (SELECT 1 FROM owned WHERE owned.replica = replica.id AND kind = 'role') THEN 1 ELSE 0 END AS leads
        FROM replica ORDER BY name
        """);

    /// <summary>Who was heard of when, and is at work or still starting.</summary>
    public static IReadOnlyList<(long Id, DateTimeOffset Seen, bool Works)> Seen(Session db) =>
        [.. db.Query<(long Id, long Seen, bool Works)>("SELECT id, seen, works FROM replica").Select(row => (row.Id, UnixTime.At(row.Seen), row.Works))];

    /// <summary>A replica has started: from now on it gets its share.</summary>
    public static void Begin(Session db, long replica) => db.Execute("UPDATE replica SET works = 1 WHERE id = @replica", new { replica });

    /// <summary>What belongs to whom; null for nobody.</summary>
    public static IReadOnlyDictionary<OwnedKey, long?> Owned(Session db) =>
        db.Query<(string Kind, string Key, long? Replica)>("SELECT kind, key, replica FROM owned").ToDictionary(row => new OwnedKey(row.Kind, row.Key), row => row.Replica);

    /// <summary>Removes the replicas that were not heard of since a time, with what they owned: from now on what they held is free. Returns their number.</summary>
    public static int RemoveSilent(Session db, DateTimeOffset since) => db.Execute("DELETE FROM replica WHERE seen < @since", new { since = UnixTime.Of(since) });

    /// <summary>Writes down work that was not there before; it is nobody's.</summary>
    public static void Add(Session db, IEnumerable<OwnedKey> keys) =>
        db.Execute("INSERT INTO owned (kind, key) VALUES (@Kind, @Key) ON CONFLICT (kind, key) DO NOTHING", keys.Select(key => new { key.Kind, key.Key }));

    /// <summary>Gives up what a replica owned, and takes what nobody owns.</summary>
    public static void Change(Session db, long replica, IEnumerable<OwnedKey> given, IEnumerable<OwnedKey> taken)
    {
        foreach (var kind in given.GroupBy(key => key.Kind, key => key.Key))
        {
            db.Execute("UPDATE owned SET replica = NULL WHERE kind = @Key AND key IN @keys AND replica = @replica", new { kind.Key, keys = kind.ToList(), replica });
        }

        foreach (var kind in taken.GroupBy(key => key.Kind, key => key.Key))
        {
            db.Execute("UPDATE owned SET replica = @replica WHERE kind = @Key AND key IN @keys AND replica IS NULL", new { kind.Key, keys = kind.ToList(), replica });
        }
    }
}
