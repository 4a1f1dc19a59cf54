using NewsWatch.Core.Voices.Dates;
using NewsWatch.Core.Voices.Sentences;

namespace NewsWatch.Core.Voices.Deadlines;

/// <summary>
/// Finds the deadlines of a text in the languages of <see cref="DateFinder"/>: a date or a duration that an obligation, a validity or the word itself is tied to.
/// Appointments, forecasts and opening hours are none.
/// </summary>
public static class DeadlineFinder
{
    private const int MaxSentence = 300;
    private static readonly PhraseTable<DeadlineWord> Table = PhraseTable<DeadlineWord>.Read("Voices.Deadlines.Words.deadlines.txt");

    /// <summary>The deadlines, in the order of the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="anchor">What its dates are counted from.</param>
    /// <param name="language">The text's BCP 47 tag; empty when it is not known.</param>
    public static IReadOnlyList<Deadline> Find(string text, TimeAnchor anchor, string language = "")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(anchor);
        ArgumentNullException.ThrowIfNull(language);
        return Find(Prose.Read(text, language), anchor);
    }

    /// <summary>The deadlines of a text that has been cut.</summary>
    internal static IReadOnlyList<Deadline> Find(Prose prose, TimeAnchor anchor)
    {
        var scan = new DateScan(prose, anchor);
        var (labels, found) = (Table.LabelsOf(prose.Tokens), new List<Deadline>());
        var phrases = scan.Phrases();
        foreach (var sentence in phrases.GroupBy(phrase => prose.SentenceStart(phrase.At)))
        {
            var clause = new Clause(prose, labels, sentence.Key, prose.SentenceEnd(sentence.Key));
            found.AddRange(new DeadlineReader(prose, labels, scan, clause).Read([.. sentence]));
        }

        var dated = phrases.Select(phrase => prose.SentenceStart(phrase.At)).ToHashSet();
        found.AddRange(Undated(prose, labels, dated));
        return [.. found.OrderBy(deadline => deadline.Start).Select(deadline => deadline with { Sentence = SentenceOf(prose, deadline) })];
    }

    private static string SentenceOf(Prose prose, Deadline deadline)
    {
        var at = Array.BinarySearch(prose.Tokens.Start, 0, prose.Count, deadline.Start);
        var token = Math.Min(at < 0 ? ~at : at, prose.Count - 1);
        var (start, end) = (prose.Start(prose.SentenceStart(token)), prose.SentenceEnd(token));
        var behind = end < prose.Count ? prose.Start(end) : prose.Text.Length;
        start = Math.Max(start, deadline.End - MaxSentence);
        return prose.Text[start..Math.Min(behind, start + MaxSentence)].Trim();
    }

    // "The two sides agreed on a deadline": without a date only where it is set.
    private static IEnumerable<Deadline> Undated(Prose prose, Label<DeadlineWord>[] labels, HashSet<int> dated)
    {
        for (var i = 2; i < prose.Count; i++)
        {
            if (labels[i].Kind == DeadlineWord.Noun && labels[i - 2].Kind == DeadlineWord.Set && prose.Tokens.FoldedOf(i - 1) is "a" or "an" or "new" && !dated.Contains(prose.SentenceStart(i)))
            {
                yield return new(prose.Start(i - 1), prose.End(i), null, DeadlineModality.Set, null);
            }
            else if (labels[i].Kind == DeadlineWord.Noun && i > 2 && labels[i - 3].Kind == DeadlineWord.Set && labels[i - 3].Length == 2 && !dated.Contains(prose.SentenceStart(i)))
            {
                yield return new(prose.Start(i - 1), prose.End(i), null, DeadlineModality.Set, null);
            }
        }
    }
}
