using NewsWatch.Core.Stories.Terms;

namespace NewsWatch.Core.Stories.Clusters;

/// <summary>One headline against the articles of the window: each pair is compared once, for reports and stories alike.</summary>
internal sealed class Comparison(Gist gist, DateTimeOffset now)
{
    private readonly Dictionary<Member, (float Report, float Story)> _chances = [];
    private readonly float[] _place = gist.Place();

    /// <summary>How like the headline is to a report's articles.</summary>
    public Likeness WithReport(Cluster report) => With(report, chances => chances.Report);

    /// <summary>How like the headline is to a story's articles.</summary>
    public Likeness WithStory(Cluster story) => With(story, chances => chances.Story);

    /// <summary>The chance that the headline tells an article's fact, and that it belongs to its story.</summary>
    public (float Report, float Story) With(Member member)
    {
        if (!_chances.TryGetValue(member, out var chances))
        {
            var common = PairEvidence.Common.Of(member, gist, _place, now);
            chances = (PairEvidence.OfReport.Chance(common), PairEvidence.OfStory.Chance(common));
            _chances.Add(member, chances);
        }

        return chances;
    }

    private Likeness With(Cluster cluster, Func<(float Report, float Story), float> kind)
    {
        var latest = cluster.Latest;
        Span<float> chances = stackalloc float[latest.Length];
        for (var i = 0; i < latest.Length; i++)
        {
            chances[i] = kind(With(latest[i]));
        }

        return Likeness.From(chances);
    }
}
