using System.Buffers;
using System.Runtime.InteropServices;
using NewsWatch.Core.Rules.Hits;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Engine.Trie;

/// <summary>
/// Finds each token's word among those of the rules. Most tokens are none of them: filters sift these out first, without a branch that a processor would guess wrong.
/// </summary>
internal readonly ref struct WordLookup(TermTrie trie, Findings findings)
{
    private static readonly SearchValues<byte> Joined = SearchValues.Create(
        [.. Enumerable.Range(0, 256).Where(marks => ((TokenMarks)marks).Has(TokenMarks.Glued | TokenMarks.Affixed)).Select(marks => (byte)marks)]);

    private readonly TokenStream _tokens = findings.Tokens;
    private readonly Span<Word> _words = findings.Words.AsSpan(0, findings.Tokens.Count);

    /// <summary>Fills the findings' words; returns the tokens that mean anything to the rules, in order.</summary>
    public ReadOnlySpan<int> Run()
    {
        _words.Fill(new Word(-1, TrieNodeFlags.None));
        if (!trie.Wildcards.IsEmpty || !trie.Tails.IsEmpty)
        {
            MarkPatterns();
        }

        MarkJoined();
        return LookUp(findings.Relevant.AsSpan(0, Sift()));
    }

    private void MarkPatterns()
    {
        for (var i = 0; i < _words.Length; i++)
        {
            var folded = _tokens.FoldedOf(i);
            if (trie.Wildcards.MayBegin(folded) || trie.Tails.MayEnd(folded))
            {
                _words[i] = new Word(-1, TrieNodeFlags.Slow | TrieNodeFlags.Pattern);
            }
        }
    }

    // A word before a dash may be the beginning of a compound, a word with an affix holds another one: these go the long way.
    private void MarkJoined()
    {
        var marks = MemoryMarshal.Cast<TokenMarks, byte>(_tokens.Marks.AsSpan(0, _words.Length));
        for (var at = 0; marks[at..].IndexOfAny(Joined) is >= 0 and var step; at++)
        {
            at += step;
            if (_tokens.Marks[at].Has(TokenMarks.Glued))
            {
                SendTheLongWay(at - 1);
            }

            if (_tokens.Marks[at].Has(TokenMarks.Affixed))
            {
                SendTheLongWay(at);
            }
        }
    }

    private void SendTheLongWay(int token) => _words[token] = new Word(-1, TrieNodeFlags.Slow);

    // Writes down the tokens that may be words of the rules or are marked; returns how many they are.
    private int Sift()
    {
        var relevant = findings.Relevant.AsSpan(0, _words.Length);
        var hashes = _tokens.Hash.AsSpan(0, _words.Length);
        var filter = trie.Words.Filter;
        var count = 0;
        for (var i = 0; i < relevant.Length; i++)
        {
            relevant[count] = i;
            count += filter.Bit(hashes[i]) | ((int)_words[i].Use / (int)TrieNodeFlags.Slow & 1);
        }

        return count;
    }

    private ReadOnlySpan<int> LookUp(Span<int> sifted)
    {
        var count = 0;
        foreach (var token in sifted)
        {
            var word = trie.Find(_tokens.Hash[token]);
            var marked = _words[token].Use;
            var use = word.Use | (word.Number >= 0 && marked.Has(TrieNodeFlags.Pattern) ? TrieNodeFlags.None : marked & TrieNodeFlags.Slow);
            _words[token] = word with { Use = use };
            sifted[count] = token;
            count += use != TrieNodeFlags.None ? 1 : 0;
        }

        return sifted[..count];
    }
}
