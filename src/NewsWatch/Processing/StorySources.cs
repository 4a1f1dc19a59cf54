using NewsWatch.Configuration;
using NewsWatch.Core.Stories.Origins;
using NewsWatch.Storage;
using NewsWatch.Storage.Stories;

namespace NewsWatch.Processing;

/// <summary>Who tells a story, and who of them found out.</summary>
internal static class StorySources
{
    /// <summary>The sources of a story as its articles were last read.</summary>
    /// <param name="threads">The story's threads.</param>
    /// <param name="reading">The last reading that counts.</param>
    public static Corroboration Of(Session db, WatchConfiguration configuration, IReadOnlyList<long> threads, long reading)
    {
        var outlets = configuration.Outlets;
        return outlets.SourcesOf(StoryTexts.Of(db, threads, reading, outlets.Of));
    }
}
