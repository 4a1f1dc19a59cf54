using System.Text;
using System.Text.RegularExpressions;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Feeds.Json;

/// <summary>
/// Writes JSON anew from what is nearly JSON: line breaks and quotes inside strings, escapes of JavaScript, NaN, missing and surplus commas, names without
/// quotes, what is before and after the document. Of one that is cut off, the members and list elements that came whole are kept. One pass, never throws.
/// </summary>
internal sealed partial class JsonRepair
{
    private const int Deepest = 64;

    private readonly string _text;
    private readonly StringBuilder _json;
    private readonly JsonStringRepair _strings;
    private readonly Stack<Level> _levels = new();
    private int _at;

    private JsonRepair(string text, int start)
    {
        (_text, _at) = (text, start);
        _json = new StringBuilder(text.Length - start);
        _strings = new JsonStringRepair(text, _json);
    }

    /// <summary>The JSON; null where no object begins or it nests too deep.</summary>
    /// <param name="text">The document.</param>
    /// <param name="start">Where its object begins.</param>
    /// <param name="isCutOff">The document ended inside the object.</param>
    public static string? Repair(string text, int start, out bool isCutOff)
    {
        isCutOff = false;
        return start >= 0 && new JsonRepair(text, start) is var repair && repair.Write(out isCutOff) ? repair._json.ToString() : null;
    }

    private bool Write(out bool isCutOff)
    {
        isCutOff = false;
        do
        {
            SkipBlanks();
            if (_at >= _text.Length)
            {
                isCutOff = true;
                CutBack();
                return true;
            }

            if (!Step())
            {
                return false;
            }
        }
        while (_levels.Count > 0);

        return true;
    }

    // One value, name, or end.
    private bool Step()
    {
        switch (_text[_at])
        {
            case '{' or '[' when _levels.Count >= Deepest:
                return false;
            case '{' or '[':
                Name();
                Begin();
                _levels.Push(new Level(_text[_at] == '{') { Whole = _json.Length + 1 });
                _json.Append(_text[_at++]);
                break;
            case '}' or ']':
                _at++;
                Close(_levels.Pop());
                break;
            case ',' or ':':
                _at++;
                break;
            case '"' or '\'':
                Begin();
                if (_strings.Copy(ref _at))
                {
                    End();
                }

                break;
            default:
                Begin();
                Bare();
                break;
        }

        return true;
    }

    private void Close(Level level)
    {
        if (level is { IsObject: true, HasName: true })
        {
            _json.Append(":null");
        }

        _json.Append(level.IsObject ? '}' : ']');
        End();
    }

    // An object or list in the place of a name.
    private void Name()
    {
        if (_levels.TryPeek(out var level) && level is { IsObject: true, HasName: false })
        {
            Begin();
            _json.Append("\"\"");
            End();
        }
    }

    // What separates it from the one before: a colon behind a name, else a comma.
    private void Begin()
    {
        if (_levels.TryPeek(out var level) && level.Count > 0)
        {
            _json.Append(level is { IsObject: true, HasName: true } ? ':' : ',');
        }
    }

    private void End()
    {
        if (_levels.TryPeek(out var level))
        {
            level.Count++;
            level.HasName = level.IsObject && !level.HasName;
            level.Whole = level.HasName ? level.Whole : _json.Length;
        }
    }

    private void Bare()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] is not (',' or ':' or '{' or '}' or '[' or ']' or '"' or '\n' or '\r'))
        {
            _at++;
        }

        var word = _text[start.._at].Trim();
        var isName = _levels.TryPeek(out var level) && level is { IsObject: true, HasName: false };
        _json.Append(!isName && IsLiteral(word) ? word : isName || !IsNothing(word) ? Written(word) : "null");
        End();
    }

    private static bool IsLiteral(string word) => word is "true" or "false" or "null" || (word.Length < 40 && Number().IsMatch(word));

    private static bool IsNothing(string word) => word is "" or "NaN" or "-NaN" or "Infinity" or "-Infinity" or "undefined" or "None";

    private static string Written(string word) => $"\"{System.Text.Json.JsonEncodedText.Encode(word)}\"";

    private void SkipBlanks()
    {
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_at]) || _text[_at] is '\uFEFF' or '\u200B')
            {
                _at++;
            }
            else if (_text.AsSpan(_at).StartsWith("//"))
            {
                _at = End("\n");
            }
            else if (_text.AsSpan(_at).StartsWith("/*"))
            {
                _at = End("*/");
            }
            else
            {
                return;
            }
        }

        int End(string mark) => _text.IndexOf(mark, _at, StringComparison.Ordinal) is >= 0 and var end ? end + mark.Length : _text.Length;
    }

    // Of the document's own list the elements that came whole, of the document the members.
    private void CutBack()
    {
        var levels = _levels.Reverse().ToList();
        var isInList = levels is [{ IsObject: true }, { IsObject: false }, ..];
        var kept = levels[..(isInList ? 2 : Math.Min(1, levels.Count))];
        _json.Length = kept.Count == 0 ? 0 : kept[^1].Whole;
        foreach (var level in Enumerable.Reverse(kept))
        {
            _json.Append(level.IsObject ? '}' : ']');
        }
    }

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$", RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Number();

    private sealed class Level(bool isObject)
    {
        public bool IsObject { get; } = isObject;

        /// <summary>Names and values that were written.</summary>
        public int Count { get; set; }

        /// <summary>A name was written, its value not yet.</summary>
        public bool HasName { get; set; }

        /// <summary>How long the JSON was when its last part was whole.</summary>
        public int Whole { get; set; }
    }
}
