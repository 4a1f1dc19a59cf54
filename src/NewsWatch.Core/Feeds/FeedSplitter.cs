using System.Xml.Linq;
using CodeHollow.FeedReader.Feeds;

namespace NewsWatch.Core.Feeds;

/// <summary>
/// Splits a document into items. CodeHollow.FeedReader does it where the document is of a version that it knows; what it leaves out or
/// stumbles over (faulty nesting, recovered documents, other versions) is collected here. Either way the items go to one mapper, so that an
/// item's identity never depends on who found it. Beyond the limit of items the library is not asked, because it makes copies of all of them.
/// </summary>
internal static class FeedSplitter
{
    /// <summary>The item elements in document order.</summary>
    public static IReadOnlyList<XElement> Items(XElement root, string kind, ElementNames names)
    {
        var collected = Collected(root, kind, names);
        return collected.Count <= FeedParser.MostItems && ByFeedReader(root, kind) is { } split && split.Count >= collected.Count ? split : collected;
    }

    /// <summary>The library maps each item while it splits, and throws what an odd value makes it throw.</summary>
    private static List<XElement>? ByFeedReader(XElement root, string kind)
    {
        try
        {
            BaseFeed? feed = (kind, root.Element("channel")) switch
            {
                ("rss20", { } channel) => new Rss20Feed("", channel),
                ("rss091", { } channel) => new Rss091Feed("", channel),
                ("rss092", { } channel) => new Rss092Feed("", channel),
                ("rss10", _) => new Rss10Feed("", root),
                ("atom10", _) => new AtomFeed("", root),
                _ => null,
            };
            return feed is null ? null : [.. feed.Items.Select(item => item.Element)];
        }
        catch (Exception odd) when (odd is NullReferenceException or FormatException or ArgumentException or InvalidOperationException or OverflowException)
        {
            return null;
        }
    }

    private static List<XElement> Collected(XElement root, string kind, ElementNames names)
    {
        var found = kind == "atom10" && root.Name.LocalName.Equals("entry", StringComparison.OrdinalIgnoreCase) ? [root] : new List<XElement>();
        if (found.Count == 0)
        {
            Collect(root, names, found);
        }

        // In a recovered document an element that was never closed may hold the items.
        return found.Count > 0 ? found : [.. root.Descendants().Where(element => names.Of(element) is "item" or "entry" && !element.Ancestors().Any(outer => names.Of(outer) is "item" or "entry"))];
    }

    private static void Collect(XElement parent, ElementNames names, List<XElement> found)
    {
        foreach (var child in parent.Elements())
        {
            var name = names.Of(child);
            if (name is "item" or "entry")
            {
                found.Add(child);
            }
            else if (name is "channel" or "items" or "rdf:rdf" or "feed" or "rss")
            {
                Collect(child, names, found);
            }
        }
    }
}
