using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace NewsWatch.Storage.Shares;

/// <summary>
/// Rendezvous hashing (Thaler and Ravishankar, 1998): every replica computes by itself whose each piece of work is, and all come to the same result. When one joins or leaves, only
/// what it gets or had changes hands.
/// </summary>
internal static class Rendezvous
{
    /// <summary>The replica, among those that live, that a piece of work belongs to.</summary>
    /// <param name="replicas">The ids of those that live; at least one.</param>
    public static long OwnerOf(OwnedKey work, IReadOnlyCollection<long> replicas)
    {
        var place = Hash($"{work.Kind}/{work.Key}");
        return replicas.MaxBy(replica => (Mix((ulong)replica ^ place), replica));
    }

    /// <summary>The first eight bytes of a text's SHA-256: the same on every machine.</summary>
    public static ulong Hash(string text) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>SplitMix64's finalizer (Steele, Lea and Flood, 2014): each bit of the input changes half of the bits of the result.</summary>
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
