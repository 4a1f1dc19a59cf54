using NewsWatch.Core.Text;
using NewsWatch.Core.Voices.Dates;
using NewsWatch.Core.Voices.Deadlines;
using NewsWatch.Core.Voices.Quotes;

namespace NewsWatch.Core.Rules;

/// <summary>A deadline that a rule found.</summary>
/// <param name="Day">The day on which it ends; null when the text keeps it open.</param>
/// <param name="At">The moment; null when only a day or a longer time is named.</param>
/// <param name="Granularity">How exact it is.</param>
/// <param name="Zone">Where the day ends, e.g. <c>UTC-04:00</c>.</param>
/// <param name="Modality">What the text says of it.</param>
/// <param name="Holder">Who has to act, in the words of the text; null when it does not say.</param>
/// <param name="Quote">The phrase that names it.</param>
public sealed record DeadlineFacts(DateOnly? Day, DateTimeOffset? At, Granularity Granularity, string Zone, DeadlineModality Modality, string? Holder, string Quote)
{
    /// <summary>When it has passed: the moment, or the end of the day; null of longer times and where it is open.</summary>
    public DateTimeOffset? Ends { get; init; }
}

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
        Deadlines = [.. Of(match, "by:", part => DeadlinesOf(document, part)).Distinct().Take(MaxDeadlines)],
        Quotes = [.. Of(match, "said:", part => QuotesOf(document, part)).Distinct().Take(MaxQuotes)],
    };

    private static IEnumerable<T> Of<T>(ExcerptedMatch match, string prefix, Func<Field, IEnumerable<(int Start, T Found)>> find) => match.Hits
        .Where(hit => hit.Clause.StartsWith(prefix, StringComparison.Ordinal))
        .GroupBy(hit => hit.Field)
        .SelectMany(hits => find(hits.Key).Where(one => hits.Any(hit => hit.Start == one.Start)).Select(one => one.Found));

    private static IEnumerable<(int, DeadlineFacts)> DeadlinesOf(Document document, Field part)
    {
        var (text, anchor) = (document[part], TimeAnchor.Of(document.Published));
        foreach (var found in DeadlineFinder.Find(text, anchor, document.Language))
        {
            var due = found.Due;
            var zone = (due?.At?.Offset ?? anchor.Published.Offset) is var offset && offset == TimeSpan.Zero ? "UTC" : $"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}";
            DateTimeOffset? ends = due is { Granularity: Granularity.Day } ? TimeAnchor.On(due.Day.AddDays(1), default, anchor.Zone) : due?.At;
            yield return (found.Start, new(due?.Day, due?.At, due?.Granularity ?? Granularity.Day, zone, found.Modality, found.Holder, text[found.Start..found.End]) { Ends = ends });
        }
    }

    private static IEnumerable<(int, QuoteFacts)> QuotesOf(Document document, Field part) => QuoteFinder.Find(document[part], document.Language)
        .Where(quote => quote.Name is not null)
        .Select(quote => (quote.Start, new QuoteFacts(quote.Name!, document[part][quote.Start..quote.End].TrimEnd())));
}
