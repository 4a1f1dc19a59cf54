using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace NewsWatch.Core.Feeds;

/// <summary>
/// The elements of a document, as XDocument.Load builds them, but no deeper than allowed, also where entities bring depth; text in one piece, however
/// many sections and comments it is made of; and without the indentation between a feed's own elements.
/// </summary>
internal sealed class ElementTree(XmlReader reader)
{
    private readonly StringBuilder _more = new();
    private string _words = "";
    private XElement? _current;
    private string _uri = "";
    private XNamespace _space = XNamespace.None;

    /// <summary>What was read so far, also of a document that turned out not to be well-formed.</summary>
    public XElement? Root { get; private set; }

    /// <summary>Reads to the end of the document.</summary>
    /// <returns>False when elements nest <paramref name="limit"/> levels or more.</returns>
    /// <exception cref="XmlException">The document is not well-formed.</exception>
    public bool Read(int limit)
    {
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when reader.Depth >= limit - 1:
                    return false;
                case XmlNodeType.Element:
                    Begin();
                    Root ??= _current;
                    break;
                case XmlNodeType.EndElement:
                    End();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                case XmlNodeType.Whitespace when _current is { Name.LocalName: not ("item" or "entry" or "channel" or "rss" or "feed" or "RDF") }:
                    Hold(reader.Value);
                    break;
            }
        }

        return true;
    }

    private void Begin()
    {
        Flush();
        var element = new XElement(Space(reader.NamespaceURI).GetName(reader.LocalName));
        _current?.Add(element);
        _current = element;
        var isEmpty = reader.IsEmptyElement;
        for (var at = 0; at < reader.AttributeCount; at++)
        {
            reader.MoveToAttribute(at);
            element.Add(new XAttribute((reader.Prefix.Length == 0 ? XNamespace.None : XNamespace.Get(reader.NamespaceURI)).GetName(reader.LocalName), reader.Value));
        }

        if (isEmpty)
        {
            End();
        }
    }

    private void End()
    {
        Flush();
        _current = _current!.Parent ?? _current;
    }

    private void Hold(string words)
    {
        if (_words.Length == 0)
        {
            _words = words;
        }
        else
        {
            _more.Append(words);
        }
    }

    private void Flush()
    {
        if (_words.Length > 0)
        {
            _current!.Add(_more.Length == 0 ? _words : _words + _more);
            _words = "";
            _more.Clear();
        }
    }

    // Elements mostly share their parent's namespace, and the reader gives the same string for the same name.
    private XNamespace Space(string uri)
    {
        if (!ReferenceEquals(uri, _uri))
        {
            (_uri, _space) = (uri, XNamespace.Get(uri));
        }

        return _space;
    }
}
