using System.Text;
using NewsWatch.Core.Text;

namespace NewsWatch.Storage;

/// <summary>What somebody searches the archive for: words, <c>"phrases"</c> and <c>beginnings*</c>, all of which an article must have.</summary>
internal static class SearchQuery
{
    /// <summary>The expression for the index; null when the query has no word.</summary>
    public static string? Parse(string query)
    {
        var terms = Parts(query).Select(Term).OfType<string>().ToList();
        return terms.Count == 0 ? null : string.Join(" AND ", terms);
    }

    private static string? Term(string part)
    {
        var words = SearchWords.Of(part);
        return words.Length == 0 ? null : $"\"{words.Replace("\"", "\"\"", StringComparison.Ordinal)}\"{(part.EndsWith('*') ? " *" : "")}";
    }

    /// <summary>Words and quoted phrases; an unclosed quote ends with the query.</summary>
    private static IEnumerable<string> Parts(string query)
    {
        var part = new StringBuilder();
        var quoted = false;
        foreach (var letter in query.Append(' '))
        {
            if (letter == '"' || (!quoted && char.IsWhiteSpace(letter)))
            {
                quoted = letter == '"' && !quoted;
                yield return part.ToString();
                part.Clear();
            }
            else
            {
                part.Append(letter);
            }
        }

        yield return part.ToString();
    }
}
