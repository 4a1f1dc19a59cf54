using System.Numerics;

namespace NewsWatch.Core.Rules.Hits;

/// <summary>A set of hashes that may take a few others for its own: one bit each, small enough for the processor's cache where the table behind it is not.</summary>
internal readonly struct BitFilter
{
    private const int BitsPerHash = 8;
    private readonly ulong[] _bits;
    private readonly int _shift;

    /// <summary>An empty filter for so many hashes.</summary>
    public BitFilter(int hashes)
    {
        var bits = BitOperations.RoundUpToPowerOf2((uint)Math.Max(4096, hashes * BitsPerHash));
        _bits = new ulong[bits / 64];
        _shift = 64 - BitOperations.Log2(bits);
    }

    /// <summary>Adds a hash; its highest bits must be as good as random.</summary>
    public void Add(ulong hash)
    {
        var bit = hash >> _shift;
        _bits[bit >> 6] |= 1UL << (int)bit;
    }

    /// <summary>False when the hash was never added, for all but a few.</summary>
    public bool MayHold(ulong hash) => Bit(hash) != 0;

    /// <summary>1 when <see cref="MayHold"/>, else 0: to be added up instead of branched on.</summary>
    public int Bit(ulong hash)
    {
        var bit = hash >> _shift;
        return (int)(_bits[bit >> 6] >> (int)bit) & 1;
    }
}
