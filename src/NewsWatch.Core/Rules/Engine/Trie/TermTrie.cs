using NewsWatch.Core.Rules.Hits;
using NewsWatch.Core.Rules.Terms;


namespace NewsWatch.Core.Rules.Engine.Trie;

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
    public required WordTable Words { get; init; }

    public required Wildcards Wildcards { get; init; }

    public required Tails Tails { get; init; }

    public required EdgeTable Edges { get; init; }

    /// <summary>Words and classes of words.</summary>
    public required int Symbols { get; init; }

    public required TrieNodeFlags[] Uses { get; init; }

    public required IReadOnlyDictionary<int, Emission[]> Emissions { get; init; }

    /// <summary>What makes a word belong to a class of inflections or of a name.</summary>
    public required FormTable Forms { get; init; }

    /// <summary>The wildcards and tails that a word of the rules meets.</summary>
    public required ClassTable Classes { get; init; }

    /// <summary>The word with a hash; a form that no rule writes has no number.</summary>
    public Word Find(ulong hash)
    {
        var word = Words.Find(hash);
        return word.Number < 0 && !Forms.IsEmpty && Forms.Contains(hash) ? new Word(-1, TrieNodeFlags.Classes) : word;
    }

    /// <summary>Finds every term of the document that the findings are of.</summary>
    public void Scan(Findings findings)
    {
        var relevant = new WordLookup(this, findings).Run();
        Span<int> starts = stackalloc int[TrieWalker.Depth];
        var path = new TrieWalker(this, findings, starts);
        var words = findings.Words.AsSpan(0, findings.Tokens.Count);
        foreach (var token in relevant)
        {
            var word = words[token];
            if (word.Use.Has(TrieNodeFlags.Slow | TrieNodeFlags.Classes))
            {
                path.Begin(token);
                continue;
            }

            if (word.Use.Has(TrieNodeFlags.Term))
            {
                findings.Add(word.Number, token, token + 1, -1);
            }

            if (word.Use.Has(TrieNodeFlags.Emits))
            {
                path.Emit(word.Number, token);
            }

            // Most second words begin nothing that goes on here: their use decides.
            if (word.Use.Has(TrieNodeFlags.Branches) && token + 1 < words.Length && words[token + 1].Use.Has(TrieNodeFlags.Continues | TrieNodeFlags.Slow | TrieNodeFlags.Classes))
            {
                path.GoOn(word.Number, token, words[token + 1]);
            }
        }
    }
}
