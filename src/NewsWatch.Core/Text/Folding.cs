using System.Globalization;
using System.Text;

namespace NewsWatch.Core.Text;

/// <summary>What a UTF-16 code unit is to the tokeniser.</summary>
internal enum CharClass : byte
{
    /// <summary>A separator between words.</summary>
    Separator,

    /// <summary>Part of a word.</summary>
    Word,

    /// <summary>A word of its own: Han, kana and the scripts of South-East Asia that write no spaces.</summary>
    Ideograph,

    /// <summary>Invisible inside a word (soft hyphen, zero-width space, bidi control): neither part nor end of it.</summary>
    Ignorable,

    /// <summary>One of the apostrophes.</summary>
    Apostrophe,

    /// <summary>A mark that has to be composed with its base before folding.</summary>
    Mark,

    /// <summary>Half of a surrogate pair.</summary>
    Surrogate,
}

/// <summary>
/// Folds characters the same way in rules and texts: NFKC, lower case, accents off (Latin, Greek, Arabic, Hebrew; Cyrillic keeps its letters й and ї, but ё = е),
/// ß = ss, İ and ı = i, æ = ae, the digits of every script 0 to 9, the letters of Persian and Urdu those of Arabic,
/// traditional Chinese simplified. Tables over the basic plane, built once.
/// </summary>
internal static class Folding
{
    private const char Expands = '\uFFFF';
    private static readonly CharClass[] Classes = new CharClass[0x10000];
    private static readonly char[] Single = new char[0x10000];
    private static readonly Dictionary<char, string> Expansions = [];
    private static readonly Dictionary<char, char> Simplified;

    static Folding()
    {
        Simplified = WordList.Lines("Text.Words.chinese.txt").SelectMany(line => line.Split(' ')).ToDictionary(pair => pair[0], pair => pair[1]);
        for (var i = 0; i < 0x10000; i++)
        {
            var c = (char)i;
            Classes[i] = Classify(c);
            if (Classes[i] is CharClass.Word or CharClass.Ideograph)
            {
                Remember(c, i < 0x80 ? char.ToLowerInvariant(c).ToString() : Compute(c.ToString()));
            }
        }
    }

    /// <summary>The class of a code unit.</summary>
    public static CharClass ClassOf(char c) => Classes[c];

    /// <summary>Folds a code unit of class Word or Ideograph into <paramref name="into"/> (room for 20 needed); returns how many were written.</summary>
    public static int Fold(char c, Span<char> into)
    {
        var single = Single[c];
        if (single != Expands)
        {
            into[0] = single;
            return single == '\0' ? 0 : 1;
        }

        var expansion = Expansions[c];
        expansion.CopyTo(into);
        return expansion.Length;
    }

    /// <summary>Folds the letters of a word; everything else stays.</summary>
    public static string Fold(string word)
    {
        var folded = new StringBuilder();
        Span<char> one = stackalloc char[32];
        foreach (var c in word.Normalize(NormalizationForm.FormC))
        {
            folded.Append(Classes[c] is CharClass.Word or CharClass.Ideograph ? one[..Fold(c, one)] : [c]);
        }

        return folded.ToString();
    }

    /// <summary>The class of a character beyond the basic plane.</summary>
    public static CharClass ClassOf(Rune rune)
    {
        if (rune.Value is >= 0x20000 and <= 0x3FFFF)
        {
            return CharClass.Ideograph;
        }

        if (rune.Value is >= 0xE0000 and <= 0xE0FFF)
        {
            return CharClass.Ignorable;
        }

        return IsWordCategory(Rune.GetUnicodeCategory(rune)) ? CharClass.Word : CharClass.Separator;
    }

    /// <summary>Folds a character beyond the basic plane; may be empty.</summary>
    public static string Fold(Rune rune) => Compute(rune.ToString());

    /// <summary>Whether case-sensitive terms take this code unit as a capital.</summary>
    public static bool IsCapital(char c) => c < 0x80 ? c is >= 'A' and <= 'Z' : char.GetUnicodeCategory(c) is UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter;

    private static void Remember(char c, string folded)
    {
        if (folded.Length == 1)
        {
            Single[c] = folded[0];
        }
        else if (folded.Length > 1)
        {
            Single[c] = Expands;
            Expansions[c] = folded;
        }
    }

    private static CharClass Classify(char c)
    {
        if (char.IsSurrogate(c))
        {
            return CharClass.Surrogate;
        }

        if (IsIgnorable(c))
        {
            return CharClass.Ignorable;
        }

        if (c is '\'' or '’' or '‘' or '‛' or 'ʼ' or 'ʻ' or 'ʹ' or '＇' or '՚' or '`' or '´' or '′' or '׳')
        {
            return CharClass.Apostrophe;
        }

        if (c is (>= '\u0300' and <= '\u036F') or '\u3099' or '\u309A' or '\uFF9E' or '\uFF9F' or (>= '\u1100' and <= '\u11FF'))
        {
            return CharClass.Mark;
        }

        var category = char.GetUnicodeCategory(c);
        if (!IsWordCategory(category) && !(category == UnicodeCategory.OtherNumber && Compute(c.ToString()).Length > 0))
        {
            return CharClass.Separator;
        }

        return IsIdeograph(c) ? CharClass.Ideograph : CharClass.Word;
    }

    private static bool IsWordCategory(UnicodeCategory category) => category is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    // Unicode's Default_Ignorable_Code_Point in the basic plane, Arabic tatweel, and the C0 controls that are no white space.
    private static bool IsIgnorable(char c) => c is '\u00AD' or '\u034F' or '\u061C' or '\u0640' or '\u17B4' or '\u17B5' or (>= '\u180B' and <= '\u180F')
        or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u206F') or '\u3164' or (>= '\uFE00' and <= '\uFE0F')
        or '\uFEFF' or '\uFFA0' or (>= '\uFFF0' and <= '\uFFF8') or (>= '\0' and <= '\x08') or (>= '\x0E' and <= '\x1F') or '\x7F';

    private static bool IsIdeograph(char c) => c is (>= '\u2E80' and <= '\u2FDF') or '\u3005' or '\u3006' or '\u3007' or (>= '\u3041' and <= '\u30FF') or (>= '\u3105' and <= '\u312F')
        or (>= '\u31F0' and <= '\u31FF') or (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF66' and <= '\uFF9D')
        or (>= '\u0E01' and <= '\u0E7F') or (>= '\u0E81' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F') or (>= '\u1780' and <= '\u17FF');

    private static string Compute(string character)
    {
        var folded = new StringBuilder();
        foreach (var c in character.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Normalize(NormalizationForm.FormKC))
        {
            AppendFolded(folded, c);
        }

        return folded.ToString();
    }

    private static void AppendFolded(StringBuilder folded, char c)
    {
        if (c < 0x80)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                folded.Append(char.ToLowerInvariant(c));
            }

            return;
        }

        if (Special(c) is { } special)
        {
            folded.Append(special);
        }
        else if (Simplified.TryGetValue(c, out var simplified))
        {
            folded.Append(simplified);
        }
        else if (char.IsDigit(c))
        {
            folded.Append((char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)));
        }
        else if (LosesMarks(c))
        {
            foreach (var part in c.ToString().Normalize(NormalizationForm.FormD))
            {
                if (!IsStrippedMark(part))
                {
                    folded.Append(part == 'ς' ? 'σ' : part);
                }
            }
        }
        else if (IsWordCategory(char.GetUnicodeCategory(c)) || char.IsSurrogate(c))
        {
            folded.Append(c);
        }
    }

    private static string? Special(char c) => c switch
    {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' or 'ð' => "d",
        'ł' => "l",
        'þ' => "th",
        'ħ' => "h",
        'ŧ' => "t",
        'ŋ' => "n",
        'ı' or 'İ' => "i",
        'ĳ' => "ij",
        'ё' => "е",
        'ی' or 'ى' or 'ۍ' or 'ے' or 'ې' => "ي",
        'ک' or 'ڪ' => "ك",
        'ہ' or 'ھ' or 'ە' or 'ۀ' or 'ة' or 'ۃ' => "ه",
        'й' or 'ї' or 'ў' or 'ќ' or 'ѓ' => c.ToString(),
        _ => null,
    };

    private static bool LosesMarks(char c) =>
        c < '\u08FF' || c is (>= '\u1AB0' and <= '\u1AFF') or (>= '\u1DC0' and <= '\u1EFF') or (>= '\u1F00' and <= '\u1FFE') or (>= '\u20D0' and <= '\u20F0') or (>= '\u2C60' and <= '\u2C7F') or (>= '\uA722' and <= '\uA7FF');

    private static bool IsStrippedMark(char c) => c is (>= '\u0300' and <= '\u036F') or (>= '\u0483' and <= '\u0487') or (>= '\u0591' and <= '\u05C7') or (>= '\u0610' and <= '\u061A')
        or (>= '\u064B' and <= '\u065F') or '\u0670' or (>= '\u06D6' and <= '\u06ED') or (>= '\u1AB0' and <= '\u1AFF') or (>= '\u1DC0' and <= '\u1DFF') or (>= '\u20D0' and <= '\u20F0');
}
