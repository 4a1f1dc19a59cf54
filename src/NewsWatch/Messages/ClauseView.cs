using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules.Hits;
using NewsWatch.Core.Text;

namespace NewsWatch.Messages;

/// <summary>One clause of a rule in a reader's words and what it found: list ceasefire found "cease-fire" in the headline, negated by "no".</summary>
/// <param name="Name">An entity's name, <c>list ceasefire</c>, or the words that the rule asks for.</param>
/// <param name="Found">Where it was found, quoted.</param>
/// <param name="Short">The same in a few words, for lists.</param>
internal sealed record ClauseView(string Name, string Found, string Short)
{
    private const int MaxClauses = 8;
    private const int MaxQuotes = 3;
    private static readonly char[] Marks = ['“', '”', '„', '«', '»', '"'];

    public static IReadOnlyList<ClauseView> Of(AlertContent alert) =>
    [
        .. alert.Hits.GroupBy(hit => hit.Clause)
            .Take(MaxClauses)
            .Select(clause => new ClauseView(
                NameOf(alert, clause.Key),
                string.Join("; ", clause.Select(Words).Distinct().Take(MaxQuotes)),
                Brief(NameOf(alert, clause.Key), clause.First()))),
    ];

    /// <summary>What a reader calls a clause.</summary>
    public static string NameOf(AlertContent alert, string clause) => clause switch
    {
        ['@', .. var id] => alert.Names.GetValueOrDefault(clause, id),
        ['#', .. var id] => $"list {id}",
        ['s', 'a', 'i', 'd', ':', .. var speaker] => $"said by {NameOf(alert, speaker)}",
        ['b', 'y', ':', ..] => $"deadline ({clause})",
        _ => clause.Trim('"', '~', '='),
    };

    private static string Brief(string name, Hit hit)
    {
        var negated = hit.Negated ? " (negated)" : "";
        return string.Equals(name, hit.Quote, StringComparison.OrdinalIgnoreCase) ? $"{Quoted(hit)}{negated}" : $"{Bidi.Isolate(name)} {Quoted(hit)}{negated}";
    }

    private static string Quoted(Hit hit) => $"“{Bidi.Isolate(hit.Quote.Trim(Marks))}”";

    private static string Words(Hit hit) =>
        $"{Quoted(hit)} in the {Place(hit.Field)}{(hit.NegationCue is { } cue ? $", negated by “{Bidi.Isolate(cue)}”" : "")}";

    private static string Place(Field field) => field switch
    {
        Field.Title => "headline",
        Field.Body => "text",
        Field.Section => "section",
        _ => "byline",
    };
}
