using NewsWatch.Core.Feeds;

namespace NewsWatch.Polling.Sources;

/// <summary>Where a feed can be listened to: the Link header goes before what the document says (WebSub, section 4).</summary>
internal static class PushHints
{
    /// <summary>The hints with hub and self of the header, where it has them.</summary>
    public static FeedHints Merge(FeedHints hints, IReadOnlyList<(string Rel, string Url)> links)
    {
        var hubs = links.Where(link => link.Rel == "hub").Select(link => link.Url).ToList();
        var self = links.FirstOrDefault(link => link.Rel == "self").Url;
        return hubs.Count == 0 ? hints : hints with { Hubs = hubs, Self = self ?? hints.Self };
    }
}
