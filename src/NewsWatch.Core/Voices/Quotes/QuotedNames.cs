using NewsWatch.Core.Voices.Sentences;

namespace NewsWatch.Core.Voices.Quotes;

/// <summary>Tells names and titles in quotation marks from speech: the so-called “peace shield”, ABC's “Good Morning America”, on “Meet the Press”.</summary>
internal sealed class QuotedNames(Prose prose, Label<SpeechWord>[] labels)
{
    private const int MaxWords = 10;
    private const int MaxSmallWord = 3;
    private const int MaxPhrase = 3;
    private int _lastEnd = -1;

    /// <summary>Whether a span between marks is a name or a title. Spans are asked for in the order of the text.</summary>
    /// <param name="first">Its first token.</param>
    /// <param name="behind">The token behind its last one.</param>
    public bool Is(int start, int end, int first, int behind)
    {
        var isName = IsCalled(first) || (IsInTitleCase(end, first, behind) && (IsBehindNamingWord(start, first) || IsBehindTitle(start)));
        _lastEnd = isName ? end : _lastEnd;
        return isName;
    }

    private bool IsCalled(int first) => Before(first) is SpeechWord.SoCalled;

    // "Apollo 13": English titles have capitals but for their small words. A cry is none.
    private bool IsInTitleCase(int end, int first, int behind)
    {
        if (prose.Language != "en" || behind - first is < 2 or > MaxWords || !prose.IsCapital(first) || prose.Text[end - 2] is '!' or '?')
        {
            return false;
        }

        for (var i = first; i < behind; i++)
        {
            if (!prose.IsCapital(i) && prose.End(i) - prose.Start(i) > MaxSmallWord)
            {
                return false;
            }
        }

        return prose.IsCapital(behind - 1) || char.IsAsciiDigit(prose.Text[prose.Start(behind - 1)]);
    }

    private bool IsBehindNamingWord(int start, int first)
    {
        var before = prose.Text.AsSpan(0, start).TrimEnd();
        return before.Length > 0 && before.Length < start && char.IsLetter(before[^1]) && (before.EndsWith("'s") || before.EndsWith("’s") || Before(first) is SpeechWord.Preposition or SpeechWord.Titled);
    }

    // “Apollo 13,” and “Cocoon”.
    private bool IsBehindTitle(int start) => _lastEnd >= 0 && prose.Text.AsSpan(_lastEnd, start - _lastEnd).Trim(" ,") is "" or "and" or "or";

    // What the words directly before a token mean.
    private SpeechWord Before(int token)
    {
        for (var length = Math.Min(token, MaxPhrase); length > 0; length--)
        {
            if (labels[token - length].Length == length)
            {
                return labels[token - length].Kind;
            }
        }

        return SpeechWord.None;
    }
}
