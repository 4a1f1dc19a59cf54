using NewsWatch.Core.Rules;
using NewsWatch.Core.Stories;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Alerts;

/// <summary>What an article says beyond what its thread has told: background that was told is not quoted again.</summary>
/// <param name="Sentence">The headline, or where the thread has told that, the first sentence of the text that is new.</param>
/// <param name="Excerpts">The excerpts that say more than the thread did; the headline stays.</param>
public sealed record Novelty(string Sentence, IReadOnlyList<Excerpt> Excerpts)
{
    /// <summary>Compares an article with the earlier alerts of its thread.</summary>
    /// <param name="headline">The article's headline.</param>
    /// <param name="excerpts">What an alert would quote of it.</param>
    /// <param name="language">BCP 47 language tag of the article; empty when unknown.</param>
    /// <param name="told">The earlier alerts.</param>
    public static Novelty From(string headline, IReadOnlyList<Excerpt> excerpts, string language, IEnumerable<AlertContent> told)
    {
        var said = new SaidBefore(told.SelectMany(alert => alert.Excerpts.Select(excerpt => excerpt.Text).Append(alert.Article.Title)), language);
        List<Excerpt> more = [.. excerpts.Where(excerpt => excerpt.Field == Field.Title || !said.Has(excerpt.Text))];
        var sentence = said.Has(headline) ? more.Find(excerpt => excerpt.Field == Field.Body)?.Text ?? headline : headline;
        return new(sentence, more);
    }
}
