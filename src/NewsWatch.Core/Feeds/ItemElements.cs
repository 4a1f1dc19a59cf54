using System.Xml.Linq;
using NewsWatch.Core.Feeds.Dates;
using NewsWatch.Core.Feeds.Xml;

namespace NewsWatch.Core.Feeds;

/// <summary>The children of an item or channel by name; those of media groups and enclosures count as the item's own, after them.</summary>
internal sealed class ItemElements
{
    private readonly List<(string Name, XElement Element)> _all = [];

    public ItemElements(XElement parent, ElementNames names)
    {
        foreach (var element in parent.Elements())
        {
            _all.Add((names.Of(element), element));
        }

        for (var at = 0; at < _all.Count; at++)
        {
            if (_all[at].Name is "media:group" or "media:content" or "enclosure")
            {
                _all.AddRange(_all[at].Element.Elements().Select(inner => (names.Of(inner), inner)));
            }
        }
    }

    /// <summary>The elements of these names, in the order of the names.</summary>
    public IReadOnlyList<XElement> All(string[] wanted)
    {
        List<XElement>? found = null;
        foreach (var name in wanted)
        {
            Add(name, ref found);
        }

        return found ?? (IReadOnlyList<XElement>)[];
    }

    /// <summary>The elements of one name.</summary>
    public IReadOnlyList<XElement> All(string name)
    {
        List<XElement>? found = null;
        Add(name, ref found);
        return found ?? (IReadOnlyList<XElement>)[];
    }

    /// <summary>The first of these names with a date that can be read; where it is there twice, the last one counts.</summary>
    public DateTimeOffset? Date(string[] wanted)
    {
        foreach (var name in wanted)
        {
            for (var at = _all.Count - 1; at >= 0; at--)
            {
                if (_all[at].Name == name && FeedDates.Parse(_all[at].Element.Value) is { } date)
                {
                    return date;
                }
            }
        }

        return null;
    }

    private void Add(string name, ref List<XElement>? found)
    {
        foreach (var (key, element) in _all)
        {
            if (key == name)
            {
                (found ??= []).Add(element);
            }
        }
    }
}
