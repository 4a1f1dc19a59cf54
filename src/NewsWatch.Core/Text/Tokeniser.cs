using System.Text;

namespace NewsWatch.Core.Text;

/// <summary>
/// Cuts one field into folded tokens, in one pass. Runs of ASCII letters go through a short loop; everything else (apostrophes, dots, other scripts,
/// invisible characters) is decided where it stands. Never throws, whatever the text.
/// </summary>
internal ref struct Tokeniser
{
    private const int Block = AsciiBlock.Size;
    private readonly TokenStream _stream;
    private readonly string _text;
    private readonly Gaps _gaps;
    private char[] _folded;
    private int _foldStart;
    private int _fold;
    private int _position;
    private int _start;
    private int _end;
    private int _apostrophe;
    private int _acronymLetters;
    private bool _needsComposing;
    private int _previousEnd;
    private bool _spaceIsPlain;

    public Tokeniser(TokenStream stream, string text)
    {
        _stream = stream;
        _text = text;
        _gaps = new Gaps(stream, text);
        _foldStart = stream.FoldStart[stream.Count];
        _fold = _foldStart;
        _folded = stream.MakeRoom(_foldStart, text.Length + 64);
        _previousEnd = -1;
    }

    public void Run()
    {
        var text = _text;
        while (_position < text.Length)
        {
            var c = text[_position];
            if (c < 0x80)
            {
                if (char.IsAsciiLetterOrDigit(c))
                {
                    ReadPlainWord();
                }
                else
                {
                    _position++;
                }

                continue;
            }

            switch (Folding.ClassOf(c))
            {
                case CharClass.Word:
                    ReadWord();
                    break;
                case CharClass.Ideograph:
                    ReadIdeograph();
                    break;
                case CharClass.Surrogate:
                    ReadSurrogate();
                    break;
                case CharClass.Mark when _stream.Count > 0 && _previousEnd == _position && _stream.Marks[_stream.Count - 1].Has(TokenMarks.Ideograph):
                    ComposeIdeograph();
                    break;
                case CharClass.Mark when c is >= '\u1100' and <= '\u11FF':
                    ReadWord();
                    break;
                default:
                    _position++;
                    break;
            }
        }
    }

    // The short way: a run of ASCII letters and digits that a plain separator ends, eight characters at a time. Anything else goes the long way, from the same place.
    private void ReadPlainWord()
    {
        var room = _folded.AsSpan(_foldStart);
        var hash = WordHash.Seed;
        var length = 0;
        var run = Block;
        while (run == Block && _position + length + Block <= _text.Length && length + Block <= room.Length)
        {
            run = AsciiBlock.Fold(_text.AsSpan(_position + length, Block), room.Slice(length, Block), ref hash);
            length += run;
        }

        var end = _position + length;
        if (run == Block || !IsPlainEnd(_text[end], length, end))
        {
            ReadWord();
            return;
        }

        var marks = _position - _previousEnd == 1 && _spaceIsPlain && _text[_position - 1] == ' ' ? TokenMarks.None : _gaps.Between(_previousEnd, _position);
        _foldStart += length;
        _stream.Append(_position, end, _foldStart, hash, marks);
        _spaceIsPlain = true;
        _previousEnd = end;
        _position = end;
    }

    // Whether an ASCII character ends a word for certain: not an apostrophe, nor a dot or comma that could belong to an acronym or a number.
    private readonly bool IsPlainEnd(uint c, int length, int end) => c switch
    {
        ' ' => true,
        '.' => length > 1 && !char.IsAsciiDigit(_text[end - 1]),
        ',' => !char.IsAsciiDigit(_text[end - 1]),
        '\'' or '_' or < '\t' or 0x7F => false,
        _ => c < 0x80,
    };

    private void ReadWord()
    {
        Begin();
        var text = _text;
        while (true)
        {
            ReadAsciiRun();
            if (_position >= text.Length || !ReadOther(text[_position]))
            {
                break;
            }
        }

        Finish();
    }

    private void Begin()
    {
        _start = _position;
        _end = _position;
        _fold = _foldStart;
        _apostrophe = -1;
        _acronymLetters = 0;
        _needsComposing = false;
    }

    private void ReadAsciiRun()
    {
        var text = _text;
        var folded = _folded;
        var i = _position;
        var fold = _fold;
        while (i < text.Length)
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

        if (i > _position)
        {
            _end = i;
        }

        _position = i;
        _fold = fold;
    }

    // True when the word goes on behind this character.
    private bool ReadOther(char c)
    {
        switch (c)
        {
            case ' ':
                return false;
            case '.':
                return ReadDot();
            case ',':
                return ReadJoint(',');
            case '_':
                return _fold > _foldStart && _position + 1 < _text.Length && IsWord(_text[_position + 1]) && Keep('_');
            case '\'':
                return ReadApostrophe();
            case < '\x80' and not (< ' ' or '\x7F'):
                return false;
        }

        switch (Folding.ClassOf(c))
        {
            case CharClass.Word:
                Room();
                _fold += Folding.Fold(c, _folded.AsSpan(_fold));
                _end = ++_position;
                return true;
            case CharClass.Mark:
                _needsComposing = true;
                _end = ++_position;
                return true;
            case CharClass.Ignorable:
                _position++;
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
        _end = ++_position;
        return true;
    }

    // A dot belongs to the word in "U.S." (single letters) and between digits.
    private bool ReadDot()
    {
        var length = _fold - _foldStart;
        if (length == _acronymLetters + 1 && _end - _start == (_acronymLetters * 2) + 1 && char.IsLetter(_text[_end - 1]))
        {
            var next = _position + 1;
            if (next < _text.Length && char.IsLetter(_text[next]) && !(next + 1 < _text.Length && IsWord(_text[next + 1])))
            {
                _acronymLetters++;
                _end = ++_position;
                return true;
            }

            if (_acronymLetters > 0)
            {
                _end = ++_position;
                _acronymLetters++;
            }

            return false;
        }

        return ReadJoint('.');
    }

    private bool ReadJoint(char joint)
    {
        var next = _position + 1;
        return _end == _position && next < _text.Length && char.IsAsciiDigit(_text[next]) && _position > 0 && char.IsAsciiDigit(_text[_position - 1]) && Keep(joint);
    }

    // Inside a word an apostrophe belongs to it ("O’Neill"); behind an article of French or Italian it ends the word ("l’Ukraine").
    private bool ReadApostrophe()
    {
        var next = _position + 1;
        if (_end != _position || next >= _text.Length || !IsLetter(_text[next]) || IsElision(_folded.AsSpan(_foldStart, _fold - _foldStart)))
        {
            return false;
        }

        _apostrophe = _position;
        return Keep('\'');
    }

    private static bool IsElision(ReadOnlySpan<char> word) => word switch
    {
        "l" or "d" or "j" or "m" or "t" or "s" or "n" or "c" or "qu" or "dell" or "nell" or "sull" or "dall" or "all" or "un" => true,
        _ => false,
    };

    private bool ReadSurrogateInWord()
    {
        if (Rune.DecodeFromUtf16(_text.AsSpan(_position), out var rune, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        switch (Folding.ClassOf(rune))
        {
            case CharClass.Ignorable:
                _position += 2;
                return true;
            case CharClass.Word:
                Append(Folding.Fold(rune));
                _end = _position += 2;
                return true;
            default:
                return false;
        }
    }

    private void ReadSurrogate()
    {
        if (Rune.DecodeFromUtf16(_text.AsSpan(_position), out var rune, out var used) != System.Buffers.OperationStatus.Done)
        {
            _position++;
            return;
        }

        switch (Folding.ClassOf(rune))
        {
            case CharClass.Word:
                ReadWord();
                break;
            case CharClass.Ideograph:
                Begin();
                Append(Folding.Fold(rune));
                _end = _position += used;
                Emit(TokenMarks.Ideograph);
                break;
            default:
                _position += used;
                break;
        }
    }

    private void ReadIdeograph()
    {
        Begin();
        Room();
        _fold += Folding.Fold(_text[_position], _folded.AsSpan(_fold));
        _end = ++_position;
        Emit(TokenMarks.Ideograph);
    }

    // A voice mark behind kana: composed with it, so that decomposed and half-width kana are found.
    private void ComposeIdeograph()
    {
        var token = _stream.Count - 1;
        var mark = _text[_position] is '\uFF9E' ? '\u3099' : _text[_position] is '\uFF9F' ? '\u309A' : _text[_position];
        var composed = string.Concat(_stream.FoldedOf(token), [mark]).Normalize(NormalizationForm.FormC);
        _position++;
        if (composed.Length == 1)
        {
            _folded[_stream.FoldStart[token]] = composed[0];
            _stream.ReplaceLast(_position, _foldStart, WordHash.Of(composed));
        }

        _previousEnd = _position;
    }

    private void Finish()
    {
        if (_needsComposing)
        {
            Compose();
        }

        if (_apostrophe >= 0 && _fold - _foldStart > 2 && _folded[_fold - 1] == 's' && _folded[_fold - 2] == '\'')
        {
            _fold -= 2;
            _end = _apostrophe;
        }

        Emit(_acronymLetters > 0 ? TokenMarks.Acronym : TokenMarks.None);
    }

    private void Emit(TokenMarks marks)
    {
        if (_fold == _foldStart)
        {
            _position = Math.Max(_position, _start + 1);
            return;
        }

        marks |= _gaps.Between(_previousEnd, _start);
        _stream.Append(_start, _end, _fold, WordHash.Of(_folded.AsSpan(_foldStart, _fold - _foldStart)), marks);
        _spaceIsPlain = !marks.Has(TokenMarks.Acronym);
        _foldStart = _fold;
        _previousEnd = _end;
    }

    // A word with combining marks: folded again from its composed form.
    private void Compose()
    {
        var word = new StringBuilder();
        for (var i = _start; i < _end; i++)
        {
            if (Folding.ClassOf(_text[i]) != CharClass.Ignorable)
            {
                word.Append(Folding.ClassOf(_text[i]) == CharClass.Apostrophe ? '\'' : _text[i]);
            }
        }

        _fold = _foldStart;
        foreach (var rune in word.ToString().Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            if (!rune.IsBmp)
            {
                Append(Folding.Fold(rune));
            }
            else if ((char)rune.Value is '\'' or '_' or ',')
            {
                Append(((char)rune.Value).ToString());
            }
            else if (Folding.ClassOf((char)rune.Value) is CharClass.Word or CharClass.Ideograph)
            {
                Room();
                _fold += Folding.Fold((char)rune.Value, _folded.AsSpan(_fold));
            }
        }
    }

    private void Append(string folded)
    {
        _folded = _stream.MakeRoom(_fold, folded.Length + _text.Length - _position + 64);
        folded.CopyTo(_folded.AsSpan(_fold));
        _fold += folded.Length;
    }

    // Folding can lengthen a text: the rest of it and one long expansion must always fit.
    private void Room() => _folded = _stream.MakeRoom(_fold, _text.Length - _position + 64);

    private static bool IsWord(char c) => Folding.ClassOf(c) is CharClass.Word;

    private static bool IsLetter(char c) => Folding.ClassOf(c) is CharClass.Word && !char.IsDigit(c);
}
