using System.Runtime.InteropServices;

namespace NewsWatch.Core.Text;

/// <summary>
/// The 64-bit hash of a folded word, by blocks of eight characters padded with zeros. Words are compared by it alone: two different words of a text and of a hundred
/// thousand rules share one with a chance below 1 in 10^10, and who wanted a false hit could simply write the word.
/// </summary>
internal static class WordHash
{
    /// <summary>Characters in a block.</summary>
    public const int Block = 8;

    public const ulong Seed = 0x9E3779B97F4A7C15;
    private const ulong FirstKey = 0xA0761D6478BD642F;
    private const ulong SecondKey = 0xE7037ED1A0B428DB;

    /// <summary>The hash of a whole word.</summary>
    public static ulong Of(ReadOnlySpan<char> folded)
    {
        var hash = Seed;
        Span<ulong> block = stackalloc ulong[2];
        for (var i = 0; i < folded.Length; i += Block)
        {
            block.Clear();
            folded[i..Math.Min(folded.Length, i + Block)].CopyTo(MemoryMarshal.Cast<ulong, char>(block));
            hash = Add(hash, block[0], block[1]);
        }

        return hash;
    }

    /// <summary>Takes another block of eight characters, the first four in <paramref name="low"/>, into a hash.</summary>
    public static ulong Add(ulong hash, ulong low, ulong high)
    {
        var (one, other) = (low ^ hash ^ FirstKey, high ^ SecondKey);

        // Two multiplications: the lower half that the first one gives goes through memory, which takes longer.
        return Math.BigMul(one, other, out _) ^ (one * other);
    }
}
