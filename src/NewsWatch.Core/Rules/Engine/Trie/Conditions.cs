using NewsWatch.Core.Rules.Terms;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Engine.Trie;

/// <summary>What a word of a term asks of the tokens that it meets, beside their folded letters.</summary>
internal static class Conditions
{
    /// <summary>Whether the tokens from <paramref name="token"/> to before <paramref name="end"/> are what the word asks for.</summary>
    /// <param name="first">Whether the word is the first of its term.</param>
    public static bool Hold(in TermWord word, TokenStream tokens, Document document, int token, int end, bool first)
    {
        if (!first && word.SameSentence && tokens.Marks[token].Has(TokenMarks.Sentence))
        {
            return false;
        }

        var text = document[tokens.FieldOf(token)];
        var (from, to) = (tokens.Start[token], tokens.End[end - 1]);
        var original = text.AsSpan(from, to - from);
        return (word.Case is not { } capitals || (CasePattern.Of(original) == capitals && IsWhole(word, tokens, token, end)))
            && (word.WrittenOut.Length == 0 || Umlauts.WrittenOut(original) == word.WrittenOut)
            && Symbols.Precede(word.Before, text, from, to)
            && Symbols.Follow(word.Behind, text, from, to);
    }

    // A token with a prefix or a particle is not the word that keeps its case.
    private static bool IsWhole(in TermWord word, TokenStream tokens, int token, int end) =>
        end - token > 1 || !tokens.Marks[token].Has(TokenMarks.Affixed) || tokens.FoldedOf(token).SequenceEqual(word.Folded);
}
