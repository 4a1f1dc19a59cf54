using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NewsWatch.Core.Stories.Terms;

/// <summary>The heaviest terms of a text and their weights, a row of length one: what a text is about, whatever its headline says.</summary>
internal sealed class TextProfile
{
    private const int MaxTerms = 48;
    private const int Found = 12;
    private const int TermBytes = sizeof(uint) + 1;

    // Two events of one kind share all words but their names, days and numbers.
    private const float NameWeight = 2;
    private const float NumberWeight = 2;

    // As bytes, and not as the numbers they stand for: a window holds a hundred thousand.
    private readonly byte[] _stored;
    private readonly float _length;

    private TextProfile(uint[] terms, byte[] weights)
    {
        (Terms, _stored) = (terms, weights);
        _length = MathF.Sqrt(weights.Sum(weight => (float)weight * weight));
    }

    /// <summary>The terms' hashes, ascending.</summary>
    public uint[] Terms { get; }

    /// <summary>The heaviest terms, by which like texts are found: no headline's term has such a key.</summary>
    public (ulong Key, float Weight)[] Heaviest()
    {
        // The last place is for what falls out. Of equal ones the smaller hash stays before: terms ascend.
        Span<int> heaviest = stackalloc int[Found + 1];
        for (var i = 0; i < Terms.Length; i++)
        {
            var at = Math.Min(i, Found);
            for (; at > 0 && _stored[heaviest[at - 1]] < _stored[i]; at--)
            {
                heaviest[at] = heaviest[at - 1];
            }

            heaviest[at] = i;
        }

        var found = new (ulong, float)[Math.Min(Terms.Length, Found)];
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = (Terms[heaviest[i]], Weight(heaviest[i]));
        }

        return found;
    }

    /// <summary>The weight of a term: all together are a row of length one.</summary>
    public float Weight(int at) => _stored[at] / _length;

    /// <summary>The profile of a text with its headline, which counts twice.</summary>
    public static TextProfile From(IEnumerable<Term> title, IEnumerable<Term> text, RecentCounts recent)
    {
        var counts = new Dictionary<string, (Term Term, int Count)>(StringComparer.Ordinal);
        var headline = title.ToList();
        foreach (var term in headline.Concat(headline).Concat(text))
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, term.Word, out var isKnown);
            known = (isKnown ? known.Term : term, known.Count + 1);
        }

        var heaviest = counts.Values.Select(one => (one.Term.Hash, Weight: Weight(one.Term, one.Count, recent)))
            .OrderByDescending(term => term.Weight).ThenBy(term => term.Hash).Take(MaxTerms).ToList();
        var scale = heaviest.Count == 0 ? 1 : byte.MaxValue / heaviest[0].Weight;
        var terms = heaviest.DistinctBy(term => (uint)term.Hash).OrderBy(term => (uint)term.Hash).ToList();
        return new([.. terms.Select(term => (uint)term.Hash)], [.. terms.Select(term => (byte)MathF.Round(term.Weight * scale))]);
    }

    /// <summary>The profile that was written by <see cref="ToBytes"/>; null for no bytes.</summary>
    public static TextProfile? FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return null;
        }

        var (terms, weights) = (new uint[bytes.Length / TermBytes], new byte[bytes.Length / TermBytes]);
        for (var i = 0; i < terms.Length; i++)
        {
            (terms[i], weights[i]) = (BinaryPrimitives.ReadUInt32LittleEndian(bytes[(i * TermBytes)..]), bytes[((i + 1) * TermBytes) - 1]);
        }

        return new(terms, weights);
    }

    /// <summary>The profile as it is stored, 240 bytes at most.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Terms.Length * TermBytes];
        for (var i = 0; i < Terms.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * TermBytes), Terms[i]);
            bytes[((i + 1) * TermBytes) - 1] = _stored[i];
        }

        return bytes;
    }

    /// <summary>The cosine of two profiles.</summary>
    public float With(TextProfile other)
    {
        var (sum, i, j) = (0f, 0, 0);
        while (i < Terms.Length && j < other.Terms.Length)
        {
            if (Terms[i] == other.Terms[j])
            {
                sum += Weight(i++) * other.Weight(j++);
            }
            else if (Terms[i] < other.Terms[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return sum;
    }

    private static float Weight(Term term, int count, RecentCounts recent) =>
        (1 + MathF.Log(count)) * recent.Rarity(term.Hash, term.IsWatched) * (term.IsName ? NameWeight : term.IsNumber ? NumberWeight : 1);
}
