namespace NewsWatch.Core.Text;

/// <summary>Classifies the gap between two tokens: a dash, a pause, the end of a sentence, the end of a paragraph.</summary>
internal readonly ref struct TokenSeparators(TokenStream stream, string text)
{
    /// <summary>The marks of the token that starts at <paramref name="start"/> when the one before it ended at <paramref name="end"/> (-1: there is none).</summary>
    public TokenMarks Between(int end, int start)
    {
        if (end < 0)
        {
            return TokenMarks.Paragraph | TokenMarks.Sentence;
        }

        if (start - end == 1 && text[end] == ' ')
        {
            return stream.Marks[stream.Count - 1].Has(TokenMarks.Acronym) ? AfterAcronym(start) : TokenMarks.None;
        }

        return start == end ? TokenMarks.None
            : start - end == 2 && text[end] is ',' or ';' or ':' && text[end + 1] == ' ' ? TokenMarks.Pause
            : Examine(end, start);
    }

    private TokenMarks Examine(int end, int start)
    {
        var marks = TokenMarks.None;
        var visible = 0;
        var dashes = 0;
        var space = false;
        for (var i = end; i < start; i++)
        {
            var c = text[i];
            switch (c)
            {
                case ' ' or '\t' or '\u00A0' or '\u202F':
                    space = true;
                    break;
                case '\n' or '\r' or '\u2028' or '\u2029' or '\u0085' or '\v' or '\f':
                    return TokenMarks.Paragraph | TokenMarks.Sentence;
                case '-' or '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2212' or '\uFE63' or '\uFF0D':
                    dashes++;
                    visible++;
                    break;
                case '_' when end + 1 == start:
                    return TokenMarks.Glued;
                case ',' or ';' or ':' or '(' or ')' or '[' or ']' or '\u2014' or '\u2015' or '\u3001' or '\uFF0C' or '\uFF1B' or '\uFF1A':
                    marks |= TokenMarks.Pause;
                    visible++;
                    break;
                default:
                    visible += Folding.ClassOf(c) == CharClass.Ignorable ? 0 : 1;
                    break;
            }
        }

        if (dashes == 1 && visible == 1)
        {
            return space ? TokenMarks.Pause : marks | TokenMarks.Glued;
        }

        if (visible == 0)
        {
            return stream.Marks[stream.Count - 1].Has(TokenMarks.Acronym) ? AfterAcronym(start) : marks;
        }

        return EndsSentence(end, start) ? marks | TokenMarks.Sentence : marks;
    }

    private bool EndsSentence(int end, int start)
    {
        var spaced = false;
        var stop = '\0';
        for (var i = end; i < start; i++)
        {
            var c = text[i];
            if (c is '\u3002' or '\uFF01' or '\uFF1F' or '\uFF61' or '\u0964' or '\u06D4')
            {
                return true;
            }

            if (c is '.' or '!' or '?' or '\u2026' or '\u061F')
            {
                stop = c;
                spaced = false;
            }

            spaced |= char.IsWhiteSpace(c);
        }

        return stop != '\0' && spaced && !char.IsLower(text[start]) && !(stop == '.' && text[end] == '.' && IsAbbreviation(start));
    }

    // "Mr. Trump", "J. Smith", "No. 10"; the dot directly follows the last token.
    private bool IsAbbreviation(int start)
    {
        var word = stream.FoldedOf(stream.Count - 1);
        if (word.Length == 1 && char.IsLetter(word[0]) && char.IsUpper(text[stream.Start[stream.Count - 1]]))
        {
            return true;
        }

        return word is "no" ? char.IsDigit(text[start]) : Abbreviations.Contains(word);
    }

    // "the U.S. The" ends a sentence, "the U.S. Senate" does not: only words that seldom stand capitalised inside a sentence end it.
    private TokenMarks AfterAcronym(int start)
    {
        if (!char.IsUpper(text[start]))
        {
            return TokenMarks.None;
        }

        var length = 1;
        while (start + length < text.Length && char.IsLetter(text[start + length]))
        {
            length++;
        }

        return Abbreviations.IsOpener(text.AsSpan(start, length)) ? TokenMarks.Sentence : TokenMarks.None;
    }
}
