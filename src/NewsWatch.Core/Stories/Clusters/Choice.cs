using NewsWatch.Core.Stories.Terms;

namespace NewsWatch.Core.Stories.Clusters;

/// <summary>The likeliest report and the likeliest story of a headline.</summary>
/// <param name="Report">The likeliest report; null where none is like at all.</param>
/// <param name="Story">The likeliest story; null where none is like at all.</param>
/// <param name="Stories">All stories that share terms with the headline.</param>
internal sealed record Choice(Candidate? Report, Candidate? Story, IReadOnlyList<Cluster> Stories)
{
    /// <summary>Weighs the reports and stories of the articles that are like a headline.</summary>
    public static Choice Of(Gist gist, List<Member> like, DateTimeOffset now)
    {
        var comparison = new Comparison(gist, now);
        var reports = like.Select(member => member.Report).Distinct().ToList();
        var stories = like.Select(member => member.Story).Distinct().ToList();
        var report = Candidate.Best(
            reports,
            comparison.WithReport,
            (report, likeness) => JoinEvidence.OfReport.Odds(report, gist, now, likeness)
                + (JoinEvidence.StoryWeight * Logit.Of(comparison.WithStory(StoryOf(report)).Three))
                + (JoinEvidence.SiblingWeight * Sibling(report, reports, comparison)),
            JoinEvidence.OfReport.Lead);
        var story = Candidate.Best(stories, comparison.WithStory, (story, likeness) => JoinEvidence.OfStory.Odds(story, gist, now, likeness), JoinEvidence.OfStory.Lead);
        return new(report, story, stories);
    }

    private static Cluster StoryOf(Cluster report) => report.Members[0].Story;

    // The likest other report of the same story: where two are alike, the headline may be a third.
    private static float Sibling(Cluster report, List<Cluster> reports, Comparison comparison) =>
        reports.Where(other => other != report && StoryOf(other) == StoryOf(report)).Select(other => comparison.WithReport(other).Best).DefaultIfEmpty(0).Max();
}
