using NewsWatch.Core.Rules.Hits;
using NewsWatch.Core.Rules.Terms;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Engine.Trie;

/// <summary>The way through the trie from one token.</summary>
internal readonly ref struct TrieWalker(TermTrie trie, Findings findings, Span<int> starts)
{
    /// <summary>The longest term and one more.</summary>
    public const int Depth = TermReader.MaxWords + 1;

    private const int MaxCompound = 6;
    private readonly Span<int> _starts = starts;

    /// <summary>Everything that begins at a token.</summary>
    public void Begin(int token) => Follow(-1, token, 0);

    /// <summary>What ends at a first word.</summary>
    public void Emit(int node, int token)
    {
        _starts[0] = token;
        _starts[1] = token + 1;
        EmitAt(node, 1);
    }

    /// <summary>What goes on behind a first word.</summary>
    public void GoOn(int node, int token, Word next)
    {
        if ((findings.Tokens.Marks[token + 1] & TokenMarks.Paragraph) != TokenMarks.None)
        {
            return;
        }

        _starts[0] = token;
        _starts[1] = token + 1;
        if (!next.Use.Has(TrieNodeFlags.Slow | TrieNodeFlags.Classes))
        {
            FollowSymbol(node, next.Number, token + 2, 1);
        }
        else
        {
            Follow(node, token + 1, 1);
        }
    }

    private void Follow(int node, int token, int depth)
    {
        var tokens = findings.Tokens;
        if (depth == TermReader.MaxWords)
        {
            return;
        }

        _starts[depth] = token;
        for (var length = 1; length <= MaxCompound && token + length <= tokens.Count; length++)
        {
            if (length > 1 && !tokens.Marks[token + length - 1].Has(TokenMarks.Glued))
            {
                break;
            }

            FollowWord(node, token, length, depth);
        }
    }

    private void FollowWord(int node, int token, int length, int depth)
    {
        var tokens = findings.Tokens;
        var folded = tokens.Folded.AsSpan(tokens.FoldStart[token], tokens.FoldStart[token + length] - tokens.FoldStart[token]);
        var hash = length == 1 ? tokens.Hash[token] : WordHash.Of(folded);
        FollowReading(node, folded, hash, length == 1 ? findings.Words[token] : trie.Find(hash), token, length, depth);
        if (length == 1 && tokens.Marks[token].Has(TokenMarks.Affixed))
        {
            Span<char> scratch = stackalloc char[Affixes.MaxLength];
            foreach (var reading in new Affixes(folded, scratch))
            {
                var of = WordHash.Of(reading);
                FollowReading(node, reading, of, trie.Find(of), token, length, depth);
            }
        }
    }

    private void FollowReading(int node, ReadOnlySpan<char> folded, ulong hash, Word word, int token, int length, int depth)
    {
        if (word.Number >= 0)
        {
            FollowSymbol(node, word.Number, token + length, depth);
        }

        if (word.Use.Has(TrieNodeFlags.Classes))
        {
            foreach (var use in trie.Forms.Of(hash))
            {
                FollowClass(node, trie.Forms[use], token, length, depth);
            }
        }

        if (word.Number >= 0)
        {
            foreach (var use in word.Use.Has(TrieNodeFlags.Classes) ? trie.Classes.Of(word.Number) : [])
            {
                FollowClass(node, use, token, length, depth);
            }
        }
        else if (length == 1)
        {
            FollowPatterns(node, folded, token, depth);
        }
    }

    // A word that no rule writes may meet wildcards and tails; for the others that was found out before.
    private void FollowPatterns(int node, ReadOnlySpan<char> folded, int token, int depth)
    {
        foreach (var wildcard in trie.Wildcards.Near(folded))
        {
            if (Glob.Matches(wildcard.Pattern, folded))
            {
                FollowSymbol(node, wildcard.Symbol, token + 1, depth);
            }
        }

        foreach (var tail in trie.Tails.Of(folded))
        {
            FollowClass(node, tail.Use, token, 1, depth);
        }
    }

    private void FollowClass(int node, in ClassUse use, int token, int length, int depth)
    {
        var tokens = findings.Tokens;
        if ((length == 1 || !use.OneToken)
            && (use.Languages == Languages.All || (use.Languages & findings.Languages) != Languages.None)
            && (!use.Capital || char.IsUpper(findings.Document[tokens.FieldOf(token)][tokens.Start[token]])))
        {
            FollowSymbol(node, use.Symbol, token + length, depth);
        }
    }

    private void FollowSymbol(int node, int symbol, int next, int depth)
    {
        var target = node < 0 ? symbol : trie.Edges.Find(node, symbol);
        if (target < 0)
        {
            return;
        }

        _starts[depth + 1] = next;
        var use = trie.Uses[target];
        if (use.Has(TrieNodeFlags.Term))
        {
            findings.Add(target, _starts[0], next, -1);
        }

        if (use.Has(TrieNodeFlags.Emits))
        {
            EmitAt(target, depth + 1);
        }

        if (use.Has(TrieNodeFlags.Branches) && next < findings.Tokens.Count && !findings.Tokens.Marks[next].Has(TokenMarks.Paragraph))
        {
            Follow(target, next, depth + 1);
        }
    }

    private void EmitAt(int node, int words)
    {
        foreach (var emission in trie.Emissions[node])
        {
            if (emission.Condition is null || Holds(emission.Condition, words))
            {
                findings.Add(emission.Key, _starts[0], _starts[words], emission.Text);
            }
        }
    }

    private bool Holds(TermWord[] condition, int words)
    {
        for (var i = 0; i < words; i++)
        {
            if (condition[i].HasCondition && !Conditions.Hold(condition[i], findings.Tokens, findings.Document, _starts[i], _starts[i + 1], first: i == 0))
            {
                return false;
            }
        }

        return true;
    }
}
