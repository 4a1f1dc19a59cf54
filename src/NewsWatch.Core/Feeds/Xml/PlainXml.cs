using System.Text.RegularExpressions;
using System.Xml.Linq;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Feeds.Xml;

/// <summary>
/// The elements of a document of the plain kind that nearly all feeds are: elements, attributes, text, CDATA sections, comments, the references of XML itself. It gives the
/// tree that <see cref="LimitedTreeBuilder"/> gives, in half the time. At anything else, and at all that is not well-formed, it gives up, and the XML parser of the platform decides.
/// </summary>
internal sealed partial class PlainXml
{
    private const int MaxElements = 20_000;
    private const int MaxAttributes = 200;
    private const string Blanks = " \t\r\n";
    private readonly string _text;
    private readonly int _maxDepth;
    private readonly CancellationToken _cancellation;
    private readonly PlainXmlNames _names = new();
    private readonly List<(int Start, int Length)> _open = [];
    private readonly List<(Range Name, string Value)> _attributes = [];
    private readonly ElementBuilder _builder = new();
    private int _elements;
    private int _at;

    private PlainXml(string text, int maxDepth, CancellationToken cancellation)
    {
        _text = text;
        _maxDepth = maxDepth;
        _cancellation = cancellation;
    }

    private ReadOnlySpan<char> Rest => _text.AsSpan(_at);

    /// <summary>The root element; null where the document is not of this kind, or nests <paramref name="maxDepth"/> levels.</summary>
    public static XElement? Read(string text, int maxDepth, CancellationToken cancellation)
    {
        var reader = new PlainXml(text, maxDepth, cancellation);
        return reader.ReadDocument() ? reader._builder.Root : null;
    }

    private bool ReadDocument()
    {
        _at = Declaration().Match(_text) is { Success: true } declaration ? declaration.Length : 0;
        while (_at < _text.Length)
        {
            var mark = Rest.IndexOf('<');
            if (!ReadText(mark < 0 ? _text.Length : _at + mark) || (mark >= 0 && !ReadMarkup()))
            {
                return false;
            }
        }

        return _builder is { Root: not null, Current: null };
    }

    private bool ReadText(int end)
    {
        var text = _text.AsSpan(_at, end - _at);
        _at = end;
        if (text.Length == 0)
        {
            return true;
        }

        if (text[0] <= ' ' && !text.ContainsAnyExcept(Blanks))
        {
            if (_builder.KeepsBlanks)
            {
                _builder.Hold(XmlReferences.LineEnds(text));
            }

            return true;
        }

        // One look finds what most texts have nothing of.
        var isPlain = !text.ContainsAny('&', '\r', ']');
        if (_builder.Current is null || (!isPlain && text.IndexOf("]]>") >= 0)
            || (isPlain ? text.ToString() : XmlReferences.Resolve(text)) is not { } words || string.IsNullOrWhiteSpace(words))
        {
            return false;
        }

        _builder.Hold(words);
        return true;
    }

    private bool ReadMarkup() => Rest switch
    {
        ['<', '/', ..] => ReadEnd(),
        ['<', '!', '-', '-', ..] => ReadComment(),
        ['<', '!', ..] => _builder.Current is not null && ReadSection(),
        ['<', '?', ..] => ReadInstruction(),
        _ => ReadStart(),
    };

    private bool ReadStart()
    {
        _cancellation.ThrowIfCancellationRequested();
        var start = _at + 1;
        var length = PlainXmlNames.LengthAt(_text.AsSpan(start));
        _at = start + length;
        if (length == 0 || !ReadAttributes() || _open.Count >= _maxDepth - 1 || ++_elements > MaxElements || _builder is { Root: not null, Current: null })
        {
            return false;
        }

        var isEmpty = _text[_at] == '/';
        _at += isEmpty ? 2 : 1;
        _open.Add((start, length));
        return _names.Begin(_text, _attributes) && Begin(_text.AsSpan(start, length)) && (!isEmpty || End());
    }

    private bool Begin(ReadOnlySpan<char> name)
    {
        if (_names.OfElement(name) is not { } full)
        {
            return false;
        }

        var element = new XElement(full);
        foreach (var (attribute, value) in _attributes)
        {
            if (_names.OfAttribute(_text.AsSpan()[attribute]) is not { } own || (element.HasAttributes && element.Attribute(own) is not null))
            {
                return false;
            }

            element.Add(new XAttribute(own, value));
        }

        _builder.Begin(element);
        return true;
    }

    // To the bracket that ends the tag, or the slash before it.
    private bool ReadAttributes()
    {
        _attributes.Clear();
        while (_attributes.Count <= MaxAttributes)
        {
            var isApart = SkipBlanks();
            if (Rest is ['>', ..] or ['/', '>', ..])
            {
                return true;
            }

            var start = _at;
            _at += PlainXmlNames.LengthAt(Rest);
            var name = start.._at;
            SkipBlanks();
            if (!isApart || name.End.Equals(name.Start) || Rest is not ['=', ..])
            {
                return false;
            }

            _at++;
            SkipBlanks();
            if (Rest is not ['"' or '\'', .. var quoted] || quoted.IndexOf(Rest[0]) is not (>= 0 and var length)
                || quoted[..length].ContainsAny("<\t\r\n") || XmlReferences.Resolve(quoted[..length]) is not { } value)
            {
                return false;
            }

            _attributes.Add((name, value));
            _at += length + 2;
        }

        return false;
    }

    private bool ReadEnd()
    {
        if (_open.Count == 0)
        {
            return false;
        }

        var (start, length) = _open[^1];
        _at += 2;
        if (!Rest.StartsWith(_text.AsSpan(start, length)))
        {
            return false;
        }

        _at += length;
        SkipBlanks();
        if (Rest is not ['>', ..])
        {
            return false;
        }

        _at++;
        return End();
    }

    private bool End()
    {
        _builder.End();
        _names.End();
        _open.RemoveAt(_open.Count - 1);
        return true;
    }

    // Two hyphens end it or are an error.
    private bool ReadComment()
    {
        _at += "<!--".Length;
        var end = Rest.IndexOf("--");
        _at += end + "-->".Length;
        return end >= 0 && _at <= _text.Length && _text[_at - 1] == '>';
    }

    private bool ReadSection()
    {
        if (!Rest.StartsWith("<![CDATA["))
        {
            return false;
        }

        _at += "<![CDATA[".Length;
        var end = Rest.IndexOf("]]>");
        if (end < 0)
        {
            return false;
        }

        _builder.Hold(XmlReferences.LineEnds(Rest[..end]));
        _at += end + "]]>".Length;
        return true;
    }

    private bool ReadInstruction()
    {
        var instruction = Instruction().Match(_text, _at);
        _at += instruction.Length;
        return instruction.Success;
    }

    private bool SkipBlanks()
    {
        if (_at < _text.Length && _text[_at] > ' ')
        {
            return false;
        }

        var length = Rest.IndexOfAnyExcept(Blanks);
        _at += length < 0 ? Rest.Length : length;
        return length != 0;
    }

    [GeneratedRegex("""^<\?xml[ \t\r\n]+version=(?<v>["'])1\.0\k<v>([ \t\r\n]+encoding=(?<e>["'])[A-Za-z][A-Za-z0-9._-]*\k<e>)?([ \t\r\n]+standalone=(?<s>["'])(yes|no)\k<s>)?[ \t\r\n]*\?>""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\G<\?(?!xml[ \t\r\n?])[a-z][a-z-]{0,30}([ \t\r\n][^?]{0,2000})?\?>", RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Instruction();
}
