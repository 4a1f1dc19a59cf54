using System.Collections.Frozen;

namespace NewsWatch.Core.Articles.Pages;

/// <summary>
/// Looks at a page before it is parsed: the parser's time grows with the square of the nesting, and every attribute and element costs memory.
/// One pass over the characters, no allocation.
/// </summary>
internal static class PageGuard
{
    /// <summary>Largest page that is parsed, in characters.</summary>
    public const int MaxLength = 8 * 1024 * 1024;

    /// <summary>Deepest nesting of elements that is parsed.</summary>
    public const int MaxDepth = 1_000;

    /// <summary>Most elements that are parsed: real pages have under 5,000.</summary>
    public const int MaxElements = 20_000;

    /// <summary>Most attributes that are parsed.</summary>
    public const int MaxAttributes = 100_000;

    /// <summary>Why the page is not parsed; null when it may be.</summary>
    public static string? Check(ReadOnlySpan<char> html)
    {
        if (html.IsWhiteSpace())
        {
            return "the page is empty";
        }

        return html.Length > MaxLength ? $"the page is too large: {html.Length} characters, at most {MaxLength} are read" : new Scan(stackalloc int[MaxDepth]).Over(html);
    }

    /// <summary>Most formatting elements that the parser would open again, because nobody closed them, in all later elements together.</summary>
    public const int MaxReopened = 500_000;

    /// <summary>Most depth of all tags together: for many of them the parser looks through all elements that are open. Real pages have under 100,000.</summary>
    public const int MaxNesting = 2_000_000;

    /// <summary>Most end tags: one that ends nothing is looked for among all open elements, or makes an element of its own.</summary>
    public const int MaxEnds = 2 * MaxElements;

    /// <summary>Most base elements: each makes the parser look over the page again.</summary>
    public const int MaxBases = 50;

    private static readonly FrozenDictionary<string, Nesting>.AlternateLookup<ReadOnlySpan<char>> Nestings = new (Nesting Nesting, string Names)[]
    {
        (Nesting.Shallow, "br img meta link input hr source p li wbr area base col embed track param td tr th dd dt option tbody thead"),
        (Nesting.Formatting, "b i em strong font u s small big code nobr strike tt"),
        (Nesting.Raw, "script style textarea title"),
    }.SelectMany(kind => kind.Names.Split(' '), (kind, name) => KeyValuePair.Create(name, kind.Nesting)).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private ref struct Scan(Span<int> open)
    {
        private readonly Span<int> _open = open;
        private int _depth;
        private int _formatting;
        private long _reopened;
        private int _elements;
        private int _attributes;
        private int _bases;
        private int _ends;
        private long _nesting;

        public string? Over(ReadOnlySpan<char> html)
        {
            var at = html.IndexOf('<');
            while (at >= 0 && at + 1 < html.Length)
            {
                at = Tag(html, at + 1);
                if (Verdict() is { } reason)
                {
                    return reason;
                }

                var next = at < html.Length ? html[at..].IndexOf('<') : -1;
                at = next < 0 ? -1 : at + next;
            }

            return null;
        }

        private readonly string? Verdict() => (_depth + _formatting >= MaxDepth || _reopened > MaxReopened, _elements > MaxElements, _attributes > MaxAttributes) switch
        {
            (true, _, _) when _reopened > MaxReopened => "the page is too complex: unclosed formatting in too many elements",
            (true, _, _) => $"the page is too complex: {MaxDepth} nested elements or more",
            (_, true, _) => $"the page is too complex: more than {MaxElements} elements",
            (_, _, true) => $"the page is too complex: more than {MaxAttributes} attributes",
            _ when _nesting > MaxNesting => "the page is too complex: too many nested elements",
            _ when _ends > MaxEnds => $"the page is too complex: more than {MaxEnds} end tags",
            _ => _bases > MaxBases ? $"the page is too complex: more than {MaxBases} base elements" : null,
        };

        // Returns where the search for the next tag goes on.
        private int Tag(ReadOnlySpan<char> html, int at)
        {
            if (html[at..].StartsWith("!--"))
            {
                return After(html, at + 3, "-->");
            }

            if (html[at] == '/')
            {
                _ends++;
                _nesting += _depth;
                Close(Name(html[(at + 1)..]));
                return at + 1;
            }

            if (!char.IsAsciiLetter(html[at]))
            {
                return at;
            }

            var name = Name(html[at..]);
            var nesting = NestingOf(name);
            var end = Attributes(html, at + name.Length);
            _elements++;
            _nesting += _depth;
            _bases += name.Equals("base", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
            _reopened += _formatting;
            if (nesting == Nesting.Raw)
            {
                return EndTag(html, end, name);
            }

            Open(name, html[end - 1] == '/' && nesting == Nesting.Deep ? Nesting.Shallow : nesting);
            return end;
        }

        // The parser carries unclosed formatting elements over into every later block, so they count until they are closed.
        private void Open(ReadOnlySpan<char> name, Nesting nesting)
        {
            if (nesting == Nesting.Formatting)
            {
                _formatting++;
            }
            else if (nesting == Nesting.Deep)
            {
                _open[_depth++] = Key(name);
            }
        }

        // An end tag closes the nearest element of its name and all within it; one that closes nothing changes nothing.
        private void Close(ReadOnlySpan<char> name)
        {
            if (NestingOf(name) == Nesting.Formatting)
            {
                _formatting = Math.Max(0, _formatting - 1);
            }
            else if (_open[.._depth].LastIndexOf(Key(name)) is >= 0 and var at)
            {
                _depth = at;
            }
        }

        // Returns the index of the tag's closing bracket, or the end of the page.
        private int Attributes(ReadOnlySpan<char> html, int at)
        {
            while (at < html.Length && html[at] != '>')
            {
                if (html[at] is '"' or '\'' && html[at - 1] == '=')
                {
                    at = After(html, at + 1, html.Slice(at, 1));
                    continue;
                }

                if (html[at - 1] is ' ' or '\n' or '\t' or '/' or '"' or '\'' && !char.IsWhiteSpace(html[at]))
                {
                    _attributes++;
                }

                at++;
            }

            return at;
        }

        // Text in a script may look like elements.
        private static int EndTag(ReadOnlySpan<char> html, int at, ReadOnlySpan<char> name)
        {
            while ((at = After(html, at, "</")) < html.Length)
            {
                if (html[at..].StartsWith(name, StringComparison.OrdinalIgnoreCase))
                {
                    return at;
                }
            }

            return at;
        }

        private static int After(ReadOnlySpan<char> html, int at, ReadOnlySpan<char> mark)
        {
            var found = at < html.Length ? html[at..].IndexOf(mark) : -1;
            return found < 0 ? html.Length : at + found + mark.Length;
        }

        private static ReadOnlySpan<char> Name(ReadOnlySpan<char> tag)
        {
            var length = 0;
            while (length < tag.Length && length < 32 && (char.IsAsciiLetterOrDigit(tag[length]) || tag[length] is '-' or ':' or '_'))
            {
                length++;
            }

            return tag[..length];
        }

        private static int Key(ReadOnlySpan<char> name)
        {
            var key = 17;
            foreach (var c in name)
            {
                key = unchecked((key * 31) + (c | 0x20));
            }

            return key;
        }

        private static Nesting NestingOf(ReadOnlySpan<char> name) => Nestings.TryGetValue(name, out var nesting) ? nesting : Nesting.Deep;
    }

    /// <summary>How the parser nests what follows an element's start tag.</summary>
    private enum Nesting
    {
        /// <summary>Inside it, until its end tag.</summary>
        Deep,

        /// <summary>Not inside it, or only until the next one starts.</summary>
        Shallow,

        /// <summary>Inside it, and it is opened again in every later block until it is closed.</summary>
        Formatting,

        /// <summary>As text, until its end tag.</summary>
        Raw,
    }
}
