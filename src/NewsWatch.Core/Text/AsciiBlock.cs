using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NewsWatch.Core.Text;

/// <summary>Folds and hashes ASCII letters and digits eight at a time.</summary>
internal static class AsciiBlock
{
    /// <summary>Characters in a block.</summary>
    public const int Size = 8;

    /// <summary>
    /// Folds the letters and digits at the beginning of a block into <paramref name="folded"/> (the rest of it is zeroed) and takes them into the hash.
    /// Returns how many they are.
    /// </summary>
    public static int Fold(ReadOnlySpan<char> text, Span<char> folded, ref ulong hash)
    {
        var block = Vector128.Create(MemoryMarshal.Cast<char, ushort>(text));
        var lower = block | Vector128.Create((ushort)0x20);
        var letters = Vector128.LessThan(lower - Vector128.Create((ushort)'a'), Vector128.Create((ushort)26));
        var digits = Vector128.LessThan(block - Vector128.Create((ushort)'0'), Vector128.Create((ushort)10));
        var run = System.Numerics.BitOperations.TrailingZeroCount(~(letters | digits).ExtractMostSignificantBits());
        if (run >= Size)
        {
            run = Size;
        }

        if (run == 0)
        {
            return 0;
        }

        // Digits have the bit of small letters set already.
        var kept = lower & Vector128.LessThan(Vector128<ushort>.Indices, Vector128.Create((ushort)run));
        kept.CopyTo(MemoryMarshal.Cast<char, ushort>(folded));
        hash = WordHash.Add(hash, kept.AsUInt64().GetElement(0), kept.AsUInt64().GetElement(1));
        return run;
    }
}
