using NewsWatch.Core.Stories.Terms;

namespace NewsWatch.Core.Stories;

/// <summary>What has been said, by its words: whether a sentence adds to it.</summary>
public sealed class SaidBefore
{
    // A sentence in slightly other words, with the same names and numbers, adds nothing.
    private const double Most = .8;

    private readonly HashSet<string> _words;
    private readonly string _language;

    /// <summary>Remembers texts.</summary>
    /// <param name="texts">What has been said.</param>
    /// <param name="language">BCP 47 language tag; empty when unknown.</param>
    public SaidBefore(IEnumerable<string> texts, string language)
    {
        ArgumentNullException.ThrowIfNull(texts);
        (_words, _language) = ([.. texts.SelectMany(text => TermReader.Read(text, language)).Select(term => term.Word)], language);
    }

    /// <summary>True where every name and number of a sentence, and most of its other words, have been said.</summary>
    public bool Has(string sentence)
    {
        var terms = TermReader.Read(sentence, _language).DistinctBy(term => term.Word).ToList();
        var others = terms.Where(term => !_words.Contains(term.Word)).ToList();
        return !others.Exists(term => term.IsName || term.IsNumber) && others.Count <= (1 - Most) * terms.Count;
    }
}
