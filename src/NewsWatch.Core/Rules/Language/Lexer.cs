using System.Globalization;
using NewsWatch.Core.Rules.Terms;

namespace NewsWatch.Core.Rules.Language;

/// <summary>Cuts a query's text into lexemes and tells what cannot be one.</summary>
internal sealed class Lexer(string text, List<QueryError> errors)
{
    private static readonly string[] FieldNames = ["title", "body", "section", "author"];
    private static readonly string[] FilterNames = ["source", "lang", "publisher", "by", "said", "changed"];
    private static readonly string[] StoryNames = ["publishers", "independent"];
    private readonly TermVariantParser _chunks = new(errors);
    private readonly List<Lexeme> _lexemes = [];
    private int _position;

    public List<Lexeme> Run()
    {
        while (_position < text.Length)
        {
            var c = text[_position];
            if (char.IsWhiteSpace(c))
            {
                _position++;
            }
            else if (IsQuote(c))
            {
                ReadPhrase(_position, exact: false);
            }
            else if (c == '/' && _position + 1 < text.Length && !char.IsWhiteSpace(text[_position + 1]))
            {
                ReadRegex();
            }
            else if (!ReadBracket(c))
            {
                ReadChunk();
            }
        }

        _lexemes.Add(new Lexeme(LexemeKind.End, text.Length, 1, ""));
        return _lexemes;
    }

    private static bool IsQuote(char c) => c is '"' or '“' or '”' or '„' or '«' or '»';

    private static bool EndsChunk(char c) => char.IsWhiteSpace(c) || c is '(' or ')' or '{' or '}' or '|' || IsQuote(c);

    private bool ReadBracket(char c)
    {
        switch (c)
        {
            case '(' or ')':
                _lexemes.Add(new Lexeme(c == '(' ? LexemeKind.Open : LexemeKind.Close, _position, 1, c.ToString()));
                _position++;
                return true;
            case '{':
                ReadAny();
                return true;
            case '}':
                Fail(_position++, 1, "\"}\" closes nothing. Remove it, or write {a|b}.");
                return true;
            case '|':
                var length = _position + 1 < text.Length && text[_position + 1] == '|' ? 2 : 1;
                Fail(_position, length, "\"|\" belongs only between the terms of {a|b}. Write OR.");
                _position += length;
                return true;
            default:
                return false;
        }
    }

    private void ReadPhrase(int start, bool exact)
    {
        var end = _position + 1;
        while (end < text.Length && !IsQuote(text[end]))
        {
            end++;
        }

        var content = text[(_position + 1)..end];
        if (end == text.Length)
        {
            Fail(_position, 1, "this quote is never closed. Add \" behind the phrase.");
        }

        if (exact)
        {
            content = string.Join(' ', content.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(w => w[0] == '=' ? w : "=" + w));
        }

        _position = Math.Min(end + 1, text.Length);
        _lexemes.Add(new Lexeme(LexemeKind.Phrase, start, _position - start, content));
    }

    private void ReadAny()
    {
        var start = _position;
        var end = text.IndexOf('}', start);
        if (end < 0)
        {
            Fail(start, 1, "\"{\" is never closed. Add \"}\" behind the last term.");
            end = text.Length;
        }

        _lexemes.Add(new Lexeme(LexemeKind.Any, start, Math.Min(end + 1, text.Length) - start, text[(start + 1)..end]));
        _position = Math.Min(end + 1, text.Length);
    }

    private void ReadRegex()
    {
        var start = _position++;
        while (_position < text.Length && text[_position] != '/')
        {
            _position += text[_position] == '\\' ? 2 : 1;
        }

        if (_position >= text.Length)
        {
            Fail(start, 1, "this regular expression is never closed. Add / behind it; write \\/ for a slash inside.");
            _position = text.Length;
            return;
        }

        _lexemes.Add(new Lexeme(LexemeKind.Regex, start, ++_position - start, text[(start + 1)..(_position - 1)]));
        SkipFlags();
    }

    private void SkipFlags()
    {
        var start = _position;
        while (_position < text.Length && char.IsLetter(text[_position]))
        {
            _position++;
        }

        if (_position > start)
        {
            Fail(start, _position - start, $"a regular expression takes no flags; it ignores case already. Remove {text[start.._position]}, or put a space before it to mean a word.");
        }
    }

    private void ReadChunk()
    {
        var start = _position;
        if (ReadStory(start))
        {
            return;
        }

        while (_position < text.Length && !EndsChunk(text[_position]))
        {
            _position++;
            if (text[_position - 1] == ':' && IsName(text.AsSpan(start, _position - 1 - start)))
            {
                ReadPrefix(start);
                return;
            }
        }

        var chunk = text[start.._position];
        if (chunk == "=" && _position < text.Length && IsQuote(text[_position]))
        {
            ReadPhrase(start, exact: true);
        }
        else if (_chunks.Read(chunk, start, _position < text.Length && text[_position] == '(') is { } lexeme)
        {
            _lexemes.Add(lexeme);
        }
    }

    // publishers>=3, independent>=2; spaces around the sign are taken, too, but a = behind a space begins an exact word.
    private bool ReadStory(int start)
    {
        var name = Array.Find(StoryNames, known => text.AsSpan(start).StartsWith(known, StringComparison.Ordinal));
        var sign = SkipSpaces(start + (name?.Length ?? 0));
        if (name is null || sign == text.Length || text[sign] is not ('>' or '<' or '=' or '!') || (text[sign] == '=' && sign > start + name.Length))
        {
            return false;
        }

        var value = sign;
        while (value < text.Length && text[value] is '>' or '<' or '=' or '!')
        {
            value++;
        }

        var (number, relation) = (SkipSpaces(value), text[sign..value]);
        _position = number;
        while (_position < text.Length && !EndsChunk(text[_position]))
        {
            _position++;
        }

        var count = int.TryParse(text.AsSpan(number, _position - number), NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : 0;
        if (relation != ">=" || count is < StoryNeeds.Min or > StoryNeeds.Max)
        {
            Fail(start, _position - start, $"{name} is compared with >= and a number from {StoryNeeds.Min} to {StoryNeeds.Max}, e.g. {name}>=2.");
        }

        _lexemes.Add(new Lexeme(LexemeKind.Story, start, _position - start, name, Number: count));
        return true;
    }

    private int SkipSpaces(int at)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at;
    }

    private static bool IsName(ReadOnlySpan<char> name) => name.Length > 1 && name.IndexOfAnyExceptInRange('a', 'z') < 0;

    private void ReadPrefix(int start)
    {
        var name = text[start..(_position - 1)];
        if (FieldNames.Contains(name))
        {
            _lexemes.Add(new Lexeme(LexemeKind.Field, start, _position - start, name));
        }
        else if (FilterNames.Contains(name))
        {
            ReadFilter(name, start, name switch { "by" => LexemeKind.Deadline, "said" => LexemeKind.Said, "changed" => LexemeKind.Changed, _ => LexemeKind.Filter });
        }
        else
        {
            var nearest = SpellingSuggester.To(name, [.. FieldNames, .. FilterNames]);
            Fail(start, _position - start, nearest is null
                ? $"unknown field {name}:. Use title:, body:, section:, author:, source:, lang:, publisher:, by:, said: or changed:."
                : $"unknown field {name}:. Did you mean {nearest}:?");
        }
    }

    private void ReadFilter(string name, int start, LexemeKind kind)
    {
        var quoted = _position < text.Length && IsQuote(text[_position]);
        var from = quoted ? _position + 1 : _position;
        var end = from;
        while (end < text.Length && (quoted ? !IsQuote(text[end]) : !EndsChunk(text[end])))
        {
            end++;
        }

        var value = text[from..end].Trim();
        _position = quoted ? Math.Min(end + 1, text.Length) : end;
        if (value.Length == 0)
        {
            Fail(start, Math.Max(1, _position - start), $"{name}: needs a value right behind it, e.g. {Example(name)}.");
            return;
        }

        _lexemes.Add(new Lexeme(kind, start, _position - start, name, value, quoted ? 1 : 0));
    }

    private static string Example(string filter) => filter switch
    {
        "source" => "source:bbc-world or source:example.com",
        "lang" => "lang:en",
        "by" => "by:date, by:7d or by:2025-08-31",
        "changed" => "changed:number or changed:any",
        "said" => "said:@id or said:\"Ilse Brandt\"",
        _ => "publisher:reuters",
    };

    private void Fail(int offset, int length, string message) => errors.Add(new QueryError(offset, length, message));
}
