using System.Globalization;
using NewsWatch.Core.Stories.Terms;

namespace NewsWatch.Core.Stories.Clusters;

/// <summary>Says why an article was placed where it is.</summary>
internal static class Reasons
{
    private const int TermsNamed = 5;

    /// <summary>Why an article is a copy.</summary>
    public static string OfCopy(Member owner, float contained) =>
        $"copy of article {owner.Article} in story {owner.Story.Key}: {Number(contained)} of the shorter text is in the longer";

    /// <summary>Why an article that is no copy was placed where it is.</summary>
    public static string Of(List<Term> terms, Candidate? report, Cluster? story, Candidate? likest)
    {
        if (report is { } known)
        {
            return $"tells the fact of report {known.Cluster.Key} in story {story!.Key} by {Number(known.Chance)}: {Shared(terms, known.Cluster)}";
        }

        if (story is not null)
        {
            return $"joined story {story.Key} by {Number(likest!.Value.Chance)}: {Shared(terms, story)}";
        }

        return likest is { } near ? $"begins a story: the likest, {near.Cluster.Key}, is like it by {Number(near.Chance)} only" : "begins a story: none of the last 7 days shares its words";
    }

    private static string Shared(List<Term> terms, Cluster cluster) =>
        string.Join(", ", terms.Where(term => cluster.HasInCore(term.Hash)).Select(term => term.Word).Distinct(StringComparer.Ordinal).Take(TermsNamed));

    private static string Number(float chance) => chance.ToString(".00", CultureInfo.InvariantCulture);
}
