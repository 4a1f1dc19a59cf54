using System.Collections.Concurrent;

namespace NewsWatch.Storage.Work;

/// <summary>A channel that has accepted nothing since something failed over it.</summary>
/// <param name="For">For how long, by the process's stopwatch.</param>
/// <param name="Reason">The last failure, one sentence.</param>
/// <param name="IsWhole">True when the channel as a whole failed, false when each failure concerned its message alone.</param>
internal sealed record SilentChannel(string Channel, TimeSpan For, string Reason, bool IsWhole);

/// <summary>Since when each channel accepts nothing: what health and the operator want to know and the database need not keep.</summary>
public sealed class ChannelSilence(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Silence> _silent = new();

    /// <summary>All channels that have accepted nothing since something failed.</summary>
    internal IReadOnlyList<SilentChannel> All =>
        [.. _silent.Select(entry => new SilentChannel(entry.Key, clock.GetElapsedTime(entry.Value.Since), entry.Value.Reason, entry.Value.IsWhole))];

    /// <summary>A message, or a look whether the channel is there, failed.</summary>
    internal void Failed(string channel, string reason, bool isWhole) => _silent.AddOrUpdate(
        channel,
        _ => new(clock.GetTimestamp(), reason, isWhole),
        (_, silence) => silence with { Reason = reason, IsWhole = silence.IsWhole || isWhole });

    /// <summary>The channel accepted a message, or has none.</summary>
    internal void Ended(string channel) => _silent.TryRemove(channel, out _);

    private sealed record Silence(long Since, string Reason, bool IsWhole);
}
