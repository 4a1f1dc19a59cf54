using System.Xml.Linq;
using CodeHollow.FeedReader.Feeds;
using NewsWatch.Core.Feeds.Xml;

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
        return collected.Count <= FeedParser.MaxItems && ByFeedReader(root, kind) is { } split && split.Count >= collected.Count ? split : collected;
    }

    /// <summary>The library maps each item while it splits, and throws what an odd value makes it throw.</summary>
    private static List<XElement>? ByFeedReader(XElement root, string kind)
    {
        try
        {
            BaseFeed? feed = (kind, kind == "rss10" ? Channel(Outline(root)) : root.Element("channel")) switch
            {
                ("rss091" or "rss092" or "rss20", { } channel) => new Rss091Feed("", Outline(channel)),
                ("rss10", { } channel) => new Rss10Feed("", channel),
                ("atom10", _) => new AtomFeed("", Outline(root)),
                _ => null,
            };
            return feed is null ? null : [.. feed.Items.Select(item => item.Element.Annotation<XElement>()!)];
        }
        catch (Exception odd) when (odd is NullReferenceException or FormatException or ArgumentException or InvalidOperationException or OverflowException)
        {
            return null;
        }
    }

    // The library maps each item while it splits. That is not used here and takes time, so it is shown the items without their parts,
    // and as RSS 0.91, which splits like its successors and maps least.
    private static XElement Outline(XElement parent) => new(parent.Name, parent.Attributes(), parent.Elements().Where(element => element.Name.LocalName is "item" or "entry" or "channel").Select(Bare));

    private static XElement? Channel(XElement outline) => outline.Elements().FirstOrDefault(element => element.Name.LocalName == "channel");

    private static XElement Bare(XElement item)
    {
        var bare = new XElement(item.Name);
        bare.AddAnnotation(item);
        return bare;
    }

    /// <summary>The items by their names alone.</summary>
    internal static List<XElement> Collected(XElement root, string kind, ElementNames names)
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
