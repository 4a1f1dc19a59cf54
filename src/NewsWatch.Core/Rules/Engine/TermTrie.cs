using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Engine;

/// <summary>What a trie node means.</summary>
[Flags]
internal enum NodeUse : byte
{
    None = 0,

    /// <summary>Terms go on behind it.</summary>
    Branches = 1,

    /// <summary>It is a term whose key is the node itself.</summary>
    Term = 2,

    /// <summary>It ends terms of groups, or terms with conditions.</summary>
    Emits = 4,

    /// <summary>A word that also stands for classes: inflections, wildcards.</summary>
    Classes = 8,

    /// <summary>A symbol that stands behind the first word of some term.</summary>
    Continues = 16,

    /// <summary>For one token only: it must go the long way.</summary>
    Slow = 32,
}

internal static class NodeUseExtensions
{
    /// <summary>Whether any of some uses is set.</summary>
    public static bool Has(this NodeUse use, NodeUse any) => (use & any) != NodeUse.None;
}

/// <summary>What the end of a term means: an occurrence of a key, if the conditions hold.</summary>
/// <param name="Key">The key.</param>
/// <param name="Text">Number of the term's text, or -1.</param>
/// <param name="Condition">Case and sentence conditions, or null.</param>
internal readonly record struct Emission(int Key, int Text, TermWord[]? Condition);

/// <summary>
/// All terms of all rules in one trie over word numbers. Nodes below <see cref="Symbols"/> are first words (and classes of words); one pass over the tokens finds
/// every term.
/// </summary>
internal sealed class TermTrie
{
    private const int MaxCompound = 4;

    public required WordTable Words { get; init; }

    public required Wildcards Wildcards { get; init; }

    public required EdgeTable Edges { get; init; }

    /// <summary>Words and classes of words.</summary>
    public required int Symbols { get; init; }

    public required NodeUse[] Uses { get; init; }

    public required IReadOnlyDictionary<int, Emission[]> Emissions { get; init; }

    /// <summary>Classes of a word (inflections, wildcards).</summary>
    public required IReadOnlyDictionary<int, int[]> Classes { get; init; }

    /// <summary>Finds every term of the document in <paramref name="findings"/>.</summary>
    public void Scan(Findings findings, Document document)
    {
        LookUpWords(findings);
        Span<int> starts = stackalloc int[Path.Depth];
        var path = new Path(this, findings, document, starts);
        var words = findings.Words.AsSpan(0, findings.Tokens.Count);
        for (var token = 0; token < words.Length; token++)
        {
            var word = words[token];
            if (word.Use == NodeUse.None)
            {
                continue;
            }

            if (word.Use.Has(NodeUse.Slow | NodeUse.Classes))
            {
                path.Begin(token);
                continue;
            }

            if (word.Use.Has(NodeUse.Term))
            {
                findings.Add(word.Number, token, token + 1, -1);
            }

            if (word.Use.Has(NodeUse.Emits))
            {
                path.Emit(word.Number, token);
            }

            // Most second words begin nothing that goes on here: their use decides.
            if (word.Use.Has(NodeUse.Branches) && token + 1 < words.Length && words[token + 1].Use.Has(NodeUse.Continues | NodeUse.Slow | NodeUse.Classes))
            {
                path.GoOn(word.Number, token, words[token + 1]);
            }
        }
    }

    // A word before a dash may be the beginning of a compound, and an unknown word may meet a wildcard: these go the long way.
    private void LookUpWords(Findings findings)
    {
        var tokens = findings.Tokens;
        var words = findings.Words.AsSpan(0, tokens.Count);
        var hashes = tokens.Hash.AsSpan(0, words.Length);
        var marks = tokens.Marks.AsSpan(0, words.Length);
        var unknown = Wildcards.IsEmpty ? NodeUse.None : NodeUse.Slow;
        for (var i = 0; i < words.Length; i++)
        {
            var word = Words.Find(hashes[i]);
            words[i] = word.Number < 0 ? new Word(-1, unknown) : word;
        }

        for (var i = 1; i < words.Length; i++)
        {
            if ((marks[i] & TokenMarks.Glued) != TokenMarks.None)
            {
                words[i - 1] = words[i - 1] with { Use = words[i - 1].Use | NodeUse.Slow };
            }
        }
    }

    /// <summary>The way through the trie from one token.</summary>
    private readonly ref struct Path(TermTrie trie, Findings findings, Document document, Span<int> starts)
    {
        public const int Depth = 64;
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
            if (!next.Use.Has(NodeUse.Slow | NodeUse.Classes))
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
            if (depth + 1 >= Depth)
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
            var word = length == 1 ? findings.Words[token] : trie.Words.Find(WordHash.Of(folded));
            if (word.Number >= 0)
            {
                FollowSymbol(node, word.Number, token + length, depth);
                if (word.Use.Has(NodeUse.Classes))
                {
                    foreach (var symbol in trie.Classes[word.Number])
                    {
                        FollowSymbol(node, symbol, token + length, depth);
                    }
                }
            }
            else if (length == 1 && !trie.Wildcards.IsEmpty)
            {
                foreach (var wildcard in trie.Wildcards.Near(folded))
                {
                    if (Glob.Matches(wildcard.Pattern, folded))
                    {
                        FollowSymbol(node, wildcard.Symbol, token + 1, depth);
                    }
                }
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
            if (use.Has(NodeUse.Term))
            {
                findings.Add(target, _starts[0], next, -1);
            }

            if (use.Has(NodeUse.Emits))
            {
                EmitAt(target, depth + 1);
            }

            if (use.Has(NodeUse.Branches) && next < findings.Tokens.Count && !findings.Tokens.Marks[next].Has(TokenMarks.Paragraph))
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
            var tokens = findings.Tokens;
            for (var i = 0; i < words; i++)
            {
                var token = _starts[i];
                if (i > 0 && condition[i].SameSentence && tokens.Marks[token].Has(TokenMarks.Sentence))
                {
                    return false;
                }

                if (condition[i].Case is { } capitals)
                {
                    var original = document[tokens.FieldOf(token)].AsSpan(tokens.Start[token], tokens.End[_starts[i + 1] - 1] - tokens.Start[token]);
                    if (Capitals.Of(original) != capitals)
                    {
                        return false;
                    }
                }
            }

            return true;
        }
    }
}
