using System.Xml.Linq;

namespace NewsWatch.Core.Feeds;

/// <summary>Splits a document into items: the elements named item and entry, wherever a format or a fault puts them.</summary>
internal static class FeedSplitter
{
    /// <summary>The item elements in document order.</summary>
    public static IReadOnlyList<XElement> Items(XElement root, string kind, ElementNames names)
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
