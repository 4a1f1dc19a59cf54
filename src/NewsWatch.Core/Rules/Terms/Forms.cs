using System.Collections.Frozen;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Terms;

/// <summary>The forms of words: made once, when rules are compiled, so that matching looks them up like any other word.</summary>
internal static class Forms
{
    // Shorter ones are abbreviations: MPs.
    private const int MinWordLength = 3;

    private static readonly (Languages Language, Lazy<Paradigm> Paradigm)[] Words =
    [
        (Languages.German, Of("de")), (Languages.French, Of("fr")), (Languages.Spanish, Of("es", "romance-things")), (Languages.Italian, Of("it", "romance-things")), (Languages.Portuguese, Of("pt", "romance-things")),
        (Languages.Dutch, Of("nl")), (Languages.Polish, Of("pl")), (Languages.Turkish, Of("tr")), (Languages.Russian, Of("ru")), (Languages.Ukrainian, Of("uk")),
    ];

    private static readonly (Languages Language, Lazy<Paradigm> Paradigm)[] Names =
        [(Languages.Polish, Of("pl-names")), (Languages.Russian, Of("ru-names")), (Languages.Ukrainian, Of("uk-names"))];

    private static readonly Lazy<Paradigm> GermanNouns = Of("de-nouns");
    private static readonly Lazy<FrozenSet<string>> ArabicPrefixes = new(() => WordList.Folded("Text.Words.arabic.txt"));
    private static readonly Lazy<FrozenSet<string>> HebrewPrefixes = new(() => WordList.Folded("Text.Words.hebrew.txt"));

    /// <summary>The languages that write a folded word: those of its script, or of its letters where these belong to one of them alone; none when inflections of that script are not known.</summary>
    public static Languages WrittenBy(string folded)
    {
        if (folded.Any(Scripts.IsCyrillic))
        {
            return folded.AsSpan().IndexOfAny("іїєґ") >= 0 ? Languages.Ukrainian : folded.AsSpan().IndexOfAny("ыэъ") >= 0 ? Languages.Russian : Languages.Cyrillic;
        }

        return folded.Any(c => c is >= 'a' and <= 'z') ? Languages.Latin : Languages.None;
    }

    /// <summary>What <c>~</c> finds: the inflections of a folded word in the given languages, itself first.</summary>
    /// <param name="folded">A folded word.</param>
    /// <param name="capital">Whether it is written with a capital: then it is a noun in German, and so are its forms. "Kriege" are wars, "kriegen" is to get.</param>
    /// <param name="languages">The languages that it may be written in.</param>
    public static IReadOnlyList<Form> Inflected(string folded, bool capital, Languages languages)
    {
        languages &= WrittenBy(folded);
        var forms = new Dictionary<string, Languages>();
        foreach (var form in languages.HasFlag(Languages.English) ? Inflections.Of(folded) : [])
        {
            forms[form] = Languages.English;
        }

        var noun = capital && folded.Length >= MinWordLength && languages.HasFlag(Languages.German);

        // Dutch has most stems of German and writes its nouns small: "Krieg" is none of them, and "kriegen" no form of it.
        var others = noun ? languages & ~(MayBeInfinitive(folded) ? Languages.Dutch : Languages.German | Languages.Dutch) : languages;
        Add(Words, folded, folded.Length < MinWordLength ? Languages.None : others, forms);
        forms.Remove(folded);
        var nouns = noun ? GermanNouns.Value.FormsOf(folded).Where(form => form != folded) : [];
        return
        [
            new Form(folded, Languages.All, false),
            .. forms.Select(form => new Form(form.Key, Everywhere(form.Value), false)),
            .. nouns.Select(form => new Form(form, Languages.German, true)),
        ];
    }

    private static bool MayBeInfinitive(string folded) => folded.EndsWith("en", StringComparison.Ordinal) || folded.EndsWith("ern", StringComparison.Ordinal) || folded.EndsWith("eln", StringComparison.Ordinal);

    /// <summary>A folded word of Arabic or Hebrew alone and behind each prefix of its language.</summary>
    public static IReadOnlyList<Form> Prefixed(string folded) =>
        [new Form(folded, Languages.All, false), .. (Scripts.IsHebrew(folded[0]) ? HebrewPrefixes : ArabicPrefixes).Value.Select(prefix => new Form(prefix + folded, Languages.All, false))];

    /// <summary>What the name of a person, a place or an organisation is called in its cases, itself first.</summary>
    /// <param name="folded">A folded word of the name.</param>
    /// <param name="capital">Whether it is written with a capital; then its forms are, too.</param>
    /// <param name="languages">The languages that it may be written in.</param>
    public static IReadOnlyList<Form> Named(string folded, bool capital, Languages languages)
    {
        languages &= WrittenBy(folded);
        var forms = new Dictionary<string, Languages>();
        Add(Names, folded, languages, forms);
        if (languages.HasFlag(Languages.English) && folded.Length > 2 && folded[^1] is not ('s' or 'x' or 'z'))
        {
            forms[folded + "s"] = Languages.All;
        }

        forms.Remove(folded);
        return [new Form(folded, Languages.All, false), .. forms.Select(form => new Form(form.Key, Everywhere(form.Value), capital))];
    }

    // A short text does not show whether it is Russian or Ukrainian.
    private static Languages Everywhere(Languages languages) => (languages & Languages.Cyrillic) != Languages.None ? Languages.All : languages;

    private static void Add((Languages Language, Lazy<Paradigm> Paradigm)[] paradigms, string folded, Languages languages, Dictionary<string, Languages> forms)
    {
        foreach (var (language, paradigm) in paradigms.Where(pair => languages.HasFlag(pair.Language)))
        {
            foreach (var form in paradigm.Value.FormsOf(folded))
            {
                forms[form] = forms.GetValueOrDefault(form) | language;
            }
        }
    }

    private static Lazy<Paradigm> Of(params string[] resources) => new(() => new Paradigm(resources));
}
