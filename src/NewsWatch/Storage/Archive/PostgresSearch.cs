using System.Globalization;
using System.Text;

namespace NewsWatch.Storage.Archive;

/// <summary>
/// Words for the search index of PostgreSQL, a tsvector of our own making: the words are those of the rules, not those of one of its dictionaries. Its limits
/// are far beyond usual articles: phrases are found in the first 16,000 words, words in the first 900 KB of different ones.
/// </summary>
internal static class PostgresSearch
{
    /// <summary>Positions end here (PostgreSQL, "Limitations" of text search).</summary>
    private const int MaxPosition = 16_383;

    /// <summary>A vector ends at 1 MiB; this leaves room for its own bookkeeping.</summary>
    private const int MaxBytes = 900_000;

    private const int MaxWordBytes = 2_000;

    /// <summary>No phrase runs from the title into the text.</summary>
    private const int Gap = 10;

    /// <summary>The text form of a vector.</summary>
    /// <param name="title">Folded words with blanks between them.</param>
    /// <param name="text">The same, of the text.</param>
    public static string Vector(string title, string text)
    {
        var (vector, known, bytes, position) = (new StringBuilder(), new HashSet<string>(StringComparer.Ordinal), 0, 0);
        foreach (var word in SearchTerm.Cut(title).Append("").Concat(SearchTerm.Cut(text)))
        {
            position = Math.Min(position + (word.Length == 0 ? Gap : 1), MaxPosition);
            var size = Encoding.UTF8.GetByteCount(word);
            if (size is 0 or > MaxWordBytes)
            {
                continue;
            }

            bytes += 2 + (known.Add(word) ? size + 8 : 0);
            if (bytes > MaxBytes)
            {
                break;
            }

            vector.Append(CultureInfo.InvariantCulture, $"{Quoted(word)}:{position} ");
        }

        return vector.ToString();
    }

    /// <summary>The text form of a query.</summary>
    /// <param name="expression">Made by <see cref="SearchQuery.Parse"/>.</param>
    public static string Query(string expression) =>
        string.Join(" & ", SearchTerm.Parse(expression).Select(term => $"({string.Join(" <-> ", term.Words.Select(Quoted))}{(term.IsBeginning ? ":*" : "")})"));

    private static string Quoted(string word) => $"'{word}'";
}
