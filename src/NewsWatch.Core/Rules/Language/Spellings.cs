namespace NewsWatch.Core.Rules.Language;

/// <summary>Usual other spellings of names that come from other scripts.</summary>
internal static class Spellings
{
    // Endings of family names, then whole names; any member of a family may stand for another.
    private static readonly string[][] Endings =
    [
        ["sky", "skyy", "skiy", "skyi", "ski", "skyj"],
        ["shchenko", "schenko"],
        ["yev", "iev"],
        ["chuk", "czuk"],
    ];

    private static readonly string[][] Names =
    [
        ["Yury", "Yuri", "Yuriy"], ["Dmitry", "Dmitri", "Dmitriy"], ["Sergei", "Sergey"], ["Alexei", "Alexey", "Aleksei"], ["Andrei", "Andrey"], ["Alexander", "Aleksandr"],
        ["Nikolai", "Nikolay"], ["Mikhail", "Michail"], ["Vasily", "Vasiliy"], ["Gennady", "Gennadiy"], ["Valery", "Valeri", "Valeriy"], ["Serhiy", "Serhii"], ["Andriy", "Andrii"],
        ["Dmytro", "Dmitro"], ["Oleksandr", "Olexandr"], ["Mohammed", "Muhammad", "Mohamed", "Mohammad"], ["Hussein", "Hussain", "Husayn"], ["Ahmed", "Ahmad"], ["Abdullah", "Abdallah"],
        ["Kyiv", "Kiev"], ["Kharkiv", "Kharkov"], ["Odesa", "Odessa"], ["Lviv", "Lvov"], ["Mykolaiv", "Nikolaev"], ["Hezbollah", "Hizbollah", "Hizbullah"], ["Gaddafi", "Qaddafi", "Kadhafi"],
        ["Houthi", "Huthi"], ["Quran", "Koran"], ["Beijing", "Peking"], ["Myanmar", "Burma"], ["Türkiye", "Turkey"],
    ];

    /// <summary>Other spellings of a plain alias; none for one with <c>= ~ *</c>.</summary>
    public static IEnumerable<string> Of(string alias)
    {
        if (alias.IndexOfAny(['=', '~', '*', '?']) >= 0)
        {
            return [];
        }

        var words = alias.Split(' ');
        return words.SelectMany((word, i) => OfWord(word).Select(w => string.Join(' ', [.. words[..i], w, .. words[(i + 1)..]])));
    }

    private static IEnumerable<string> OfWord(string word)
    {
        foreach (var family in Names.Where(f => f.Contains(word)))
        {
            foreach (var other in family.Where(n => n != word))
            {
                yield return other;
            }
        }

        // The longest ending decides: Zelenskyy ends in "skyy", not in a "y" behind "sky".
        var ending = Endings.SelectMany(f => f).Where(e => word.Length > e.Length + 2 && word.EndsWith(e, StringComparison.Ordinal)).MaxBy(e => e.Length);
        foreach (var other in ending is null ? [] : Endings.First(f => f.Contains(ending)).Where(e => e != ending))
        {
            yield return word[..^ending!.Length] + other;
        }
    }
}
