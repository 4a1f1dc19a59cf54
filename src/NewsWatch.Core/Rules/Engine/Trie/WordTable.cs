using System.Numerics;
using NewsWatch.Core.Rules.Hits;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Engine.Trie;

/// <summary>The folded words of all rules: from a word's hash to its number and use, with one probe in most cases, and a filter before it.</summary>
internal sealed class WordTable
{
    private readonly Slot[] _slots;
    private readonly int _shift;
    private readonly BitFilter _filter;

    /// <summary>The table of the words that rules write.</summary>
    /// <param name="words">The folded words.</param>
    /// <param name="uses">What each is used for.</param>
    /// <param name="forms">The hashes of their forms, which the filter lets through as well.</param>
    public WordTable(IReadOnlyList<string> words, TrieNodeFlags[] uses, ReadOnlySpan<ulong> forms)
    {
        var size = BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, words.Count + (words.Count / 2)));
        _slots = new Slot[size];
        _shift = 64 - BitOperations.Log2(size);
        _filter = new BitFilter(words.Count + forms.Length);

        // The commonest first: they are found where they are looked for first.
        foreach (var id in Enumerable.Range(0, words.Count).OrderByDescending(id => WordFrequency.Estimate(words[id])))
        {
            var hash = WordHash.Of(words[id]);
            Probe(hash) = new Slot(hash, id + 1, uses[id]);
            _filter.Add(hash);
        }

        foreach (var hash in forms)
        {
            _filter.Add(hash);
        }
    }

    /// <summary>The hashes of the words and forms, and a few others.</summary>
    public BitFilter Filter => _filter;

    /// <summary>The word with a hash.</summary>
    public Word Find(ulong hash)
    {
        ref var slot = ref Probe(hash);
        return new Word(slot.Number - 1, slot.Use);
    }

    private ref Slot Probe(ulong hash)
    {
        var slots = _slots;
        var mask = slots.Length - 1;
        var i = (int)(hash >> _shift);
        while (true)
        {
            ref var slot = ref slots[i & mask];
            if (slot.Hash == hash || slot.Number == 0)
            {
                return ref slot;
            }

            i++;
        }
    }

    private readonly record struct Slot(ulong Hash, int Number, TrieNodeFlags Use);
}
