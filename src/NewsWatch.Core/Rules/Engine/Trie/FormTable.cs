using System.Numerics;

namespace NewsWatch.Core.Rules.Engine.Trie;

/// <summary>
/// The inflections and cases that belong to classes, by their hashes. Rules have a hundred times as many of them as words, so a form has no text, no number and no key of
/// its own: twelve bytes tell which class it belongs to, and when.
/// </summary>
internal sealed class FormTable
{
    private const int FormsPerBucket = 4;

    // Sorted; a form of two classes is listed twice.
    private readonly ulong[] _hashes;
    private readonly int[] _uses;
    private readonly ClassUse[] _classes;

    // Where the hashes with the same highest bits begin.
    private readonly int[] _buckets;
    private readonly int _shift;

    /// <summary>The table of forms and, side by side, what each is used for.</summary>
    /// <param name="hashes">The hashes of the forms; the array becomes the table's.</param>
    /// <param name="uses">For each, the number of its use; the array becomes the table's.</param>
    /// <param name="classes">The uses, by number.</param>
    public FormTable(ulong[] hashes, int[] uses, ClassUse[] classes)
    {
        (_hashes, _uses, _classes) = (hashes, uses, classes);
        Array.Sort(hashes, uses);
        SortEqual();
        var bits = Math.Max(1, BitOperations.Log2((uint)Math.Max(1, hashes.Length / FormsPerBucket)));
        _shift = 64 - bits;
        _buckets = new int[(1 << bits) + 1];
        foreach (var hash in hashes)
        {
            _buckets[(int)(hash >> _shift) + 1]++;
        }

        for (var bucket = 1; bucket < _buckets.Length; bucket++)
        {
            _buckets[bucket] += _buckets[bucket - 1];
        }
    }

    public bool IsEmpty => _hashes.Length == 0;

    /// <summary>The hashes of all forms.</summary>
    public ReadOnlySpan<ulong> Hashes => _hashes;

    /// <summary>A use by its number.</summary>
    public ref readonly ClassUse this[int use] => ref _classes[use];

    /// <summary>Whether a word with this hash is a form.</summary>
    public bool Contains(ulong hash) => !Of(hash).IsEmpty;

    /// <summary>The numbers of the uses of the form with a hash.</summary>
    public ReadOnlySpan<int> Of(ulong hash)
    {
        var bucket = (int)(hash >> _shift);
        var (from, end) = (_buckets[bucket], _buckets[bucket + 1]);
        while (from < end && _hashes[from] < hash)
        {
            from++;
        }

        var behind = from;
        while (behind < end && _hashes[behind] == hash)
        {
            behind++;
        }

        return _uses.AsSpan(from, behind - from);
    }

    // Of equal hashes the use that was named first comes first.
    private void SortEqual()
    {
        for (var from = 0; from < _hashes.Length;)
        {
            var behind = from + 1;
            while (behind < _hashes.Length && _hashes[behind] == _hashes[from])
            {
                behind++;
            }

            _uses.AsSpan(from, behind - from).Sort();
            from = behind;
        }
    }
}
