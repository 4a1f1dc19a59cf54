using System.Text;

namespace NewsWatch.Core.Text;

/// <summary>
/// Reads one word of any script behind the tokens of a stream: apostrophes, dots and numbers, combining marks and invisible characters, folded on the way.
/// A word of more than 200 letters is none. The folded characters stand in the stream's room behind its last token; whoever reads decides whether they become one.
/// </summary>
internal ref struct WordReader
{
    /// <summary>Most folded letters of a word.</summary>
    public const int MaxLetters = 200;

    private readonly TokenStream _stream;
    private readonly string _text;
    private char[] _folded;
    private int _foldStart;
    private int _fold;
    private int _start;
    private int _apostrophe;
    private int _acronymLetters;
    private int _acronymSpaces;
    private bool _needsComposing;
    private bool _hasJoint;
    private bool _inTag;

    public WordReader(TokenStream stream, string text)
    {
        _stream = stream;
        _text = text;
        _folded = stream.MakeRoom(stream.FoldStart[stream.Count], text.Length + 64);
    }

    /// <summary>Behind the last character that belongs to the word.</summary>
    public int End { get; private set; }

    /// <summary>Where reading goes on.</summary>
    public int Position { get; private set; }

    /// <summary>Behind the word's last folded character.</summary>
    public readonly int FoldEnd => _fold;

    /// <summary>Whether the word is written with dots, like "U.S.".</summary>
    public readonly bool IsAcronym => _acronymLetters > 0;

    private readonly bool IsTooLong => _fold - _foldStart > MaxLetters;

    /// <summary>Whether an apostrophe stands inside the word.</summary>
    public readonly bool HasApostrophe => _apostrophe >= 0;

    /// <summary>Reads the word that begins at a position; inside a hashtag or a handle a word ends where the next one's capital stands.</summary>
    public void Read(int position, bool inTag)
    {
        Begin(position);
        _inTag = inTag;
        do
        {
            ReadAsciiRun();
        }
        while (Position < _text.Length && ReadOther(_text[Position]));

        Finish();
    }

    /// <summary>Reads the one character at a position.</summary>
    public void ReadCharacter(int position)
    {
        Begin(position);
        Rune.DecodeFromUtf16(_text.AsSpan(position), out var rune, out var used);
        Append(rune);
        End = Position += used;
    }

    private void Begin(int position)
    {
        _start = position;
        Position = position;
        End = position;
        _foldStart = _stream.FoldStart[_stream.Count];
        _fold = _foldStart;
        _apostrophe = -1;
        _acronymLetters = 0;
        _acronymSpaces = 0;
        _needsComposing = false;
        _hasJoint = false;
        _inTag = false;
    }

    private void ReadAsciiRun()
    {
        var text = _text;
        var folded = _folded;
        var i = Position;
        var fold = _fold;
        var stop = i < text.Length && (_inTag || (i > _start && Scripts.IsHangul(text[i - 1]))) ? (_inTag ? WordEdges.EndOfTagWord(text, i, _start) : i) : text.Length;
        while (i < stop)
        {
            uint c = text[i];
            if (c - 'a' <= 'z' - 'a' || c - '0' <= 9)
            {
                folded[fold++] = (char)c;
            }
            else if (c - 'A' <= 'Z' - 'A')
            {
                folded[fold++] = (char)(c | 0x20);
            }
            else
            {
                break;
            }

            i++;
        }

        if (i > Position)
        {
            End = i;
        }

        Position = i;
        _fold = fold;
    }

    // True when the word goes on behind this character.
    private bool ReadOther(char c)
    {
        if (End > _start && WordEdges.EndsBefore(c, _text, End, _inTag))
        {
            return false;
        }

        switch (c)
        {
            case ' ':
                return false;
            case '.':
                return ReadDot();
            case ',':
                return ReadJoint(',');
            case '\'' or '`':
                return ReadApostrophe();
            case '\u00A0' or '\u2009' or '\u202F' or '\u066B' or '\u066C':
                return ReadJoint(c == '\u066B' ? '.' : ',');
            case < '\x80' and not (< ' ' or '\x7F'):
                return false;
        }

        switch (Folding.ClassOf(c))
        {
            case CharClass.Word:
                Append(c);
                End = ++Position;
                return true;
            case CharClass.Mark:
                _needsComposing = true;
                End = ++Position;
                return true;
            case CharClass.Ignorable:
                Position++;
                return true;
            case CharClass.Apostrophe:
                return ReadApostrophe();
            case CharClass.Surrogate:
                return ReadSurrogateInWord();
            default:
                return false;
        }
    }

    private bool Keep(char c)
    {
        Room();
        _folded[_fold++] = c;
        End = ++Position;
        return true;
    }

    // A dot belongs to the word in "U.S." and "U. S." (single letters) and between digits.
    private bool ReadDot()
    {
        var length = _fold - _foldStart;
        if (length != _acronymLetters + 1 || End - _start != (_acronymLetters * 2) + _acronymSpaces + 1 || !char.IsLetter(_text[End - 1]))
        {
            return ReadJoint('.');
        }

        var next = Position + 1;
        if (next < _text.Length && char.IsLetter(_text[next]) && !(next + 1 < _text.Length && IsWord(_text[next + 1])))
        {
            _acronymLetters++;
            End = ++Position;
            return true;
        }

        if (WordEdges.IsInitial(_text, next + 1) && _text[next] is ' ' or '\u00A0' or '\u202F' && char.IsUpper(_text[End - 1]))
        {
            _acronymLetters++;
            _acronymSpaces++;
            End = Position += 2;
            return true;
        }

        if (_acronymLetters > 0)
        {
            End = ++Position;
            _acronymLetters++;
        }

        return false;
    }

    // What stands between the digits of a number; a space only before three of them.
    private bool ReadJoint(char joint)
    {
        var next = Position + 1;
        if (End != Position || Position == 0 || next >= _text.Length || !char.IsDigit(_text[next]) || !char.IsDigit(_text[Position - 1]))
        {
            return false;
        }

        if (_text[Position] is not ('.' or ',' or '\u066B' or '\u066C') && !WordEdges.IsGroup(_text, next))
        {
            return false;
        }

        _hasJoint = true;
        return Keep(joint);
    }

    // Inside a word an apostrophe belongs to it ("O’Neill"); behind an article of French or Italian it ends the word ("l’Ukraine").
    private bool ReadApostrophe()
    {
        var next = Position + 1;
        if (End == Position && next < _text.Length && char.IsDigit(_text[next]))
        {
            return ReadJoint(',');
        }

        if (End != Position || next >= _text.Length || !IsLetter(_text[next]) || Elisions.Contains(_folded.AsSpan(_foldStart, _fold - _foldStart)))
        {
            return false;
        }

        _apostrophe = Position;
        return Keep('\'');
    }

    private bool ReadSurrogateInWord()
    {
        if (Rune.DecodeFromUtf16(_text.AsSpan(Position), out var rune, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        switch (Folding.ClassOf(rune))
        {
            case CharClass.Ignorable:
                Position += 2;
                return true;
            case CharClass.Word:
                Append(rune);
                End = Position += 2;
                return true;
            default:
                return false;
        }
    }

    // What is longer than any word is none: letters that somebody wrote to be read by machines.
    private void Finish()
    {
        if (_needsComposing)
        {
            Compose();
        }

        if (IsTooLong)
        {
            _fold = _foldStart;
            return;
        }

        if (_apostrophe >= 0 && _fold - _foldStart > 2 && _folded[_fold - 1] == 's' && _folded[_fold - 2] == '\'')
        {
            _fold -= 2;
            End = _apostrophe;
            _apostrophe = _folded.AsSpan(_foldStart, _fold - _foldStart).Contains('\'') ? _start : -1;
        }

        if (_hasJoint)
        {
            _fold = _foldStart + Numbers.Normalise(_folded.AsSpan(_foldStart, _fold - _foldStart));
        }
    }

    // A word with combining marks: folded again from its composed form. Composing sorts the marks behind a letter, so only so many of them count.
    private void Compose()
    {
        _fold = _foldStart;
        if (End - _start > MaxLetters * (WellFormed.MaxMarks + 1))
        {
            return;
        }

        var word = new StringBuilder();
        for (var i = _start; i < End; i++)
        {
            if (Folding.ClassOf(_text[i]) != CharClass.Ignorable)
            {
                word.Append(Folding.ClassOf(_text[i]) == CharClass.Apostrophe ? '\'' : _text[i]);
            }
        }

        foreach (var rune in WellFormed.Of(word.ToString()).Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            if (rune.Value is '\'' or ',')
            {
                Room();
                _folded[_fold++] = (char)rune.Value;
            }
            else if (!rune.IsBmp || Folding.ClassOf((char)rune.Value) is CharClass.Word or CharClass.Ideograph)
            {
                Append(rune);
            }
        }
    }

    private void Append(char c)
    {
        if (IsTooLong)
        {
            return;
        }

        Room();
        _fold += Folding.Fold(c, _folded.AsSpan(_fold));
    }

    private void Append(Rune rune)
    {
        if (rune.IsBmp)
        {
            Append((char)rune.Value);
            return;
        }

        if (IsTooLong)
        {
            return;
        }

        var folded = Folding.Fold(rune);
        _folded = _stream.MakeRoom(_fold, folded.Length + _text.Length - Position + 64);
        folded.CopyTo(_folded.AsSpan(_fold));
        _fold += folded.Length;
    }

    // Folding can lengthen a text: the rest of it and one long expansion must always fit.
    private void Room() => _folded = _stream.MakeRoom(_fold, _text.Length - Position + 64);

    private static bool IsWord(char c) => Folding.ClassOf(c) is CharClass.Word;

    private static bool IsLetter(char c) => Folding.ClassOf(c) is CharClass.Word && !char.IsDigit(c);
}
