using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NewsWatch.Core.Text;

/// <summary>Folds and hashes ASCII letters and digits sixteen at a time.</summary>
internal static class AsciiScanner
{
    /// <summary>Characters that <see cref="Fold"/> looks at.</summary>
    public const int Size = 16;

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
    /// Returns their hash, as <see cref="WordHash.Of"/> does.
    /// </summary>
    public static ulong Fold(ReadOnlySpan<char> text, Span<char> folded, int count)
    {
        // Digits have the bit of small letters set already.
        var lower = Vector256.Create(MemoryMarshal.Cast<char, ushort>(text)) | Vector256.Create((ushort)0x20);
        var kept = lower & Vector256.LessThan(Vector256<ushort>.Indices, Vector256.Create((ushort)count));
        kept.CopyTo(MemoryMarshal.Cast<char, ushort>(folded));
        var blocks = kept.AsUInt64();
        var first = WordHash.Add(WordHash.Seed, blocks.GetElement(0), blocks.GetElement(1));

        // Both are computed: a processor guesses wrong which of the two a word needs.
        var both = WordHash.Add(first, blocks.GetElement(2), blocks.GetElement(3));
        return count > WordHash.Block ? both : first;
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
