using System.Runtime.CompilerServices;
using System.Text;

namespace NewsWatch.Core.Text;

/// <summary>
/// Cuts one field into folded tokens, in one pass. Runs of ASCII letters go through a short loop; words with anything else in them go through
/// <see cref="WordReader"/>. Never throws, whatever the text.
/// </summary>
internal ref struct Tokeniser
{
    private readonly TokenStream _stream;
    private readonly string _text;
    private readonly TokenSeparators _gaps;
    private WordReader _word;
    private int _position;

    // Which characters from _map on are ASCII letters or digits.
    private int _map = -AsciiScanner.MapSize;
    private ulong _letters;
    private int _previousEnd;
    private bool _spaceIsPlain;
    private bool _inTag;

    public Tokeniser(TokenStream stream, string text)
    {
        _stream = stream;
        _text = text;
        _gaps = new TokenSeparators(stream, text);
        _word = new WordReader(stream, text);
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
                if (char.IsAsciiLetterOrDigit(c) && !_inTag)
                {
                    ReadPlainWord();
                }
                else if (char.IsAsciiLetterOrDigit(c))
                {
                    ReadWord();
                }
                else if (c is '#' or '@' or '_' or '/')
                {
                    SkipSign(c);
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

    // Behind # or @ begins a hashtag or a handle; an address is no prose, but its host stays.
    private void SkipSign(char c)
    {
        _inTag = c is '#' or '@' || (_inTag && c == '_');
        _position++;
        if (c == '/' && Addresses.EndOf(_text, _position - 1) is var end && end > _position)
        {
            _position = end;
        }
    }

    // The short way: a run of at most sixteen ASCII letters and digits that a plain separator ends, all at once. Anything else goes the long way, from the same place.
    private void ReadPlainWord()
    {
        var start = _position;
        var length = PlainRun();
        var end = start + length;
        if (length > AsciiScanner.Size || _text.Length - start <= AsciiScanner.Size || !IsPlainEnd(_text[end], length, end))
        {
            ReadWord();
            return;
        }

        var foldStart = _stream.FoldStart[_stream.Count];
        var hash = AsciiScanner.Fold(_text.AsSpan(start, AsciiScanner.Size), _stream.Folded.AsSpan(foldStart, AsciiScanner.Size), length);
        var marks = start - _previousEnd == 1 && _spaceIsPlain && _text[start - 1] == ' ' ? TokenMarks.None : _gaps.Between(_previousEnd, start);
        _stream.Append(start, end, foldStart + length, hash, marks);
        _spaceIsPlain = true;
        _previousEnd = end;
        _position = _text[end] == ' ' ? end + 1 : end;
    }

    // How many ASCII letters and digits stand from the position on; of more than 64 the first 64.
    private int PlainRun()
    {
        var run = RunInMap();
        if (_position - _map + run >= AsciiScanner.MapSize)
        {
            _map = _position;
            _letters = AsciiScanner.LettersOf(_text.AsSpan(_position));
            run = RunInMap();
        }

        return run;
    }

    private readonly int RunInMap() => System.Numerics.BitOperations.TrailingZeroCount(~(_letters >> (_position - _map)));

    // Whether an ASCII character ends a word for certain: not an apostrophe, nor a dot or comma that could belong to an acronym or a number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool IsPlainEnd(uint c, int length, int end) => c switch
    {
        ' ' => true,
        '.' => length > 1 && !char.IsAsciiDigit(_text[end - 1]),
        ',' => !char.IsAsciiDigit(_text[end - 1]),
        '\'' or '`' or < '\t' or 0x7F => false,
        _ => c < 0x80,
    };

    private void ReadWord()
    {
        _inTag = _inTag && (_previousEnd == _position || _text[_position - 1] is '#' or '@' or '_');
        _word.Read(_position, _inTag);
        var partOfTag = _inTag && _previousEnd == _position;
        Emit((_word.IsAcronym ? TokenMarks.Acronym : TokenMarks.None) | (partOfTag ? TokenMarks.Glued : TokenMarks.None) | (IsAffixed() ? TokenMarks.Affixed : TokenMarks.None));
        _inTag &= _position < _text.Length && _previousEnd == _position && (_text[_position] == '_' || char.IsLetterOrDigit(_text[_position]));
    }

    private readonly bool IsAffixed()
    {
        var first = _text[_position];
        return _word.HasApostrophe || (first >= '\u0590' && (Scripts.IsHebrew(first) || Scripts.IsArabic(first) || Scripts.IsHangul(first)));
    }

    private void ReadIdeograph()
    {
        _word.ReadCharacter(_position);
        Emit(TokenMarks.Ideograph);
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
                ReadIdeograph();
                break;
            default:
                _position += used;
                break;
        }
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
            _stream.Folded[_stream.FoldStart[token]] = composed[0];
            _stream.ReplaceLast(_position, WordHash.Of(composed));
        }

        _previousEnd = _position;
    }

    // A word of which nothing is left when it is folded is none.
    private void Emit(TokenMarks marks)
    {
        var foldStart = _stream.FoldStart[_stream.Count];
        if (_word.FoldEnd == foldStart)
        {
            _position = Math.Max(_word.Position, _position + 1);
            return;
        }

        marks |= _gaps.Between(_previousEnd, _position);
        var folded = _stream.Folded.AsSpan(foldStart, _word.FoldEnd - foldStart);
        _stream.Append(_position, _word.End, _word.FoldEnd, WordHash.Of(folded), marks);
        _spaceIsPlain = !marks.Has(TokenMarks.Acronym);
        _previousEnd = _word.End;
        _position = _word.Position;
    }
}
