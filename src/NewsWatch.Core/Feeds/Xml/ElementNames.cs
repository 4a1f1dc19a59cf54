using System.Xml.Linq;

namespace NewsWatch.Core.Feeds.Xml;

/// <summary>Names as the mapper asks for them: lower case, with the usual prefix of the namespace, none for RSS and Atom ("title", "dc:date").</summary>
internal sealed class ElementNames(XElement root)
{
    private readonly Dictionary<XName, string> _keys = [];
    private readonly Dictionary<XNamespace, string> _prefixes = [];

    // The root of RSS 1.0 is not in the namespace of its items.
    private bool IsRdf { get; } = root.Name.LocalName.Equals("rdf", StringComparison.OrdinalIgnoreCase);

    public string Of(XElement element)
    {
        if (!_keys.TryGetValue(element.Name, out var key))
        {
            var local = element.Name.LocalName.ToLowerInvariant();
            key = Prefix(element.Name.Namespace) + local;
            _keys[element.Name] = key;
        }

        return key;
    }

    private string Prefix(XNamespace space)
    {
        if (!_prefixes.TryGetValue(space, out var prefix))
        {
            prefix = space == root.Name.Namespace && !IsRdf ? "" : KnownNamespaces.Prefix(space.NamespaceName) switch
            {
                "" => "",
                null => "?:",
                var known => known + ":",
            };
            _prefixes[space] = prefix;
        }

        return prefix;
    }
}
