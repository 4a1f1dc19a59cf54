using System.Globalization;

namespace NewsWatch.Core.Stories.Clusters;

/// <summary>
/// Two stories that turn out to be one. What a story is about shows with its reports, so it is looked at again when it grows.
/// </summary>
internal static class StoryMerge
{
    // The mean chance over all pairs of articles.
    private const float SameStory = .6f;
    private static readonly TimeSpan Recent = TimeSpan.FromHours(24);

    /// <summary>Whether a story is looked at again at this size: at its 3rd, 6th, 12th article and so on.</summary>
    public static bool IsDue(int articles) => articles % 3 == 0 && int.IsPow2(articles / 3);

    /// <summary>The story that is the same as the given one; null for none.</summary>
    public static Candidate? Find(Cluster story, IEnumerable<Cluster> others, DateTimeOffset now)
    {
        Candidate? best = null;
        foreach (var other in others.Where(other => other != story && now - other.Last <= Recent))
        {
            var chance = Mean(story, other);
            if (chance >= SameStory && !(best?.Chance >= chance))
            {
                best = new(other, chance);
            }
        }

        return best;
    }

    /// <summary>Merges two stories into the older one.</summary>
    public static StoryChange Merge(Cluster one, Cluster other, float chance)
    {
        var (older, younger) = one.Key < other.Key ? (one, other) : (other, one);
        var reports = younger.Members.Select(member => member.Report.Key).Distinct().ToList();
        older.Absorb(younger);
        foreach (var member in younger.Members)
        {
            member.Story = older;
        }

        var why = $"story {younger.Key} was merged into story {older.Key}: their articles belong together by {chance.ToString(".00", CultureInfo.InvariantCulture)}";
        return new(StoryChangeKind.Merged, older.Key, younger.Key, reports, why);
    }

    private static float Mean(Cluster one, Cluster other)
    {
        var sum = 0f;
        foreach (var member in one.Latest)
        {
            foreach (var against in other.Latest)
            {
                sum += PairEvidence.StoryChance(member, against);
            }
        }

        return sum / (one.Latest.Length * other.Latest.Length);
    }
}
