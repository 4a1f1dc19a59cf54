using NewsWatch.Core.Voices.Sentences;

namespace NewsWatch.Core.Voices.Quotes;

/// <summary>
/// Finds direct speech and who said it, in English, German, French, Spanish, Russian, Ukrainian, Arabic and Chinese. Titles, names and words that are only put in quotation
/// marks are no speech. Pronouns and offices are resolved to people of the text; where nobody fits, the quote has no name.
/// </summary>
public static class QuoteFinder
{
    private static readonly PhraseTable<SpeechWord> Table = PhraseTable<SpeechWord>.Read("Voices.Quotes.Words.speech.txt");

    /// <summary>The quotes, in the order of the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="language">Its BCP 47 tag; empty when it is not known.</param>
    public static IReadOnlyList<Quote> Find(string text, string language = "")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(language);
        var spans = QuoteMarks.Of(text);
        return spans.Count == 0 ? [] : Find(Prose.Read(text, language), spans);
    }

    private static List<Quote> Find(Prose prose, List<(int Start, int End)> spans)
    {
        var labels = Table.LabelsOf(prose.Tokens);
        var quoted = new bool[prose.Count];
        for (int i = 0, span = 0; i < prose.Count; i++)
        {
            while (span < spans.Count && spans[span].End <= prose.Start(i))
            {
                span++;
            }

            quoted[i] = span < spans.Count && prose.Start(i) >= spans[span].Start;
        }

        var people = new People(prose, labels, token => quoted[token]);
        return new Attribution(prose, labels, quoted, people).Read(spans);
    }
}
