using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace NewsWatch.Core.Feeds;

/// <summary>
/// The elements of a document, as XDocument.Load builds them, but no deeper than allowed, also where entities bring depth; text in one piece, however
/// many sections and comments it is made of; and without the indentation between a feed's own elements. Where the elements get many, items that are
/// not read anyway are taken out again.
/// </summary>
internal sealed class ElementTree(XmlReader reader, CancellationToken cancellation)
{
    private const int MostElements = 400_000;
    private readonly StringBuilder _more = new();
    private int _elements;
    private int _room = MostElements / 20;
    private string _words = "";
    private XElement? _current;
    private string _uri = "";
    private XNamespace _space = XNamespace.None;

    /// <summary>What was read so far, also of a document that turned out not to be well-formed.</summary>
    public XElement? Root { get; private set; }

    /// <summary>Items that were taken out.</summary>
    public int Dropped { get; private set; }

    /// <summary>The document has more elements than are held, apart from the items that can be taken out.</summary>
    public bool IsTooMuch { get; private set; }

    /// <summary>Reads to the end of the document.</summary>
    /// <returns>False when elements nest <paramref name="limit"/> levels or more, or are too many.</returns>
    /// <exception cref="XmlException">The document is not well-formed.</exception>
    public bool Read(int limit)
    {
        while (!IsTooMuch && reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when reader.Depth >= limit - 1:
                    return false;
                case XmlNodeType.Element:
                    Begin();
                    Root ??= _current;
                    if (_elements > _room)
                    {
                        MakeRoom(Root!);
                    }

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

        return !IsTooMuch;
    }

    /// <summary>The next time is far enough away for the time to stay in proportion.</summary>
    private void MakeRoom(XElement root)
    {
        Dropped += Crowd.Thin(root, _current!);
        _elements = root.DescendantsAndSelf().Count();
        IsTooMuch = _room == MostElements && _elements > MostElements * 3 / 4;
        _room = Math.Max(_room, Math.Min(2 * _elements, MostElements));
    }

    private void Begin()
    {
        Flush();
        _elements++;
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
