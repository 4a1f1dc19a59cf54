using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules;

/// <summary>Cuts the sentences around hits: the one place that cuts, joins and marks, for mail, webhook, web and terminal.</summary>
public static class Excerpts
{
    /// <summary>The sentences that hold the hits, best first, at most <paramref name="maxWords"/> words in all.</summary>
    public static IReadOnlyList<Excerpt> Cut(Document document, IReadOnlyList<Hit> hits, int maxWords = 90) => new ExcerptCutter(document, hits).Cut(maxWords);
}
