namespace NewsWatch.Core.Rules.Terms;

/// <summary>
/// The vowels of Turkish suffixes: <c>1</c> is a or e, <c>2</c> is ı, i, u or ü, as the vowel before it asks. Folded letters leave it open whether the last vowel of a
/// stem is said in front or at the back where it is an i, o or u: then both words are made.
/// </summary>
internal static class Harmony
{
    /// <summary>The words that a stem makes with an ending.</summary>
    public static IEnumerable<string> Of(string stem, string ending)
    {
        var at = stem.AsSpan().LastIndexOfAny("aeiou");
        var last = at < 0 ? 'i' : stem[at];
        if (last != 'e')
        {
            yield return Made(stem, ending, 'a', last);
        }

        if (last != 'a' || MayBeFront(stem, at))
        {
            yield return Made(stem, ending, 'e', last);
        }
    }

    // Many words from French and Arabic: "santralde", "saatte", "harfe".
    private static bool MayBeFront(string stem, int vowel) =>
        (vowel == stem.Length - 2 && stem[^1] is 'l' or 't' or 'k' or 'p') || (vowel == stem.Length - 3 && stem[^2] is 'l' or 'r' && stem[^1] is 'p' or 'b' or 'f' or 'k');

    private static string Made(string stem, string ending, char open, char last) => string.Create(stem.Length + ending.Length, (stem, ending, open, last), static (made, parts) =>
    {
        var (stem, ending, open, last) = parts;
        stem.CopyTo(made);
        for (var i = 0; i < ending.Length; i++)
        {
            var letter = ending[i] switch { '1' => open, '2' => last is 'o' or 'u' ? 'u' : 'i', var c => c };
            made[stem.Length + i] = letter;
            (open, last) = letter switch
            {
                'a' or 'o' => ('a', letter),
                'e' => ('e', letter),
                'i' when ending[i] == 'i' => ('e', letter),
                'i' or 'u' => (open, letter),
                _ => (open, last),
            };
        }
    });
}
