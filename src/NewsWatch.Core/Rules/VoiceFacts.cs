using NewsWatch.Core.Text;
using NewsWatch.Core.Voices.Quotes;

namespace NewsWatch.Core.Rules;

/// <summary>A quote that a rule found.</summary>
/// <param name="Speaker">Who said it, by the fullest name in the text.</param>
/// <param name="Quote">The quote with its marks.</param>
public sealed record QuoteFacts(string Speaker, string Quote);

/// <summary>What messages say of the deadlines and quotes that a rule hit. Articles whose rules do not ask are not read for them.</summary>
internal static class VoiceFacts
{
    private const int MaxDeadlines = 3;
    private const int MaxQuotes = 2;

    /// <summary>The match with its deadlines and quotes, each once.</summary>
    public static ExcerptedMatch With(ExcerptedMatch match, Document document) => match with
    {
        Deadlines = [.. Of(match, "by:", part => DeadlineFacts.In(document, part)).DistinctBy(DeadlineFacts.Said).Take(MaxDeadlines)],
        Quotes = [.. Of(match, "said:", part => QuotesOf(document, part)).Distinct().Take(MaxQuotes)],
    };

    private static IEnumerable<T> Of<T>(ExcerptedMatch match, string prefix, Func<Field, IEnumerable<(int Start, T Found)>> find) => match.Hits
        .Where(hit => hit.Clause.StartsWith(prefix, StringComparison.Ordinal))
        .GroupBy(hit => hit.Field)
        .SelectMany(hits => find(hits.Key).Where(one => hits.Any(hit => hit.Start == one.Start)).Select(one => one.Found));

    private static IEnumerable<(int, QuoteFacts)> QuotesOf(Document document, Field part) => QuoteFinder.Find(document[part], document.Language)
        .Where(quote => quote.Name is not null)
        .Select(quote => (quote.Start, new QuoteFacts(quote.Name!, document[part][quote.Start..quote.End].TrimEnd())));
}
