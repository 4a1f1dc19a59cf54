using System.Xml.Linq;
using NewsWatch.Core.Feeds.Dates;
using NewsWatch.Core.Feeds.Xml;

namespace NewsWatch.Core.Feeds;

/// <summary>The children of an item or channel by name; those of media groups and enclosures count as the item's own, after them.</summary>
internal sealed class ItemElements
{
    private const int Usual = 8;
    private readonly List<(string Name, XElement Element)> _all = new(Usual);

    // A bit for each name that is there: most that are asked for are not.
    private readonly ulong _present;

    public ItemElements(XElement parent, ElementNames names)
    {
        Add(parent, names);
        for (var at = 0; at < _all.Count; at++)
        {
            var (name, element) = _all[at];
            _present |= Bit(name);
            if (name is "media:group" or "media:content" or "enclosure" && element.HasElements)
            {
                Add(element, names);
            }
        }
    }

    /// <summary>The elements of these names, in the order of the names.</summary>
    public IReadOnlyList<XElement> All(params ReadOnlySpan<string> wanted)
    {
        List<XElement>? found = null;
        foreach (var name in wanted)
        {
            for (var at = Next(name, 0); at >= 0; at = Next(name, at + 1))
            {
                (found ??= []).Add(_all[at].Element);
            }
        }

        return found ?? (IReadOnlyList<XElement>)[];
    }

    /// <summary>The first text that is read from an element of these names, in the order of the names, and is not empty; null for none.</summary>
    public string? First(ReadOnlySpan<string> wanted, Func<XElement, string?> read)
    {
        foreach (var name in wanted)
        {
            if (First(name, read) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>The first text that is read from an element of this name, and is not empty; null for none.</summary>
    public string? First(string name, Func<XElement, string?> read)
    {
        for (var at = Next(name, 0); at >= 0; at = Next(name, at + 1))
        {
            if (read(_all[at].Element) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>The texts that are read from the elements of these names, each once, the empty ones left out; no more than an item keeps.</summary>
    public IReadOnlyList<string> Texts(ReadOnlySpan<string> wanted, Func<XElement, string> read)
    {
        List<string>? texts = null;
        foreach (var name in wanted)
        {
            for (var at = Next(name, 0); at >= 0 && texts is not { Count: ItemLimits.Names }; at = Next(name, at + 1))
            {
                if (read(_all[at].Element) is { Length: > 0 } text && texts?.Contains(text) != true)
                {
                    (texts ??= []).Add(text);
                }
            }
        }

        return texts ?? (IReadOnlyList<string>)[];
    }

    /// <summary>The first of these names with a date that can be read; where it is there twice, the last one counts.</summary>
    public DateTimeOffset? Date(ReadOnlySpan<string> wanted)
    {
        foreach (var name in wanted)
        {
            for (var at = _all.Count - 1; at >= 0 && Has(name); at--)
            {
                if (_all[at].Name == name && FeedDates.Parse(_all[at].Element.Value) is { } date)
                {
                    return date;
                }
            }
        }

        return null;
    }

    private void Add(XElement parent, ElementNames names)
    {
        foreach (var element in parent.Elements())
        {
            _all.Add((names.Of(element), element));
        }
    }

    private int Next(string name, int from)
    {
        for (var at = Has(name) ? from : _all.Count; at < _all.Count; at++)
        {
            if (_all[at].Name == name)
            {
                return at;
            }
        }

        return -1;
    }

    private bool Has(string name) => (_present & Bit(name)) != 0;

    private static ulong Bit(string name) => 1UL << (name.Length + (3 * name[0]) + (7 * name[^1]));
}
