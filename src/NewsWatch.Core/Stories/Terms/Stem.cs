namespace NewsWatch.Core.Stories.Terms;

/// <summary>
/// Cuts a folded word to what its forms share. Rough on purpose: a wrong stem that is always the same compares as well as a right one,
/// and two words that fall together seldom stand in the same week's news.
/// </summary>
internal static class Stem
{
    private const int MinLetters = 4;

    // Derivations before plurals: "negotiations" and "negotiated" are one verb.
    private static readonly (string End, string To)[] Derivations =
    [
        ("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ations", "at"), ("ation", "at"), ("ating", "at"), ("ated", "at"), ("ates", "at"), ("ate", "at"), ("ments", "ment"), ("ings", "ing"),
    ];

    private static readonly string[] Endings = ["ing", "ed", "er", "or", "ion", "ian", "ese"];

    /// <summary>The stem of a word in small letters without accents.</summary>
    public static string Of(string word)
    {
        if (word.Length < MinLetters || char.IsAsciiDigit(word[0]))
        {
            return word;
        }

        return word[0] < 0x80 ? Latin(word) : Other(word);
    }

    // Case endings of Cyrillic and Greek words are one or two letters.
    private static string Other(string word) => word[..Math.Max(MinLetters, word.Length - (word.Length > 6 ? 2 : 1))];

    private static string Latin(string word)
    {
        word = Ending(Derived(word));
        if (word.Length > 3 && word[^1] == word[^2] && word[^1] is ('t' or 'p' or 'n' or 'g' or 'd' or 'm'))
        {
            word = word[..^1];
        }

        return word.Length > MinLetters && word[^1] == 'e' ? word[..^1] : word;
    }

    private static string Derived(string word)
    {
        foreach (var (end, to) in Derivations)
        {
            if (word.Length - end.Length >= 3 && word.EndsWith(end, StringComparison.Ordinal))
            {
                return word[..^end.Length] + to;
            }
        }

        return word[^1] == 's' && !(word[^2] is 's' or 'u' or 'i') ? word[..^1] : word;
    }

    private static string Ending(string word)
    {
        foreach (var end in Endings)
        {
            if (word.Length - end.Length >= MinLetters && word.EndsWith(end, StringComparison.Ordinal))
            {
                return word[..^end.Length];
            }
        }

        return word;
    }
}
