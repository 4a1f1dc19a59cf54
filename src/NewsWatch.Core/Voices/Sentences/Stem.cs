using NewsWatch.Core.Text;

namespace NewsWatch.Core.Voices.Sentences;

/// <summary>A token without its possessive ending: "Friday's" is "Friday".</summary>
internal static class Stem
{
    /// <summary>Whether a token ends in an apostrophe and an s.</summary>
    public static bool IsPossessive(TokenStream tokens, int token) => Plain(tokens.FoldedOf(token)).Length < tokens.FoldedOf(token).Length;

    /// <summary>The hash of the token's stem.</summary>
    public static ulong HashOf(TokenStream tokens, int token) =>
        tokens.Marks[token].Has(TokenMarks.Affixed) && IsPossessive(tokens, token) ? WordHash.Of(Plain(tokens.FoldedOf(token))) : tokens.Hash[token];

    /// <summary>The folded token's stem.</summary>
    public static ReadOnlySpan<char> Of(TokenStream tokens, int token) => Plain(tokens.FoldedOf(token));

    private static ReadOnlySpan<char> Plain(ReadOnlySpan<char> word) =>
        word.Length > 2 && word[^1] == 's' && word[^2] is '\'' or '’' ? word[..^2] : word;
}
