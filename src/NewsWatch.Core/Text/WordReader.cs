using System.Text;

namespace NewsWatch.Core.Text;

/// <summary>
/// Reads one word of any script behind the tokens of a stream: apostrophes, dots and numbers, combining marks and invisible characters, folded on the way.
/// A word of more than 200 letters is none. The folded characters stand in the stream's room behind its last token; the caller decides whether they become one.
/// </summary>
internal ref struct WordReader
{
    private readonly string _text;
    private FoldedWord _word;
    private int _start;
    private int _apostrophe;
    private Acronym _acronym;
    private bool _needsComposing;
    private bool _hasJoint;
    private bool _inTag;

    public WordReader(TokenStream stream, string text)
    {
        _text = text;
        _word = new FoldedWord(stream, text.Length);
    }

    /// <summary>Behind the last character that belongs to the word.</summary>
    public int End { get; private set; }

    /// <summary>Where reading goes on.</summary>
    public int Position { get; private set; }

    /// <summary>Behind the word's last folded character.</summary>
    public readonly int FoldEnd => _word.End;

    /// <summary>Whether the word is written with dots, like "U.S.".</summary>
    public readonly bool IsAcronym => _acronym.IsRead;

    /// <summary>Whether the word contains an apostrophe.</summary>
    public readonly bool HasApostrophe => _apostrophe >= 0;

    /// <summary>Reads the word that begins at a position; inside a hashtag or a handle a word ends at the next one's capital.</summary>
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
        _word.Append(rune, Rest);
        End = Position += used;
    }

    private readonly int Rest => _text.Length - Position;

    private void Begin(int position)
    {
        _start = position;
        Position = position;
        End = position;
        _word.Begin();
        _apostrophe = -1;
        _acronym = default;
        _needsComposing = false;
        _hasJoint = false;
        _inTag = false;
    }

    private void ReadAsciiRun()
    {
        var text = _text;
        var folded = _word.Room;
        var i = Position;
        var fold = _word.End;
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
        _word.End = fold;
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
                _word.Append(c, Rest);
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

    private bool ReadDot()
    {
        if (!_acronym.Fits(_text, _start, End, _word.Length))
        {
            return ReadJoint('.');
        }

        var (length, goesOn) = _acronym.ReadDot(_text, Position, End);
        if (length > 0)
        {
            End = Position += length;
        }

        return goesOn;
    }

    // The characters between the digits of a number.
    private bool ReadJoint(char joint)
    {
        if (End != Position || !WordEdges.JoinsDigits(_text, Position))
        {
            return false;
        }

        _hasJoint = true;
        _word.Put(joint, Rest);
        End = ++Position;
        return true;
    }

    // Inside a word an apostrophe belongs to it ("O’Neill"); behind an article of French or Italian it ends the word ("l’Ukraine").
    private bool ReadApostrophe()
    {
        var next = Position + 1;
        if (End == Position && next < _text.Length && char.IsDigit(_text[next]))
        {
            return ReadJoint(',');
        }

        if (End != Position || next >= _text.Length || !IsLetter(_text[next]) || Elisions.Contains(_word.Text))
        {
            return false;
        }

        _apostrophe = Position;
        _word.Put('\'', Rest);
        End = ++Position;
        return true;
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
                _word.Append(rune, Rest);
                End = Position += 2;
                return true;
            default:
                return false;
        }
    }

    private void Finish()
    {
        if (_needsComposing)
        {
            _word.Compose(_text, _start, End);
        }

        _word.Finish(_hasJoint);
        if (_apostrophe >= 0 && _word.Length > 2 && _word.Text[^2..] is "'s")
        {
            _word.End -= 2;
            End = _apostrophe;
            _apostrophe = _word.Text.Contains('\'') ? _start : -1;
        }
    }

    private static bool IsLetter(char c) => Folding.ClassOf(c) is CharClass.Word && !char.IsDigit(c);
}
