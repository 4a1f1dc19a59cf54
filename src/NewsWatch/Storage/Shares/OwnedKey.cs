using System.Globalization;

namespace NewsWatch.Storage.Shares;

/// <summary>A piece of work that belongs to one replica at a time.</summary>
/// <param name="Kind">One of the constants here.</param>
/// <param name="Key">Which of its kind.</param>
public readonly record struct OwnedKey(string Kind, string Key)
{
    /// <summary>Hosts, by <see cref="ShardOf"/>: their requests are one replica's, so that it can keep the gap between two.</summary>
    public const string Shard = "shard";

    /// <summary>One message at a time over a channel: <c>CHANNEL/NUMBER</c>.</summary>
    public const string Lane = "lane";

    /// <summary>How many shards all hosts are divided into.</summary>
    public const int Shards = 1_024;

    /// <summary>What one replica does for all: deleting what is expired, reminders, the archive, the heartbeat.</summary>
    public static OwnedKey Lead { get; } = new("role", "lead");

    /// <summary>The key of a shard.</summary>
    public static OwnedKey OfShard(long shard) => new(Shard, shard.ToString(CultureInfo.InvariantCulture));

    /// <summary>The key of a channel's lane.</summary>
    public static OwnedKey OfLane(string channel, int number) => new(Lane, string.Create(CultureInfo.InvariantCulture, $"{channel}/{number}"));

    /// <summary>The shard of a host, or of a source that has none.</summary>
    /// <param name="host">The host's name in its ASCII form, or the source's id.</param>
    public static long ShardOf(string host) => (long)(Rendezvous.Hash(host) % Shards);
}
