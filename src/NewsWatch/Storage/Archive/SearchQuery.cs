using System.Text;
using NewsWatch.Core.Text;

namespace NewsWatch.Storage.Archive;

/// <summary>What somebody searches the archive for: words, <c>"phrases"</c> and <c>beginnings*</c>, all of which an article must have.</summary>
internal static class SearchQuery
{
    private const int MaxParts = 50;

    /// <summary>Letters of a beginning: one letter stands in every article.</summary>
    private const int MinBeginning = 2;

    /// <summary>From here on (ideographs, kana, Hangul) one letter says as much as several of an alphabet.</summary>
    internal const int FirstIdeograph = 0x2E80;

    /// <summary>The expression for the index; null when the query has no word.</summary>
    public static string? Parse(string query)
    {
        var terms = Parts(query).Select(Term).OfType<string>().ToList();
        return terms.Count == 0 ? null : string.Join(" AND ", terms);
    }

    /// <summary>What is wrong with a query, with the fix; null for one that can be searched for.</summary>
    public static string? Problem(string query)
    {
        var parts = Parts(query).ToList();
        return parts.Where(part => SearchWords.Of(part).Length > 0).ToList() switch
        {
            [] => "There is no word to search for. Write words, phrases in \"quotes\" and beginnings* that the article must have.",
            { Count: > MaxParts } words => $"{words.Count} words are too many: search for up to {MaxParts}.",
            var words => words.Select(Problematic).FirstOrDefault(problem => problem is not null),
        };
    }

    /// <summary>Words and quoted phrases; an unclosed quote ends with the query.</summary>
    public static IEnumerable<string> Parts(string query)
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

    private static string? Term(string part)
    {
        var words = SearchWords.Of(part);
        return words.Length == 0 ? null : $"\"{words.Replace("\"", "\"\"", StringComparison.Ordinal)}\"{(part.EndsWith('*') ? " *" : "")}";
    }

    private static string? Problematic(string part) => part.TrimEnd('*') switch
    {
        var word when word.Contains('*', StringComparison.Ordinal) => $"{part}: * stands for the rest of a word, at its end alone.",
        var word when word.Length < part.Length && Letters(SearchWords.Of(word).Split(' ')[^1]) < MinBeginning => $"{part}: a beginning has at least {MinBeginning} letters.",
        _ => null,
    };

    private static int Letters(string word) => word.EnumerateRunes().Sum(rune => rune.Value < FirstIdeograph ? 1 : MinBeginning);
}
