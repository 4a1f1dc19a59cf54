using NewsWatch.Core.Rules.Hits;

namespace NewsWatch.Core.Rules.Engine.Trie;

/// <summary>What a long word may end in, and the class that it then belongs to.</summary>
internal sealed record Tail(string Folded, ClassUse Use);

/// <summary>All tails, found by their last letters; a small filter rules out most words.</summary>
internal sealed class Tails
{
    private const int KeyLength = 4;

    // So much must stand before the tail.
    private const int MinHeadLength = 3;
    private readonly Dictionary<ulong, Tail[]> _byEnd;
    private readonly BitFilter _filter;

    public Tails(IEnumerable<Tail> tails)
    {
        _byEnd = tails.Where(tail => tail.Folded.Length >= KeyLength).GroupBy(tail => KeyOf(tail.Folded)).ToDictionary(group => group.Key, group => group.ToArray());
        _filter = new BitFilter(_byEnd.Count);
        foreach (var key in _byEnd.Keys)
        {
            _filter.Add(Mixed(key));
        }
    }

    public bool IsEmpty => _byEnd.Count == 0;

    /// <summary>Whether a folded word may end in one of them.</summary>
    public bool MayEnd(ReadOnlySpan<char> word) => word.Length >= KeyLength + MinHeadLength && _filter.MayHold(Mixed(KeyOf(word)));

    /// <summary>The tails of a folded word.</summary>
    public Matches Of(ReadOnlySpan<char> word) => new(word, MayEnd(word) && _byEnd.TryGetValue(KeyOf(word), out var tails) ? tails : []);

    private static ulong KeyOf(ReadOnlySpan<char> word)
    {
        var key = 0UL;
        foreach (var c in word[^KeyLength..])
        {
            key = (key << 16) | c;
        }

        return key;
    }

    private static ulong Mixed(ulong key) => key * 0x9E3779B97F4A7C15;

    /// <summary>Walks the tails of one word without allocating.</summary>
    internal ref struct Matches(ReadOnlySpan<char> word, Tail[] tails)
    {
        private readonly ReadOnlySpan<char> _word = word;
        private int _next;

        public readonly Tail Current => tails[_next - 1];

        public readonly Matches GetEnumerator() => this;

        public bool MoveNext()
        {
            while (_next < tails.Length)
            {
                var tail = tails[_next++].Folded;
                if (_word.Length >= tail.Length + MinHeadLength && _word.EndsWith(tail))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
