using System.Xml.Linq;
using NewsWatch.Core.Feeds.Xml;

namespace NewsWatch.Core.Feeds;

/// <summary>Makes room in a feed that is still being read and already has more items than are ever kept: the oldest go.</summary>
internal static class ItemTrimmer
{
    /// <summary>Takes items out of the document, but not the one that is <paramref name="open"/>.</summary>
    /// <returns>How many.</returns>
    public static int DropOldest(XElement root, XElement open)
    {
        var names = new ElementNames(root);
        var newest = new NewestItems<XElement>(item => ItemMapper.Published(item, names));
        var held = open.AncestorsAndSelf().ToHashSet();
        var items = FeedSplitter.Collected(root, "", names).Where(item => !held.Contains(item)).ToList();
        items.ForEach(newest.Add);
        var old = items.ToHashSet();
        old.ExceptWith(newest.Kept());
        foreach (var parent in old.Select(item => item.Parent!).Distinct().ToList())
        {
            // Taking elements out one by one costs as much as looking for each.
            var rest = parent.Nodes().Where(node => node is not XElement element || !old.Contains(element)).ToList();
            parent.RemoveNodes();
            parent.Add(rest);
        }

        return old.Count;
    }
}
