using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NewsWatch.Core.Text;

/// <summary>Folds and hashes ASCII letters and digits eight at a time.</summary>
internal static class AsciiScanner
{
    /// <summary>Characters in a block.</summary>
    public const int Size = 8;

    /// <summary>Characters that <see cref="LettersOf"/> looks at.</summary>
    public const int MapSize = 64;

    /// <summary>Which of the first 64 characters of a text are ASCII letters or digits: the lowest bit is the first. Behind the end of the text is none.</summary>
    public static ulong LettersOf(ReadOnlySpan<char> text)
    {
        if (text.Length < MapSize)
        {
            Span<char> padded = stackalloc char[MapSize];
            padded.Clear();
            text.CopyTo(padded);
            return LettersOf(padded);
        }

        var units = MemoryMarshal.Cast<char, ushort>(text[..MapSize]);
        return Letters(units) | ((ulong)Letters(units[(MapSize / 2)..]) << (MapSize / 2));
    }

    /// <summary>
    /// Folds the first <paramref name="count"/> characters of a block, which are letters and digits, into <paramref name="folded"/> (the rest of it is zeroed).
    /// Returns the hash with them taken in.
    /// </summary>
    public static ulong Fold(ReadOnlySpan<char> text, Span<char> folded, int count, ulong hash)
    {
        // Digits have the bit of small letters set already.
        var lower = Vector128.Create(MemoryMarshal.Cast<char, ushort>(text)) | Vector128.Create((ushort)0x20);
        var kept = lower & Vector128.LessThan(Vector128<ushort>.Indices, Vector128.Create((ushort)count));
        kept.CopyTo(MemoryMarshal.Cast<char, ushort>(folded));
        return WordHash.Add(hash, kept.AsUInt64().GetElement(0), kept.AsUInt64().GetElement(1));
    }

    // What is no ASCII becomes 0xFF, which is no letter.
    private static uint Letters(ReadOnlySpan<ushort> units)
    {
        var bytes = Vector256.NarrowWithSaturation(Vector256.Create(units), Vector256.Create(units[Vector256<ushort>.Count..]));
        var letters = Vector256.LessThan((bytes | Vector256.Create((byte)0x20)) - Vector256.Create((byte)'a'), Vector256.Create((byte)26));
        var digits = Vector256.LessThan(bytes - Vector256.Create((byte)'0'), Vector256.Create((byte)10));
        return (letters | digits).ExtractMostSignificantBits();
    }
}
