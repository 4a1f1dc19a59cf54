using System.Text;
using System.Xml.Linq;

namespace NewsWatch.Core.Feeds.Xml;

/// <summary>Puts a tree of elements together: text in one piece, however many sections and comments it is made of, and without the indentation between a feed's own elements.</summary>
internal sealed class ElementBuilder
{
    private readonly StringBuilder _more = new();
    private string _words = "";

    /// <summary>The first element.</summary>
    public XElement? Root { get; private set; }

    /// <summary>The innermost element that has not ended.</summary>
    public XElement? Current { get; private set; }

    /// <summary>Whether blanks alone are text in the current element.</summary>
    public bool KeepsBlanks => Current is { Name.LocalName: not ("item" or "entry" or "channel" or "rss" or "feed" or "RDF") };

    /// <summary>Begins an element inside the current one.</summary>
    public void Begin(XElement element)
    {
        Flush();
        Current?.Add(element);
        Current = element;
        Root ??= element;
    }

    /// <summary>Adds text to the current element.</summary>
    public void Hold(string words)
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

    /// <summary>Ends the current element.</summary>
    public void End()
    {
        Flush();
        Current = Current!.Parent;
    }

    private void Flush()
    {
        if (_words.Length > 0)
        {
            Current!.Add(_more.Length == 0 ? _words : _words + _more);
            _words = "";
            _more.Clear();
        }
    }
}
