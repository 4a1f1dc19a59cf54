namespace NewsWatch.Core.Text;

/// <summary>An acronym while it is read: single letters with a dot behind each, "U.S.", perhaps with spaces, "U. S.".</summary>
internal struct Acronym
{
    private int _letters;
    private int _spaces;

    /// <summary>Whether a word that was read is an acronym.</summary>
    public readonly bool IsRead => _letters > 0;

    /// <summary>Whether what was read from <paramref name="start"/> to before <paramref name="end"/> may be the beginning of an acronym whose next dot comes now.</summary>
    /// <param name="letters">How many folded letters it has.</param>
    public readonly bool Fits(string text, int start, int end, int letters) =>
        letters == _letters + 1 && end - start == (_letters * 2) + _spaces + 1 && char.IsLetter(text[end - 1]);

    /// <summary>Reads a dot: how many characters from it belong to the word, and whether the word goes on behind them.</summary>
    public (int Length, bool GoesOn) ReadDot(string text, int dot, int end)
    {
        var next = dot + 1;
        if (next < text.Length && char.IsLetter(text[next]) && !(next + 1 < text.Length && Folding.ClassOf(text[next + 1]) is CharClass.Word))
        {
            _letters++;
            return (1, true);
        }

        if (WordEdges.IsInitial(text, next + 1) && text[next] is ' ' or '\u00A0' or '\u202F' && char.IsUpper(text[end - 1]))
        {
            _letters++;
            _spaces++;
            return (2, true);
        }

        var last = IsRead;
        _letters += last ? 1 : 0;
        return (last ? 1 : 0, false);
    }
}
