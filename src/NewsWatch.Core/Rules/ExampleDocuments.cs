using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules;

/// <summary>
/// How a rule's example is read: as the headline or as the text of an article that meets the rule's circumstances, so that a rule with
/// <c>lang:en</c> or <c>section:world</c> has examples like any other.
/// </summary>
internal sealed class ExampleDocuments
{
    // "By Friday" needs a day to count from: a week before the day that a rule names, else any Wednesday.
    private static readonly DateOnly AnyWednesday = new(2025, 1, 1);
    private readonly Document _article;

    public ExampleDocuments(Query when)
    {
        var circumstances = QueryTraversal.Circumstances(when).ToList();
        _article = new Document
        {
            Title = "",
            Body = "",
            Sources = [.. Values(FilterKind.Source)],
            Language = Values(FilterKind.Language).FirstOrDefault(""),
            Publisher = Values(FilterKind.Publisher).FirstOrDefault(""),
            Section = Words(Field.Section),
            Author = Words(Field.Author),
            Published = new((QueryTraversal.All(when).OfType<DeadlineQuery>().Min(deadline => deadline.Day)?.AddDays(-7) ?? AnyWednesday).ToDateTime(new(12, 0)), TimeSpan.Zero),
        };

        IEnumerable<string> Values(FilterKind kind) => circumstances.OfType<FilterQuery>().Where(filter => filter.Kind == kind).Select(filter => filter.Value);

        string Words(Field field) => string.Join(
            ". ", circumstances.OfType<FieldQuery>().Where(part => part.Field == field).SelectMany(part => QueryTraversal.Positive(part.Operand)).OfType<TermQuery>().Select(term => term.Text));
    }

    /// <summary>As a headline.</summary>
    public Document Headline(string text) => _article with { Title = text };

    /// <summary>As a headline, as a text, and as both, for rules that look at one of them or at each.</summary>
    public IEnumerable<Document> All(string text) => [Headline(text), _article with { Body = text }, _article with { Title = text, Body = text }];
}
