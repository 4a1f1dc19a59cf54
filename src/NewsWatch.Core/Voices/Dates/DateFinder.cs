using NewsWatch.Core.Voices.Sentences;

namespace NewsWatch.Core.Voices.Dates;

/// <summary>
/// Finds the dates of a text in English, German, French, Spanish, Russian, Ukrainian, Arabic and Chinese. A date that names no year or week lies on the side of the
/// publication that the verb of its clause shows; Friday on a Friday is today. Names ("Good Friday Agreement", "April Ryan") are no dates.
/// </summary>
public static class DateFinder
{
    /// <summary>The dates, in the order of the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="anchor">What they are counted from.</param>
    /// <param name="language">The text's BCP 47 tag; empty when it is not known.</param>
    public static IReadOnlyList<DateMention> Find(string text, TimeAnchor anchor, string language = "")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(anchor);
        ArgumentNullException.ThrowIfNull(language);
        return new DateScan(Prose.Read(text, language), anchor).Phrases().Select(phrase => phrase.Date).OfType<DateMention>().ToList();
    }
}
