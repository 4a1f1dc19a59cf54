using NewsWatch.Core.Stories.Origins;
using NewsWatch.Storage.Archive;

namespace NewsWatch.Storage.Stories;

/// <summary>What the articles of a story said, as the archive has it: for the question who found out.</summary>
internal static class StoryTexts
{
    // More sources than a rule may ask for, and as many texts as are compared within milliseconds.
    private const int Most = 50;

    /// <summary>The texts of some threads in the order in which their articles came, each as it was last read; at most 50.</summary>
    /// <param name="threads">The threads: more than one where stories were merged.</param>
    /// <param name="reading">The last reading that counts.</param>
    /// <param name="outletOf">Who prints an article of a source, by its address.</param>
    public static IReadOnlyList<PrintedText> Of(Session db, IReadOnlyList<long> threads, long reading, Func<string, string, Outlet> outletOf) =>
    [
        .. db.Query<(string Source, string Url, string Title, byte[] Text, string Authors)>(
                """
                SELECT article.source, article.url, document.title, document.text, document.authors
                FROM reading JOIN article ON article.id = reading.article JOIN document ON document.id = reading.document
                WHERE reading.id IN (
                  SELECT max(id) FROM reading WHERE id <= @reading AND article IN (SELECT id FROM article WHERE story IN @threads) GROUP BY article)
                ORDER BY article.id LIMIT @Most
                """,
                new { reading, Most, threads })
            .Select(row => new PrintedText(
                outletOf(row.Source, row.Url), row.Title, PackedText.Unpack(row.Text), row.Authors == "[]" ? [] : StoredJson.Read<string[]>(row.Authors))),
    ];
}
