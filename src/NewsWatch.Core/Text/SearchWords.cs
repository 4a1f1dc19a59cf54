using System.Text;

namespace NewsWatch.Core.Text;

/// <summary>The words of a text as rules read them, for a search index: who searches for a word finds what a rule with that word finds.</summary>
public static class SearchWords
{
    /// <summary>The folded words in the order of the text, as often as they occur, separated by blanks; empty for a text without words.</summary>
    public static string Of(string text)
    {
        var tokens = new TokenStream();
        tokens.Read(text);
        var words = new StringBuilder(text.Length + 1);
        for (var token = 0; token < tokens.Count; token++)
        {
            words.Append(token == 0 ? "" : " ").Append(tokens.FoldedOf(token));
        }

        return words.ToString();
    }
}
