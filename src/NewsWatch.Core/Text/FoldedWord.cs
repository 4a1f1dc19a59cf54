using System.Text;

namespace NewsWatch.Core.Text;

/// <summary>
/// The folded characters of a word while it is read. They stand in the stream's room behind its last token; the caller decides whether they become one.
/// </summary>
internal struct FoldedWord
{
    /// <summary>Most folded letters of a word; what is longer is none.</summary>
    public const int MaxLetters = 200;

    // Folding can lengthen a text: the rest of it and one long expansion must always fit.
    private const int Spare = 64;
    private readonly TokenStream _stream;
    private int _start;

    public FoldedWord(TokenStream stream, int textLength)
    {
        _stream = stream;
        Room = stream.MakeRoom(stream.FoldStart[stream.Count], textLength + Spare);
    }

    /// <summary>Where folded characters are written; there is room for the rest of the text.</summary>
    public char[] Room { get; private set; }

    /// <summary>Behind the last folded character.</summary>
    public int End { get; set; }

    public readonly int Length => End - _start;

    public readonly ReadOnlySpan<char> Text => Room.AsSpan(_start, Length);

    /// <summary>Begins a word behind the stream's last token.</summary>
    public void Begin()
    {
        _start = _stream.FoldStart[_stream.Count];
        End = _start;
    }

    /// <summary>Appends a folded character.</summary>
    /// <param name="c">The character.</param>
    /// <param name="rest">How much of the text is still to be read.</param>
    public void Put(char c, int rest)
    {
        Room = _stream.MakeRoom(End, rest + Spare);
        Room[End++] = c;
    }

    /// <summary>Folds a letter and appends it, unless the word is too long already.</summary>
    public void Append(char c, int rest)
    {
        if (!IsTooLong)
        {
            Room = _stream.MakeRoom(End, rest + Spare);
            End += Folding.Fold(c, Room.AsSpan(End));
        }
    }

    /// <summary>Folds a letter and appends it, unless the word is too long already.</summary>
    public void Append(Rune rune, int rest)
    {
        if (rune.IsBmp)
        {
            Append((char)rune.Value, rest);
        }
        else if (!IsTooLong)
        {
            var folded = Folding.Fold(rune);
            Room = _stream.MakeRoom(End, folded.Length + rest + Spare);
            folded.CopyTo(Room.AsSpan(End));
            End += folded.Length;
        }
    }

    /// <summary>
    /// Folds a word with combining marks again, from its composed form. Composing sorts the marks behind a letter, so only so many of them count.
    /// </summary>
    public void Compose(string text, int start, int end)
    {
        End = _start;
        if (end - start > MaxLetters * (Utf16Sanitizer.MaxMarks + 1))
        {
            return;
        }

        var word = new StringBuilder();
        foreach (var c in text.AsSpan(start, end - start))
        {
            if (Folding.ClassOf(c) != CharClass.Ignorable)
            {
                word.Append(Folding.ClassOf(c) == CharClass.Apostrophe ? '\'' : c);
            }
        }

        var rest = text.Length - start;
        foreach (var rune in Utf16Sanitizer.Of(word.ToString()).Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            if (rune.Value is '\'' or ',')
            {
                Put((char)rune.Value, rest);
            }
            else if (!rune.IsBmp || Folding.ClassOf((char)rune.Value) is CharClass.Word or CharClass.Ideograph)
            {
                Append(rune, rest);
            }
        }
    }

    /// <summary>Ends the word: what is longer than any word is none, letters that somebody wrote to be read by machines; numbers are written as all numbers are (<see cref="Numbers"/>).</summary>
    public void Finish(bool isNumber) => End = _start + (IsTooLong ? 0 : isNumber ? Numbers.Normalise(Room.AsSpan(_start, Length)) : Length);

    private readonly bool IsTooLong => Length > MaxLetters;
}
