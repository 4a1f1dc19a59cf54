using System.Xml;
using System.Xml.Linq;
using AngleSharp.Dom;
using AngleSharp.Xml.Parser;

namespace NewsWatch.Core.Feeds.Xml;

/// <summary>What AngleSharp.Xml recovers of text that is not well-formed, as the same kind of elements that well-formed text gives.</summary>
internal static class LenientXmlParser
{
    /// <summary>The root element; null when there is none.</summary>
    public static XElement? Recover(string text, CancellationToken cancellation)
    {
        try
        {
            var forgiving = new XmlParserOptions { IsSuppressingErrors = true, OnCreated = (_, _) => cancellation.ThrowIfCancellationRequested() };
            using var document = new XmlParser(forgiving).ParseDocument(text);
            return document.DocumentElement is { } root ? Element(root) : null;
        }
        catch (Exception broken) when (broken is XmlParseException or DomException or InvalidOperationException or ArgumentException or IndexOutOfRangeException or NullReferenceException)
        {
            return null;
        }
    }

    private static XElement Element(IElement source)
    {
        var element = new XElement(Name(source.LocalName, source.Prefix, source.NamespaceUri));
        foreach (var attribute in source.Attributes)
        {
            if (attribute.Name.StartsWith("xmlns", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var name = attribute.Name.StartsWith("xml:", StringComparison.OrdinalIgnoreCase)
                ? XNamespace.Xml + XmlConvert.EncodeLocalName(attribute.LocalName)
                : Name(attribute.LocalName, attribute.Prefix, attribute.Prefix is null ? null : attribute.NamespaceUri);
            element.SetAttributeValue(name, attribute.Value);
        }

        foreach (var node in source.ChildNodes)
        {
            if (node is IElement child)
            {
                element.Add(Element(child));
            }
            else if (node is ICharacterData { NodeType: NodeType.Text or NodeType.CharacterData } words)
            {
                element.Add(new XText(words.Data));
            }
        }

        return element;
    }

    private static XName Name(string local, string? prefix, string? uri)
    {
        var colon = local.IndexOf(':', StringComparison.Ordinal);
        var (own, name) = colon > 0 && prefix is null ? (local[..colon], local[(colon + 1)..]) : (prefix, local);
        return XName.Get(XmlConvert.EncodeLocalName(name.Length == 0 ? "_" : name)!, string.IsNullOrEmpty(uri) ? own is null ? "" : KnownNamespaces.Uri(own) : uri);
    }
}
