using System.Xml;
using System.Xml.Linq;

namespace NewsWatch.Core.Feeds.Xml;

/// <summary>Takes items that are not read anyway out of a document that is still being read, but not the <paramref name="open"/> one.</summary>
/// <returns>How many.</returns>
internal delegate int ItemRemover(XElement root, XElement open);

/// <summary>
/// The elements of a document, as XDocument.Load builds them, but no deeper than allowed, also where entities bring depth.
/// Where the elements get many, items that are not read anyway are taken out again.
/// </summary>
internal sealed class LimitedTreeBuilder(XmlReader reader, ItemRemover? remove, CancellationToken cancellation)
{
    private const int MaxElements = 400_000;
    private readonly ElementBuilder _builder = new();
    private int _elements;
    private int _room = MaxElements / 20;
    private string _uri = "";
    private XNamespace _space = XNamespace.None;

    /// <summary>What was read so far, also of a document that turned out not to be well-formed.</summary>
    public XElement? Root => _builder.Root;

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
                    if (_elements > _room)
                    {
                        MakeRoom(Root!);
                    }

                    break;
                case XmlNodeType.EndElement:
                    _builder.End();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                case XmlNodeType.Whitespace when _builder.KeepsBlanks:
                    _builder.Hold(reader.Value);
                    break;
            }
        }

        return !IsTooMuch;
    }

    /// <summary>The next time is far enough away for the time to stay in proportion.</summary>
    private void MakeRoom(XElement root)
    {
        Dropped += remove?.Invoke(root, _builder.Current!) ?? 0;
        _elements = root.DescendantsAndSelf().Count();
        IsTooMuch = _room == MaxElements && _elements > MaxElements * 3 / 4;
        _room = Math.Max(_room, Math.Min(2 * _elements, MaxElements));
    }

    private void Begin()
    {
        _elements++;
        var element = new XElement(Space(reader.NamespaceURI).GetName(reader.LocalName));
        _builder.Begin(element);
        var isEmpty = reader.IsEmptyElement;
        for (var at = 0; at < reader.AttributeCount; at++)
        {
            reader.MoveToAttribute(at);
            element.Add(new XAttribute((reader.Prefix.Length == 0 ? XNamespace.None : XNamespace.Get(reader.NamespaceURI)).GetName(reader.LocalName), reader.Value));
        }

        if (isEmpty)
        {
            _builder.End();
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
