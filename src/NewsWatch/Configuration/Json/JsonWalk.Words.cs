using System.Buffers;
using System.Text.RegularExpressions;

namespace NewsWatch.Configuration.Json;

/// <summary>Its texts, numbers and bare words.</summary>
internal sealed partial class JsonWalk
{
    private static readonly SearchValues<char> TypographicQuotes = SearchValues.Create("“”„‟«»‘’‚‹›");

    /// <summary>Reads a text from its opening quote.</summary>
    private string Text()
    {
        var start = _at++;
        while (_mistake is null && _at < text.Length && text[_at] is not ('"' or '\n' or '\r'))
        {
            Letter();
        }

        if (_mistake is null && (_at == text.Length || text[_at] != '"'))
        {
            Unclosed(start);
        }

        return _mistake is null ? text[(start + 1)..(_at++)] : "";
    }

    private void Letter()
    {
        if (text[_at] < ' ')
        {
            Fail(_at, text[_at] == '\t' ? "this string contains a tab. Write \\t." : "this string contains a control character. Remove it.");
        }
        else if (text[_at] == '\\' && !Escape().IsMatch(text.AsSpan(_at)))
        {
            Fail(_at, $"this \\ is not a known escape. Write \\\\ for a backslash.");
        }

        _at += text[_at] == '\\' ? 2 : 1;
    }

    private void Unclosed(int start)
    {
        var quote = text.AsSpan(start, _at - start).IndexOfAny(TypographicQuotes);
        if (quote >= 0)
        {
            Typographic(start + quote);
        }
        else
        {
            Fail(start, "the string that begins here does not end in its line. Add \" at its end.");
        }
    }

    private void Literal()
    {
        var (start, word) = (_at, Word());
        _at += word.Length;
        if (word is not ("true" or "false" or "null") && !Number().IsMatch(word))
        {
            var small = word.ToLowerInvariant();
            Fail(start, small is "true" or "false" or "null" ? $"write {small} in lower case."
                : word.Length > 0 ? $"write strings in double quotes: \"{word}\"."
                : $"expected a value, found {text[start]}.");
        }
    }

    /// <summary>True for a mistake that no position outside a string allows.</summary>
    private bool IsOdd(char letter)
    {
        switch (letter)
        {
            case '#':
                Fail(_at, "start comments with //, not with #.");
                return true;
            case '/':
                Fail(_at, text.AsSpan(_at).StartsWith("/*") ? "this comment is never closed. Add */." : "comments begin with //.");
                return true;
            case '\'' or '`':
                Fail(_at, $"write keys and strings in double quotes: \" instead of {letter}.");
                return true;
            case '=' when _expect == Expect.Colon:
                Fail(_at, "write : between a key and its value, not =.");
                return true;
            case var quote when TypographicQuotes.Contains(quote):
                Typographic(_at);
                return true;
            default:
                return false;
        }
    }

    private void Typographic(int at) => Fail(at, $"{text[at]} is a typographic quote. Write the straight one: \".");

    private string Word() => text.Substring(_at, LengthOf(BareWord()));

    [GeneratedRegex(@"^[\p{L}\p{N}_+.-]*", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex BareWord();

    [GeneratedRegex(@"^\\([""\\/bfnrt]|u[0-9a-fA-F]{4})", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Escape();

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
