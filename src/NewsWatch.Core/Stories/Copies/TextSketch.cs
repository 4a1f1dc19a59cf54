using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using NewsWatch.Core.Stories.Terms;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Stories.Copies;

/// <summary>
/// A sample of a text from which copies are told: the smallest hashes of its runs of three words, and its values, the names and numbers in it.
/// At most 509 bytes when it is stored, however long the text.
/// </summary>
internal sealed partial class TextSketch
{
    // Texts of fewer words are copies of nothing.
    private const int MinWords = 25;
    private const int MaxBriefWords = 60;
    private const int MaxShingles = 102;
    private const int MaxValues = 24;
    private const int HeadBytes = 5;

    // Beside the number of values, which is smaller.
    private const byte LiveBit = 0x80;

    private readonly uint[] _shingles;
    private readonly uint[] _values;
    private readonly int _count;
    private readonly bool _isLive;

    private TextSketch(uint[] shingles, uint[] values, int count, bool isLive) => (_shingles, _values, _count, _isLive) = (shingles, values, count, isLive);

    /// <summary>Whether it is a summary of some lines: below this many words a text adds little to its headline.</summary>
    public bool IsBrief => _count < MaxBriefWords;

    /// <summary>The sampled hashes, ascending.</summary>
    public ReadOnlySpan<uint> Shingles => _shingles;

    // The largest hash up to which the sample is whole.
    private uint Limit => _count > MaxShingles ? _shingles[^1] : uint.MaxValue;

    /// <summary>The sketch of a text; null where it is too short to be a copy.</summary>
    public static TextSketch? From(string text) => From(text, SurfaceWords.Of(text), isLive: false);

    /// <summary>The sketch of a text that was split into its words; null where it is too short to be a copy.</summary>
    /// <param name="text">The text.</param>
    /// <param name="words">Its words.</param>
    /// <param name="isLive">Whether it is written while the thing happens: it quotes whole reports, and tells other things beside them.</param>
    public static TextSketch? From(string text, List<string> words, bool isLive)
    {
        if (words.Count < MinWords)
        {
            return null;
        }

        var shingles = HashesOfThree(string.Join(' ', words).Replace("'", "", StringComparison.Ordinal).ToLowerInvariant());
        return new([.. shingles.Order().Take(MaxShingles)], [.. Values(text).Distinct().Order().Take(MaxValues)], shingles.Count, isLive);
    }

    /// <summary>The sketch that was written by <see cref="ToBytes"/>; null for no bytes.</summary>
    public static TextSketch? FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return null;
        }

        var numbers = new uint[(bytes.Length - HeadBytes) / sizeof(uint)];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(HeadBytes + (i * sizeof(uint)))..]);
        }

        var values = bytes[HeadBytes - 1] & ~LiveBit;
        return new(numbers[values..], numbers[..values], BinaryPrimitives.ReadInt32LittleEndian(bytes), (bytes[HeadBytes - 1] & LiveBit) != 0);
    }

    /// <summary>The sketch as it is stored.</summary>
    public byte[] ToBytes()
    {
        uint[] numbers = [.. _values, .. _shingles];
        var bytes = new byte[HeadBytes + (numbers.Length * sizeof(uint))];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, _count);
        bytes[HeadBytes - 1] = (byte)(_values.Length | (_isLive ? LiveBit : 0));
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(HeadBytes + (i * sizeof(uint))), numbers[i]);
        }

        return bytes;
    }

    /// <summary>What this text and another have in common.</summary>
    public Overlap With(TextSketch other)
    {
        var (shorter, longer) = _count <= other._count ? (this, other) : (other, this);
        var limit = Math.Min(shorter.Limit, longer.Limit);
        var one = UpTo(shorter._shingles, limit);
        var another = UpTo(longer._shingles, limit);
        var least = Math.Min(one.Length, another.Length);
        var shared = Shared(one, another);
        var contained = least == 0 ? 0 : (float)shared / least;
        return new(contained, contained * shorter._count, Missing(shorter._values, longer._values), _isLive != other._isLive);
    }

    private static ReadOnlySpan<uint> UpTo(uint[] ascending, uint limit)
    {
        var at = Array.BinarySearch(ascending, limit);
        return ascending.AsSpan(0, at >= 0 ? at + 1 : ~at);
    }

    private static int Shared(ReadOnlySpan<uint> one, ReadOnlySpan<uint> other)
    {
        var (shared, i, j) = (0, 0, 0);
        while (i < one.Length && j < other.Length)
        {
            var (left, right) = (one[i], other[j]);
            shared += left == right ? 1 : 0;
            i += left <= right ? 1 : 0;
            j += right <= left ? 1 : 0;
        }

        return shared;
    }

    // Of words with a space between each two.
    private static HashSet<uint> HashesOfThree(ReadOnlySpan<char> words)
    {
        var hashes = new HashSet<uint>();
        var (first, second, third) = (-1, -1, 0);
        for (var at = 0; at <= words.Length; at++)
        {
            if (at == words.Length || words[at] == ' ')
            {
                if (first >= 0)
                {
                    hashes.Add((uint)WordHash.Of(words[first..at]));
                }

                (first, second, third) = (second, third, at + 1);
            }
        }

        return hashes;
    }

    private static float Missing(uint[] values, uint[] others)
    {
        var known = UpTo(values, others.Length == MaxValues ? others[^1] : uint.MaxValue);
        return known.IsEmpty ? 0 : (float)(known.Length - Shared(known, others)) / known.Length;
    }

    private static List<uint> Values(string text)
    {
        var hashes = new List<uint>();
        var folded = new List<char>();
        foreach (var match in Value().EnumerateMatches(text))
        {
            if (char.IsAsciiDigit(text[match.Index]) || IsInSentence(text, match.Index))
            {
                Fold(text.AsSpan(match.Index, match.Length), folded);
                hashes.Add((uint)WordHash.Of(CollectionsMarshal.AsSpan(folded)));
            }
        }

        return hashes;
    }

    // In small letters, without apostrophes.
    private static void Fold(ReadOnlySpan<char> value, List<char> folded)
    {
        folded.Clear();
        foreach (var c in value)
        {
            if (c is not ('\'' or '’'))
            {
                folded.Add(char.ToLowerInvariant(c));
            }
        }
    }

    // A capital at the beginning of a sentence names nobody.
    private static bool IsInSentence(string text, int at) => at >= 2 && text[at - 1] == ' ' && (char.IsLower(text[at - 2]) || text[at - 2] is ',' or ';');

    // Words with a capital, and numbers.
    [GeneratedRegex(@"\p{Lu}[\w’']+|\d[\d.,]*\d|\d", RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex Value();
}
