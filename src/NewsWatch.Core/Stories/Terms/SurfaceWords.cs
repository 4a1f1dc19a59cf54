using System.Globalization;
using System.Text;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Stories.Terms;

/// <summary>
/// The words of a text with their capitals: accents off, acronyms without dots, numbers with their dots and commas, ideographs and kana in pairs.
/// </summary>
internal static class SurfaceWords
{
    /// <summary>One character that stands for 18 when it is normalised, and tells no text from another.</summary>
    public const char Honorific = '\uFDFA';

    public static List<string> Of(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var folded = Utf16Sanitizer.Of(text).Replace(Honorific, ' ').Normalize(NormalizationForm.FormKD);
        var ideograph = '\0';
        for (var i = 0; i < folded.Length; i++)
        {
            var c = folded[i];
            if (IsIdeograph(c))
            {
                End(word, words);
                if (ideograph != '\0')
                {
                    words.Add($"{ideograph}{c}");
                }

                ideograph = c;
                continue;
            }

            ideograph = '\0';
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c))
            {
                word.Append(c);
            }
            else if (c is '\'' or '’' or 'ʼ' && word.Length > 0 && i + 1 < folded.Length && char.IsLetter(folded[i + 1]))
            {
                word.Append('\'');
            }
            else if (!IsSilent(c) && !IsInside(folded, i, word))
            {
                End(word, words);
            }
            else if (c is '.' or ',' && char.IsAsciiDigit(folded[i - 1]))
            {
                word.Append(c);
            }
        }

        End(word, words);
        return words;
    }

    // A dot or comma between digits, and a dot behind a lone capital that another follows or went before: U.S., G.O.P.
    private static bool IsInside(string text, int at, StringBuilder word)
    {
        if (word.Length == 0 || text[at] is not ('.' or ','))
        {
            return false;
        }

        var next = at + 1 < text.Length ? text[at + 1] : ' ';
        if (char.IsAsciiDigit(text[at - 1]))
        {
            return char.IsAsciiDigit(next);
        }

        var isLone = char.IsAsciiLetterUpper(text[at - 1]) && (at < 2 || text[at - 2] == '.' || !char.IsLetterOrDigit(text[at - 2]));
        return text[at] == '.' && isLone && (char.IsAsciiLetterUpper(next) && at + 2 < text.Length && text[at + 2] == '.');
    }

    private static bool IsIdeograph(char c) => c is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF');

    private static bool IsSilent(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;

    private static void End(StringBuilder word, List<string> words)
    {
        if (word.Length > 0)
        {
            words.Add(word.ToString().TrimEnd('\''));
            word.Clear();
        }
    }
}
