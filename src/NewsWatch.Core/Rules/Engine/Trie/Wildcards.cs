using NewsWatch.Core.Rules.Hits;

namespace NewsWatch.Core.Rules.Engine.Trie;

/// <summary>A pattern with <c>*</c> or <c>?</c> and its symbol.</summary>
internal sealed record Wildcard(string Pattern, int Symbol);

/// <summary>All wildcard patterns, found by the letters before the wildcard: three of them, or fewer where there are no more.</summary>
internal sealed class Wildcards
{
    private const int MaxPrefixLength = 3;
    private readonly Dictionary<int, Wildcard[]> _byPrefix;
    private readonly BitFilter _filter;

    public Wildcards(IEnumerable<Wildcard> wildcards)
    {
        _byPrefix = wildcards.GroupBy(w => KeyOf(w.Pattern.AsSpan(0, PrefixLength(w.Pattern)))).ToDictionary(g => g.Key, g => g.ToArray());
        _filter = new BitFilter(_byPrefix.Count);
        foreach (var key in _byPrefix.Keys)
        {
            _filter.Add(Mixed(key));
        }
    }

    public bool IsEmpty => _byPrefix.Count == 0;

    /// <summary>Whether a folded word may begin as one of them does.</summary>
    public bool MayBegin(ReadOnlySpan<char> word)
    {
        for (var length = 1; length <= Math.Min(MaxPrefixLength, word.Length); length++)
        {
            if (_filter.MayHold(Mixed(KeyOf(word[..length]))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The patterns whose first letters are those of the word.</summary>
    public Matches Near(ReadOnlySpan<char> word) => new(this, word);

    private static ulong Mixed(int key) => (uint)key * 0x9E3779B97F4A7C15;

    private static int PrefixLength(string pattern) => Math.Min(MaxPrefixLength, pattern.AsSpan().IndexOfAny('*', '?'));

    private static int KeyOf(ReadOnlySpan<char> prefix)
    {
        var key = prefix.Length;
        foreach (var c in prefix)
        {
            key = (key * 65_599) + c;
        }

        return key;
    }

    /// <summary>Walks the patterns for one word without allocating.</summary>
    internal ref struct Matches(Wildcards all, ReadOnlySpan<char> word)
    {
        private readonly ReadOnlySpan<char> _word = word;
        private Wildcard[] _bucket = [];
        private int _next;
        private int _length;

        public readonly Wildcard Current => _bucket[_next - 1];

        public readonly Matches GetEnumerator() => this;

        public bool MoveNext()
        {
            while (_next >= _bucket.Length)
            {
                if (++_length > MaxPrefixLength || _length > _word.Length)
                {
                    return false;
                }

                _next = 0;
                _bucket = all._byPrefix.TryGetValue(KeyOf(_word[.._length]), out var bucket) ? bucket : [];
            }

            _next++;
            return true;
        }
    }
}
