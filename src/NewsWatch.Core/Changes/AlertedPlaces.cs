using NewsWatch.Core.Text;

namespace NewsWatch.Core.Changes;

/// <summary>Which sentences of a version an alert quoted, and which lean on those.</summary>
internal sealed class AlertedPlaces
{
    // A short sentence behind the quoted one is read together with it; words of both.
    private const int ReadTogether = 40;
    private readonly HashSet<Sentence> _touched = new(ReferenceEqualityComparer.Instance);
    private readonly IReadOnlyList<string> _terms;

    public AlertedPlaces(AlertedWords alerted, VersionText version)
    {
        _terms = alerted.Terms;
        var quoted = alerted.Quoted.Where(span => span.Field == Field.Body).ToList();
        for (var i = 0; i < version.Body.Count; i++)
        {
            var sentence = version.Body[i];
            if (quoted.Exists(span => span.Start < sentence.End && sentence.Start < span.End) || (i > 0 && Leans(sentence, version.Body[i - 1], quoted)))
            {
                _touched.Add(sentence);
            }
        }

        _touched.Add(version.Title);
    }

    /// <summary>True for a sentence that the alert showed, or that is read together with one.</summary>
    public bool Has(Sentence sentence) => _touched.Contains(sentence);

    /// <summary>True for a sentence with a word that the article was alerted for.</summary>
    public bool HasTerm(Sentence sentence) => _terms.Any(term => Contains(sentence.Text, term));

    private static bool Leans(Sentence sentence, Sentence previous, List<TextSpan> quoted) =>
        sentence.Paragraph == previous.Paragraph && sentence.Words.Count + previous.Words.Count <= ReadTogether
        && quoted.Exists(span => span.Start < previous.End && previous.Start < span.End);

    // A term may take an ending: "cease-fires".
    private static bool Contains(string text, string term)
    {
        for (var at = text.IndexOf(term, StringComparison.OrdinalIgnoreCase); term.Length > 0 && at >= 0; at = text.IndexOf(term, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (at == 0 || !char.IsLetterOrDigit(text[at - 1]) || Scripts.IsArabic(term[0]) || term[0] >= '\u2E80')
            {
                return true;
            }
        }

        return false;
    }
}
