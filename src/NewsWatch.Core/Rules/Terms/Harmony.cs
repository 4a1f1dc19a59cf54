namespace NewsWatch.Core.Rules.Terms;

/// <summary>
/// The vowels of Turkish suffixes: <c>1</c> is a or e, <c>2</c> is ı, i, u or ü, as the vowel before it asks. Folded letters leave it open whether an i, o or u is
/// a front vowel: then both are made.
/// </summary>
internal static class Harmony
{
    /// <summary>The words that a stem makes with an ending.</summary>
    public static IEnumerable<string> Of(string stem, string ending)
    {
        IEnumerable<string> made = [stem];
        foreach (var c in ending)
        {
            made = c is '1' or '2' ? made.SelectMany(word => Vowels(word, c, stem), (word, vowel) => word + vowel) : made.Select(word => word + c);
        }

        return made;
    }

    private static bool MayBeFront(string stem, int vowel) =>
        (vowel == stem.Length - 2 && stem[^1] is 'l' or 't' or 'k' or 'p') || (vowel == stem.Length - 3 && stem[^2] is 'l' or 'r' && stem[^1] is 'p' or 'b' or 'f' or 'k');

    private static string Vowels(string word, char kind, string stem)
    {
        var at = word.AsSpan().LastIndexOfAny("aeiou");
        return (kind, at < 0 ? 'a' : word[at]) switch
        {
            // Many words from French and Arabic: "santralde", "saatte", "harfe".
            ('1', 'a') when MayBeFront(stem, at) => "ae",
            ('1', 'a') => "a",
            ('1', 'e') => "e",
            ('1', _) => "ae",
            (_, 'o' or 'u') => "u",
            _ => "i",
        };
    }
}
