using NewsWatch.Core.Stories.Clusters;

namespace NewsWatch.Core.Stories;

/// <summary>Where an article belongs.</summary>
/// <param name="Report">The report's key: the first article that told the fact.</param>
/// <param name="Story">The story's key: its first article.</param>
/// <param name="Kind">What the article is to its story.</param>
/// <param name="IsDoubtful">True where it was joined to a report, but so narrowly that it is told as a report of its own.</param>
/// <param name="Why">One sentence for <c>newswatch why</c>.</param>
/// <param name="Fingerprint">What is stored of the article, 1,194 bytes at most: a book is read back from it.</param>
/// <param name="Changes">Stories that were merged or split because of it, in order; mostly none.</param>
public sealed record Placement(long Report, long Story, PlacementKind Kind, bool IsDoubtful, string Why, ReadOnlyMemory<byte> Fingerprint, IReadOnlyList<StoryChange> Changes);

/// <summary>What an article is to its story.</summary>
public enum PlacementKind
{
    /// <summary>The first of a story.</summary>
    NewStory,

    /// <summary>A new fact of a known story.</summary>
    NewReport,

    /// <summary>A fact that the story has told.</summary>
    KnownReport,

    /// <summary>A text that the story has told.</summary>
    Copy,
}
