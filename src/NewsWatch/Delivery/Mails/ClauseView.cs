using NewsWatch.Core.Rules;
using NewsWatch.Core.Text;

namespace NewsWatch.Delivery.Mails;

/// <summary>One clause of a rule and what it found: <c>#ceasefire</c> found "cease-fire" in the headline, negated by "no".</summary>
internal sealed record ClauseView(string Clause, string Found, string Short)
{
    private const int MostClauses = 8;
    private const int MostQuotes = 3;

    public static IReadOnlyList<ClauseView> Of(IReadOnlyList<Hit> hits) =>
    [
        .. hits.GroupBy(hit => hit.Clause)
            .Take(MostClauses)
            .Select(clause => new ClauseView(
                clause.Key,
                string.Join("; ", clause.Select(Words).Distinct().Take(MostQuotes)),
                Brief(clause.Key, clause.First()))),
    ];

    private static string Brief(string clause, Hit hit)
    {
        var negated = hit.Negated ? " (negated)" : "";
        return string.Equals(clause.Trim('"'), hit.Quote, StringComparison.OrdinalIgnoreCase) ? $"{Quoted(hit)}{negated}" : $"{clause} {Quoted(hit)}{negated}";
    }

    private static string Quoted(Hit hit) => $"“{Bidi.Isolate(hit.Quote)}”";

    private static string Words(Hit hit)
    {
        var alias = string.Equals(hit.Quote, hit.Term, StringComparison.OrdinalIgnoreCase) ? "" : $" (as {hit.Term})";
        var negated = hit.NegationCue is { } cue ? $", negated by “{Bidi.Isolate(cue)}”" : "";
        return $"{Quoted(hit)}{alias} in the {Place(hit.Field)}{negated}";
    }

    private static string Place(Field field) => field switch
    {
        Field.Title => "headline",
        Field.Body => "text",
        Field.Section => "section",
        _ => "byline",
    };
}
