using NewsWatch.Core.Text;
using NewsWatch.Core.Voices.Dates;
using NewsWatch.Core.Voices.Deadlines;

namespace NewsWatch.Core.Rules;

/// <summary>A deadline that a text names, as alerts tell it.</summary>
/// <param name="Day">The day on which it ends; null when the text keeps it open.</param>
/// <param name="At">The moment; null when only a day or a longer time is named.</param>
/// <param name="Granularity">How exact it is.</param>
/// <param name="Zone">Where the day ends: <c>Europe/Moscow</c>, or <c>UTC-04:00</c> where only the offset is known.</param>
/// <param name="Modality">What the text says of it.</param>
/// <param name="Holder">Who has to act, in the words of the text; null when it does not say.</param>
/// <param name="Quote">The phrase that names it.</param>
public sealed record DeadlineFacts(DateOnly? Day, DateTimeOffset? At, Granularity Granularity, string Zone, DeadlineModality Modality, string? Holder, string Quote)
{
    /// <summary>When it has passed: the moment, or the end of the day; null of longer times and where it is open.</summary>
    public DateTimeOffset? Ends { get; init; }

    /// <summary>The sentence that names it, shortened.</summary>
    public string Sentence { get; init; } = "";

    /// <summary>What was told of it before it changed; null where nothing was.</summary>
    public DeadlineFacts? Before { get; init; }

    /// <summary>Its name among all deadlines, stable for ever; empty where its story keeps none.</summary>
    public string Key { get; init; } = "";

    /// <summary>How often it has changed since it was first told.</summary>
    public int Sequence { get; init; }

    /// <summary>Whether it is in force: set, extended or moved.</summary>
    public bool IsStated => Modality is DeadlineModality.Set or DeadlineModality.Extended or DeadlineModality.Moved;

    /// <summary>The sentence with the phrase marked.</summary>
    public Excerpt ToExcerpt() =>
        new(Field.Body, Sentence, Quote.Length > 0 && Sentence.IndexOf(Quote, StringComparison.Ordinal) is >= 0 and var at ? [new Mark(at, Quote.Length, Negated: false)] : []);

    /// <summary>The deadlines in an article's title and text, whatever is said of them, each once.</summary>
    public static IReadOnlyList<DeadlineFacts> In(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return [.. new[] { Field.Title, Field.Body }.SelectMany(part => In(document, part)).Select(one => one.Found).DistinctBy(Said)];
    }

    /// <summary>The deadlines in one part of an article, each with its offset.</summary>
    internal static IEnumerable<(int Start, DeadlineFacts Found)> In(Document document, Field part)
    {
        var (text, anchor) = (document[part], TimeAnchor.From(document));
        foreach (var found in DeadlineFinder.Find(text, anchor, document.Language))
        {
            var due = found.Due;
            DateTimeOffset? ends = due is { Granularity: Granularity.Day } ? TimeAnchor.On(due.Day.AddDays(1), default, anchor.Zone) : due?.At;
            yield return (found.Start, new(due?.Day, due?.At, due?.Granularity ?? Granularity.Day, NameOf(anchor.Zone, due?.At?.Offset ?? anchor.Published.Offset), found.Modality, found.Holder, text[found.Start..found.End])
            {
                Ends = ends,
                Sentence = found.Sentence,
            });
        }
    }

    private static string NameOf(TimeZoneInfo zone, TimeSpan offset) =>
        zone.Id.Contains('/', StringComparison.Ordinal) ? zone.Id : offset == TimeSpan.Zero ? "UTC" : $"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}";

    /// <summary>What two phrases have in common that tell the same of one deadline.</summary>
    internal static object Said(DeadlineFacts facts) => (facts.Day, facts.At, facts.Modality, facts.Holder, facts.Quote);
}
