using NewsWatch.Core.Articles;

namespace NewsWatch.Core.Stories;

/// <summary>Which of two versions of an article is kept.</summary>
public static class ArticleVersion
{
    /// <summary>The version to keep, or null when the known one stays as it is.</summary>
    /// <param name="known">What is kept.</param>
    /// <param name="read">What was read now.</param>
    /// <param name="sameSource">True when the source that brought it first brought this too: its edits count.</param>
    public static Article? Better(Article known, Article read, bool sameSource)
    {
        var losesText = known.Completeness == Completeness.Full && read.Completeness != Completeness.Full;
        if (!sameSource && (losesText || read.Text.Length <= known.Text.Length))
        {
            return null;
        }

        var better = (losesText ? known with { Title = read.Title } : read) with
        {
            Authors = read.Authors.Count > 0 ? read.Authors : known.Authors,
            Published = known.Published ?? read.Published,
            Modified = read.Modified ?? known.Modified,
            Language = read.Language.Length > 0 ? read.Language : known.Language,
            Section = read.Section.Length > 0 ? read.Section : known.Section,
            Keywords = read.Keywords.Count > 0 ? read.Keywords : known.Keywords,
        };
        return IsSame(better, known) ? null : better;
    }

    private static bool IsSame(Article one, Article other) =>
        one.Title == other.Title
        && one.Text == other.Text
        && one.Completeness == other.Completeness
        && one.Published == other.Published
        && one.Modified == other.Modified
        && one.Language == other.Language
        && one.Section == other.Section
        && one.Authors.SequenceEqual(other.Authors)
        && one.Keywords.SequenceEqual(other.Keywords);
}
