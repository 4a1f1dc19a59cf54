namespace NewsWatch.Core.Stories.Clusters;

/// <summary>A merge or split of stories. Keys stay valid for ever: no alert's key is rewritten.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Story">The story that goes on with key and thread: the older one.</param>
/// <param name="Other">The one that was merged into it, or the new one that was split off.</param>
/// <param name="Reports">The reports that changed their story.</param>
/// <param name="Why">One sentence for <c>newswatch why</c>.</param>
public sealed record StoryChange(StoryChangeKind Kind, long Story, long Other, IReadOnlyList<long> Reports, string Why);

/// <summary>How stories change besides growing.</summary>
public enum StoryChangeKind
{
    /// <summary>Two stories turned out to be one.</summary>
    Merged,

    /// <summary>A story turned out to be two.</summary>
    Split,
}
