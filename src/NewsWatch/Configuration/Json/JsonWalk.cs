using System.Text.RegularExpressions;

namespace NewsWatch.Configuration.Json;

/// <summary>Walks the tokens of a text that should be JSON up to the first mistake.</summary>
internal sealed partial class JsonWalk(string text)
{
    private readonly Stack<Opened> _open = new();
    private Expect _expect = Expect.Value;
    private JsonMistake? _mistake;
    private Opened? _suspect;
    private string _name = "";
    private int _at;
    private int _end; // of the last token
    private bool _wasText;

    private enum Expect
    {
        Key,
        Colon,
        Value,
        CommaOrEnd,
    }

    /// <summary>The first mistake; null when there is none.</summary>
    public JsonMistake? Run()
    {
        while (_mistake is null && NextToken())
        {
            var (start, letter) = (_at, text[_at]);
            if (!IsOdd(letter))
            {
                Token(letter);
                (_end, _wasText) = (_at, text[start] == '"');
            }
        }

        if (_mistake is null && _open.Count > 0)
        {
            var open = _suspect ?? _open.Peek();
            Fail(open.Offset, $"{open} is never closed. Add {open.Closing} where it ends.");
        }

        return _mistake;
    }

    private void Token(char letter)
    {
        if (_open.Count == 0 && _end > 0)
        {
            Fail(_at, letter is '}' or ']' ? $"this {letter} closes nothing: there is one too many, here or above." : "the configuration ended above. Remove what follows.");
            return;
        }

        switch (_expect)
        {
            case Expect.Key:
                Key(letter);
                break;
            case Expect.Colon:
                Colon(letter);
                break;
            case Expect.Value:
                Value(letter);
                break;
            default:
                CommaOrEnd(letter);
                break;
        }
    }

    private void Key(char letter)
    {
        switch (letter)
        {
            case '"':
                _name = Text();
                _expect = Expect.Colon;
                break;
            case '}' or ']':
                Close(letter);
                break;
            case ',':
                Fail(_at, "there is one comma too many here.");
                break;
            default:
                Fail(_at, Word() is { Length: > 0 } word ? $"write keys in double quotes: \"{word}\"." : "expected a key in double quotes, e.g. \"Poll\": \"5m\".");
                break;
        }
    }

    private void Colon(char letter)
    {
        if (letter == ':')
        {
            _at++;
            _expect = Expect.Value;
            return;
        }

        Fail(_end, letter is ',' or '}' ? $"\"{_name}\" has no value. Write \"{_name}\": and the value." : $"a : is missing between \"{_name}\" and its value.");
    }

    private void Value(char letter)
    {
        var inArray = _open.TryPeek(out var outer) && outer.Brace == '[';
        switch (letter)
        {
            case '{' or '[':
                _open.Push(new(letter, _at++, inArray ? outer!.Name : _name));
                _expect = letter == '{' ? Expect.Key : Expect.Value;
                return;
            case ']' when inArray:
                Close(letter);
                return;
            case '"':
                Text();
                break;
            case ',' or '}' or ']' or ':':
                Fail(_end, inArray ? "a value is missing here." : $"the value of \"{_name}\" is missing.");
                break;
            default:
                Literal();
                break;
        }

        _expect = Expect.CommaOrEnd;
    }

    private void CommaOrEnd(char letter)
    {
        switch (letter)
        {
            case ',':
                _at++;
                _expect = _open.Peek().Brace == '{' ? Expect.Key : Expect.Value;
                break;
            case '}' or ']':
                Close(letter);
                break;
            case ';':
                Fail(_at, "write a comma instead of this semicolon.");
                break;
            default:
                Unexpected(letter);
                break;
        }
    }

    /// <summary>A value followed by neither a comma nor an end: the comma is missing, or a quote inside a string ended it.</summary>
    private void Unexpected(char letter)
    {
        var sameLine = !text.AsSpan(_end, _at - _end).Contains('\n');
        var isNext = letter == '"' && (_open.Peek().Brace == '[' || KeyAhead().IsMatch(text.AsSpan(_at)));
        if (_wasText && sameLine && !isNext)
        {
            Fail(_end - 1, "the string ends at this quote, and more follows. Inside a string write \\\" for a quote.");
        }
        else
        {
            Fail(_end, "a comma is missing here.");
        }
    }

    private void Close(char letter)
    {
        var open = _open.Peek();
        if (open.Closing != letter)
        {
            Fail(_at, $"{open} in line {LineOf(open.Offset)} is still open here. Write {open.Closing} before this {letter}, or instead of it.");
            return;
        }

        // A closing brace further left than the line of its opening one was meant for an outer one.
        if (_suspect is null && Indent(_at) is { } closing && closing < IndentOfLine(open.Offset))
        {
            _suspect = open;
        }

        _open.Pop();
        _at++;
        _expect = Expect.CommaOrEnd;
    }

    private void Fail(int offset, string message) => _mistake ??= new(offset, message);

    /// <summary>Goes to the next token; false at the end.</summary>
    private bool NextToken()
    {
        _at += LengthOf(Blank());
        return _at < text.Length;
    }

    private int LengthOf(Regex pattern)
    {
        var matches = pattern.EnumerateMatches(text.AsSpan(_at));
        return matches.MoveNext() ? matches.Current.Length : 0;
    }

    private int LineOf(int offset) => text.AsSpan(0, offset).Count('\n') + 1;

    /// <summary>Its indentation if it is the first in its line; else null.</summary>
    private int? Indent(int offset)
    {
        var line = text.AsSpan(0, offset).LastIndexOf('\n') + 1;
        return text.AsSpan(line, offset - line).IsWhiteSpace() ? offset - line : null;
    }

    private int IndentOfLine(int offset) => text.AsSpan(text.AsSpan(0, offset).LastIndexOf('\n') + 1).IndexOfAnyExcept(' ', '\t');

    [GeneratedRegex(@"^(\s|//[^\n]*|/\*([^*]|\*+[^*/])*\*+/)*", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Blank();

    [GeneratedRegex(@"^""[^""\n]*""\s*:", RegexOptions.NonBacktracking)]
    private static partial Regex KeyAhead();

    private sealed record Opened(char Brace, int Offset, string Name)
    {
        public char Closing => Brace == '{' ? '}' : ']';

        public override string ToString() => Name.Length > 0 ? $"the {Brace} of {Name}" : $"the first {Brace}";
    }
}
