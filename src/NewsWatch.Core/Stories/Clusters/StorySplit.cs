namespace NewsWatch.Core.Stories.Clusters;

/// <summary>A story that turns out to be two: its latest articles fall into two groups that have nothing in common.</summary>
internal static class StorySplit
{
    private const int MinReports = 3;
    private const int MinPublishers = 2;

    // Below this chance two articles do not hold a story together.
    private const float Holds = .25f;

    /// <summary>The group that leaves a story: the younger one; empty where the story holds together.</summary>
    public static List<Member> Leaving(Cluster story)
    {
        var groups = Groups([.. story.Latest]).Where(IsStory).OrderBy(group => group[0].Article).ToList();
        return groups.Count >= 2 && !IsHeld(story, groups[^1]) ? groups[^1] : [];
    }

    /// <summary>Moves articles, whole reports, into a story of their own.</summary>
    public static StoryChange Split(Cluster story, List<Member> leaving, long key)
    {
        var other = new Cluster(key, isStory: true);
        foreach (var member in leaving)
        {
            story.Remove(member);
            other.Add(member);
            member.Story = other;
        }

        var reports = leaving.Select(member => member.Report.Key).Distinct().ToList();
        return new(StoryChangeKind.Split, story.Key, key, reports, $"story {key} was split off story {story.Key}: {reports.Count} reports have nothing in common with the others");
    }

    private static bool IsStory(List<Member> group) =>
        group.DistinctBy(member => member.Report).Count() >= MinReports && group.DistinctBy(member => member.Publisher).Count() >= MinPublishers;

    // A report never falls apart, and older articles hold the group as well.
    private static bool IsHeld(Cluster story, List<Member> group) =>
        story.Members.Except(group).Any(other => group.Any(member => member.Report == other.Report || PairEvidence.StoryChance(member, other) >= Holds));

    private static List<List<Member>> Groups(List<Member> members)
    {
        var groups = new List<List<Member>>();
        while (members.Count > 0)
        {
            var group = new List<Member> { members[0] };
            members.RemoveAt(0);
            for (var i = 0; i < group.Count; i++)
            {
                var held = members.Where(other => other.Report == group[i].Report || PairEvidence.StoryChance(group[i], other) >= Holds).ToList();
                group.AddRange(held);
                members.RemoveAll(held.Contains);
            }

            group.Sort((one, other) => one.Article.CompareTo(other.Article));
            groups.Add(group);
        }

        return groups;
    }
}
