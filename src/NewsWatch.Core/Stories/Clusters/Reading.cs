using System.Collections.Frozen;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Stories.Copies;
using NewsWatch.Core.Stories.Terms;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Stories.Clusters;

/// <summary>An article as it is read to be placed.</summary>
/// <param name="Terms">The headline's terms in their order, with those of the watch.</param>
/// <param name="Print">What the window keeps.</param>
internal sealed record Reading(List<Term> Terms, Fingerprint Print)
{
    private static readonly FrozenSet<string> Prepositions =
        WordList.Lines("Stories.Words.prepositions.txt").SelectMany(line => TermReader.Read(line, "")).Select(term => term.Word).ToFrozenSet();

    /// <summary>
    /// Reads an article: a text of a few lines counts as part of the headline. All that a rule finds carries the rule's entities and lists, so that they would make
    /// one story of it; English articles have the table's words to be told apart by.
    /// </summary>
    public static Reading Of(string title, string text, string language, IEnumerable<string> watched, IEnumerable<string> found, RecentCounts recent)
    {
        var asked = found.SelectMany(words => TermReader.Read(words, language)).Select(term => term.Word).ToHashSet();
        var terms = TermReader.Read(title, language).ConvertAll(term => term with { IsShared = asked.Contains(term.Word) || Prepositions.Contains(term.Word) });
        var isForeign = Translations.IsForeign(title, language);
        var steps = isForeign ? Steps.Of(terms) : Steps.Of(title);
        terms.AddRange(isForeign ? watched.Order(StringComparer.Ordinal).Select(name => new Term(name, true)) : []);
        var words = SurfaceWords.Of(text);
        var sketch = TextSketch.From(text, words, BoilerplatePhrases.TellsLive(title));
        var body = TermReader.Read(words, language, Translations.IsForeign(text, language));
        if (sketch is null)
        {
            terms.AddRange(body.Select(term => term with { IsShared = true }));
        }

        var profile = sketch is null ? null : TextProfile.From(terms, body, recent);
        return new(terms, new(Gist.From(terms, steps, recent), profile, sketch));
    }
}
