using NewsWatch.Core.Stories.Terms;

namespace NewsWatch.Core.Stories.Clusters;

/// <summary>
/// Whether a headline that joined a report may tell news all the same. A fact that is told twice costs a reader less than one that is never told, so only
/// these are certain: what is very like the report, what the report has told almost in these words, and what is like it, or soon retells one of its headlines,
/// and is mostly told in its story.
/// </summary>
internal static class Doubt
{
    private const float Likely = .8f;
    private const float Certain = .97f;

    // Names and watched words are what two events of one kind share: whatever the chance, a headline of whose deeds no other told so much has news.
    private const float ToldDeeds = .33f;

    // A publisher that comes back to its own report mostly has news; another one mostly follows.
    private const float CertainOfSamePublisher = .95f;
    private const float ToldByReport = .7f;
    private const float ToldByStory = .5f;

    // What tells, within half a day, half of the deeds of a single headline, and no other name, number or step, is like it; later ones tell what came of it.
    private const float RetoldDeeds = .5f;
    private static readonly TimeSpan RetoldWithin = TimeSpan.FromHours(12);

    /// <summary>True where the headline is told as a report of its own.</summary>
    public static bool Of(Candidate report, Gist gist, string publisher, DateTimeOffset now)
    {
        if ((report.Chance < Likely && !IsRetold(report.Cluster, gist, now)) || report.Cluster.ToldDeeds(gist) < ToldDeeds || report.Cluster.HasAhead(gist))
        {
            return true;
        }

        if (publisher.Length > 0 && report.Cluster.IsBy(publisher))
        {
            return report.Chance < CertainOfSamePublisher;
        }

        var story = report.Cluster.Members[0].Story;
        return report.Chance < Certain && report.Cluster.Told(gist) < ToldByReport && (story.Told(gist) < ToldByStory || story.NewSteps(gist) > 0);
    }

    private static bool IsRetold(Cluster report, Gist gist, DateTimeOffset now) =>
        now - report.Last <= RetoldWithin && report.ToldDeeds(gist) >= RetoldDeeds && report.NewSteps(gist) == 0 && !report.LacksNameOrNumber(gist);
}
