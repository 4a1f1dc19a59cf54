namespace NewsWatch.Core.Stories.Clusters;

/// <summary>The likeliest report and the likeliest story of a headline.</summary>
/// <param name="Report">The likeliest report; null where none is like at all.</param>
/// <param name="Story">The likeliest story; null where none is like at all.</param>
/// <param name="Stories">All stories that share terms with the article.</param>
internal sealed record Choice(Candidate? Report, Candidate? Story, IReadOnlyList<Cluster> Stories)
{
    // So much of the shorter of two summaries is in the longer where both tell one fact.
    private const float SharedBySummaries = .2f;

    /// <summary>Weighs the reports and stories of the articles that are like a headline.</summary>
    public static Choice From(Fingerprint print, List<Member> like, DateTimeOffset now)
    {
        var gist = print.Gist;
        var comparison = new Comparison(gist, now);
        var reports = like.Where(member => MayTellOne(print, member.Print)).Select(member => member.Report).Distinct().ToList();
        var stories = like.Select(member => member.Story).Distinct().ToList();
        var report = Candidate.Best(
            reports,
            comparison.WithReport,
            (report, likeness) => JoinEvidence.OfReport.Odds(report, gist, now, likeness)
                + (JoinEvidence.StoryWeight * Logit.Of(comparison.WithStory(StoryOf(report)).Three))
                + (JoinEvidence.SiblingWeight * Sibling(report, reports, comparison)),
            JoinEvidence.OfReport.Lead);
        return new(report, BestStory(print, stories, comparison, now), stories);
    }

    // Of texts, what they are about says more than all headlines.
    private static Candidate? BestStory(Fingerprint print, List<Cluster> stories, Comparison comparison, DateTimeOffset now)
    {
        var texts = print.Profile is { } profile
            ? stories.Where(story => story.Texts > 0).Select(story => new Candidate(story, Logit.Chance(TextEvidence.Odds(story.About(profile), now - story.Last)))).ToList()
            : [];
        var best = texts.Count > 0 ? texts.MaxBy(candidate => candidate.Chance) : (Candidate?)null;
        var others = print.Profile is null ? stories : stories.Where(story => story.Texts == 0).ToList();
        var headline = Candidate.Best(others, comparison.WithStory, (story, likeness) => JoinEvidence.OfStory.Odds(story, print.Gist, now, likeness), JoinEvidence.OfStory.Lead);
        return best?.Chance >= (headline?.Chance ?? 0) ? best : headline;
    }

    // Two whole texts that are no copies are two reports, whatever their headlines say; so are two summaries that have nothing in common.
    private static bool MayTellOne(Fingerprint one, Fingerprint other) =>
        one.Sketch is not { } text || other.Sketch is not { } another || (text.IsBrief && another.IsBrief && text.With(another).Contained >= SharedBySummaries);

    private static Cluster StoryOf(Cluster report) => report.Members[0].Story;

    // The likest other report of the same story: where two are alike, the headline may be a third.
    private static float Sibling(Cluster report, List<Cluster> reports, Comparison comparison) =>
        reports.Where(other => other != report && StoryOf(other) == StoryOf(report)).Select(other => comparison.WithReport(other).Best).DefaultIfEmpty(0).Max();
}
