using System.Buffers;
using System.Xml.Linq;

namespace NewsWatch.Core.Feeds.Xml;

/// <summary>The names of a document of the plain kind, in the namespaces that its elements declare.</summary>
internal sealed class PlainXmlNames
{
    private const int MaxDeclarations = 200;
    private static readonly SearchValues<char> OfNames = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:");
    private readonly KnownNames _known = KnownNames.OfThread;
    private readonly List<(string Prefix, XNamespace Space)> _declared = [("", XNamespace.None), ("xml", XNamespace.Xml)];
    private readonly Stack<int> _outer = new();

    /// <summary>The length of the name at the beginning of a text: letters, digits and signs of ASCII; 0 for none, or one that needs more.</summary>
    public static int LengthAt(ReadOnlySpan<char> text)
    {
        if (text.Length == 0 || !(char.IsAsciiLetter(text[0]) || text[0] == '_'))
        {
            return 0;
        }

        var length = text.IndexOfAnyExcept(OfNames);
        return length < 0 || text[length] >= '\u0080' ? 0 : length;
    }

    /// <summary>Begins an element with its declarations; false for one that says more than a prefix or the default.</summary>
    public bool Begin(string text, List<(Range Name, string Value)> attributes)
    {
        _outer.Push(_declared.Count);
        foreach (var (range, uri) in attributes)
        {
            var name = text.AsSpan()[range];
            if (!name.StartsWith("xmlns") || !(name.Length == 5 || name[5] == ':'))
            {
                continue;
            }

            var prefix = name.Length == 5 ? "" : name[6..].ToString();
            if (_declared.Count > MaxDeclarations || prefix.StartsWith("xml", StringComparison.OrdinalIgnoreCase) || prefix.Contains(':', StringComparison.Ordinal)
                || (name.Length > 5 && (prefix.Length == 0 || uri.Length == 0)) || uri == XNamespace.Xml.NamespaceName || uri == XNamespace.Xmlns.NamespaceName)
            {
                return false;
            }

            _declared.Add((prefix, XNamespace.Get(uri)));
        }

        return true;
    }

    /// <summary>Ends the element that began last.</summary>
    public void End()
    {
        var count = _outer.Pop();
        if (_declared.Count > count)
        {
            _declared.RemoveRange(count, _declared.Count - count);
        }
    }

    /// <summary>The name of an element; null when its prefix is not declared.</summary>
    public XName? OfElement(ReadOnlySpan<char> name) => _known.Find(name) is { } known && Space(known.Prefix) is { } space ? known.In(space) : null;

    /// <summary>The name of an attribute; null when its prefix is not declared, or it changes how the document is read.</summary>
    public XName? OfAttribute(ReadOnlySpan<char> name) =>
        _known.Find(name) is not { } known || name is "xml:space" ? null
        : known.Prefix.Length == 0 ? known.In(XNamespace.None)
        : known.Prefix == "xmlns" ? known.In(XNamespace.Xmlns)
        : Space(known.Prefix) is { } space ? known.In(space)
        : null;

    private XNamespace? Space(string prefix)
    {
        for (var i = _declared.Count - 1; i >= 0; i--)
        {
            if (_declared[i].Prefix == prefix)
            {
                return _declared[i].Space;
            }
        }

        return null;
    }
}
