using System.Collections.Frozen;

namespace NewsWatch.Core.Text;

/// <summary>The languages whose inflections are known; a set of them.</summary>
[Flags]
public enum Languages
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>English.</summary>
    English = 1,

    /// <summary>German.</summary>
    German = 2,

    /// <summary>French.</summary>
    French = 4,

    /// <summary>Spanish.</summary>
    Spanish = 8,

    /// <summary>Italian.</summary>
    Italian = 16,

    /// <summary>Portuguese.</summary>
    Portuguese = 32,

    /// <summary>Dutch.</summary>
    Dutch = 64,

    /// <summary>Polish.</summary>
    Polish = 128,

    /// <summary>Turkish.</summary>
    Turkish = 256,

    /// <summary>Russian.</summary>
    Russian = 512,

    /// <summary>Ukrainian.</summary>
    Ukrainian = 1024,

    /// <summary>Those in Latin letters.</summary>
    Latin = English | German | French | Spanish | Italian | Portuguese | Dutch | Polish | Turkish,

    /// <summary>Those in Cyrillic letters.</summary>
    Cyrillic = Russian | Ukrainian,

    /// <summary>All of them: also of a text that says nothing about its language.</summary>
    All = Latin | Cyrillic,
}

/// <summary>Language tags and the language of a text.</summary>
public static class LanguagesOf
{
    private const int WordsRead = 300;
    private const int WordsNeeded = 3;
    private const int EnglishWordsNeeded = 2;
    private const int MaxCommonWordLength = 7;
    private const int MaxTellingWordLength = 10;

    private static readonly (string Code, Languages Language)[] Codes =
    [
        ("en", Languages.English), ("de", Languages.German), ("fr", Languages.French), ("es", Languages.Spanish), ("it", Languages.Italian), ("pt", Languages.Portuguese),
        ("nl", Languages.Dutch), ("pl", Languages.Polish), ("tr", Languages.Turkish), ("ru", Languages.Russian), ("uk", Languages.Ukrainian),
    ];

    private static readonly Dictionary<ulong, Languages> Common = Index(CommonWords.ByLanguage.Select(pair => (pair.Key, pair.Value)));
    private static readonly Dictionary<ulong, Languages> Telling = Index(Lists("telling"));
    private static readonly Dictionary<ulong, Languages> Little = Index(CommonWords.ByLanguage.Select(pair => (pair.Key, pair.Value)).Concat(Lists("little")));

    private static readonly FrozenSet<ulong> English = WordList.Folded("Text.Words.english.txt").Select(word => WordHash.Of(word)).ToFrozenSet();

    /// <summary>The codes of the languages, e.g. "de".</summary>
    public static IEnumerable<string> Known => Codes.Select(pair => pair.Code);

    /// <summary>The language of a BCP 47 tag, e.g. "pt-BR"; none when its inflections are not known.</summary>
    public static Languages Tag(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        foreach (var (code, language) in Codes)
        {
            if (tag.StartsWith(code, StringComparison.OrdinalIgnoreCase) && (tag.Length == code.Length || tag[code.Length] is '-' or '_'))
            {
                return language;
            }
        }

        return Languages.None;
    }

    /// <summary>The name of each language of a set, in English.</summary>
    public static IEnumerable<string> Names(Languages languages) => Codes.Where(pair => languages.HasFlag(pair.Language)).Select(pair => pair.Language.ToString());

    /// <summary>
    /// The languages that a document may be in: the one that it names, and the ones that its commonest words show, because feeds name the wrong one often enough;
    /// all when neither says anything.
    /// </summary>
    internal static Languages Of(TokenStream tokens, string tag)
    {
        var named = Tag(tag);
        Span<int> counts = stackalloc int[Codes.Length];
        counts.Clear();
        for (var i = 0; i < Math.Min(tokens.Count, WordsRead); i++)
        {
            if (tokens.FoldStart[i + 1] - tokens.FoldStart[i] <= MaxCommonWordLength && Common.TryGetValue(tokens.Hash[i], out var languages))
            {
                Count(languages, counts);
            }
        }

        var shown = Shown(counts);
        return (named | shown) != Languages.None ? named | shown : tag.Length > 0 ? Languages.None : Told(tokens);
    }

    /// <summary>As the other; a document that says nothing else is in a language of its little words: "la puerta" is no English.</summary>
    internal static Languages Of(TokenStream tokens, Document document)
    {
        var languages = Of(tokens, document.Language);
        return languages == Languages.All ? Hinted(tokens, document) : languages;
    }

    // A little word before a capital may be part of a name, which is in every language: "Rio de Janeiro".
    private static Languages Hinted(TokenStream tokens, Document document)
    {
        var (hinted, english) = (Languages.None, Languages.None);
        for (var i = 0; i < Math.Min(tokens.Count, WordsRead) - 1; i++)
        {
            english |= English.Contains(tokens.Hash[i]) ? Languages.English : Languages.None;
            if (Little.TryGetValue(tokens.Hash[i], out var languages) && char.IsLower(document[tokens.FieldOf(i + 1)][tokens.Start[i + 1]]))
            {
                hinted |= languages;
            }
        }

        return hinted == Languages.None ? Languages.All : hinted | english;
    }

    // A text too short for its commonest words to decide is in the languages of its telling words; in all where it has none.
    private static Languages Told(TokenStream tokens)
    {
        var told = Languages.None;
        for (var i = 0; i < Math.Min(tokens.Count, WordsRead); i++)
        {
            told |= tokens.FoldStart[i + 1] - tokens.FoldStart[i] <= MaxTellingWordLength ? Telling.GetValueOrDefault(tokens.Hash[i]) : Languages.None;
        }

        return told != Languages.None ? told : IsEnglish(tokens) ? Languages.English : Languages.All;
    }

    // "A rat ran": each of these words may be Polish, too, all of them together are English. A common word of another language alone speaks against it.
    private static bool IsEnglish(TokenStream tokens)
    {
        var count = Math.Min(tokens.Count, WordsRead);
        var english = 0;
        for (var i = 0; i < count; i++)
        {
            if (English.Contains(tokens.Hash[i]))
            {
                english++;
            }
            else if (Common.GetValueOrDefault(tokens.Hash[i]) != Languages.None)
            {
                return false;
            }
        }

        return english >= EnglishWordsNeeded && english * 3 >= count * 2;
    }

    private static void Count(Languages languages, Span<int> counts)
    {
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] += languages.HasFlag(Codes[i].Language) ? 1 : 0;
        }
    }

    // Those that come near to the one that most words speak for.
    private static Languages Shown(ReadOnlySpan<int> counts)
    {
        var most = WordsNeeded;
        foreach (var count in counts)
        {
            most = Math.Max(most, count);
        }

        var shown = Languages.None;
        for (var i = 0; i < counts.Length; i++)
        {
            shown |= counts[i] * 3 >= most * 2 ? Codes[i].Language : Languages.None;
        }

        return shown;
    }

    private static IEnumerable<(string Code, string[] Words)> Lists(string resource) =>
        WordList.Lines($"Text.Words.{resource}.txt").Select(line => line.Split(' ')).Select(words => (words[0], words[1..]));

    private static Dictionary<ulong, Languages> Index(IEnumerable<(string Code, string[] Words)> lists)
    {
        var index = new Dictionary<ulong, Languages>();
        foreach (var (code, words) in lists)
        {
            foreach (var hash in words.Select(word => WordHash.Of(Folding.Fold(word))))
            {
                index[hash] = index.GetValueOrDefault(hash) | Tag(code);
            }
        }

        return index;
    }
}
