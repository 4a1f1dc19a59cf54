using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Stories.Terms;

/// <summary>Reads the terms of a headline or text: small words dropped, acronyms and numbers written as one, aliases as their name, words of other languages in English where it is known, the rest as stems.</summary>
internal static class TermReader
{
    private const int MaxPhraseLength = 3;
    private static readonly FrozenSet<string> Small = WordList.Lines("Stories.Words.small.txt").SelectMany(line => line.Split(' ')).ToFrozenSet();
    private static readonly FrozenDictionary<string, string> Aliases = ReadAliases();

    // Few words begin a phrase: no other is joined with those behind it.
    private static readonly FrozenSet<string> PhraseStarts = Aliases.Keys.Where(alias => alias.Contains('_', StringComparison.Ordinal)).Select(alias => alias.Split('_')[0]).ToFrozenSet();
    private static readonly FrozenDictionary<string, FrozenSet<string>> Common = CommonWords.ByLanguage.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToFrozenSet());

    private static readonly FrozenDictionary<string, string> Numerals =
        "two three four five six seven eight nine ten eleven twelve".Split(' ').Select((word, i) => (word, Number: (i + 2).ToString(CultureInfo.InvariantCulture))).ToFrozenDictionary(pair => pair.word, pair => pair.Number);

    private static readonly FrozenDictionary<string, string> Magnitudes =
        new Dictionary<string, string> { ["bn"] = "billion", ["b"] = "billion", ["m"] = "million", ["mn"] = "million", ["k"] = "thousand", ["tn"] = "trillion" }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Plans = "to will would could may might".Split(' ').ToFrozenSet();

    private static readonly SearchValues<char> NumberSigns = SearchValues.Create("0123456789.,");

    /// <summary>The terms in the order of the text, repeated ones included.</summary>
    /// <param name="text">A headline or a text.</param>
    /// <param name="language">Its BCP 47 tag; empty when unknown.</param>
    public static List<Term> Read(string text, string language) => Read(SurfaceWords.Of(text), language, Translations.IsForeign(text, language));

    /// <summary>The terms in the order of a text that was split into its words.</summary>
    public static List<Term> Read(List<string> words, string language, bool isForeign)
    {
        var common = Common.GetValueOrDefault(language.Split('-')[0]);
        var terms = new List<Term>(words.Count);
        var isAhead = false;
        for (var i = 0; i < words.Count; i++)
        {
            var (word, before) = (words[i].ToLowerInvariant(), terms.Count);
            var (name, length) = PhraseStarts.Contains(word) ? Phrase(words, i) : (null, 1);
            if (name is not null)
            {
                terms.Add(new Term(Stem.Of(name), char.IsUpper(words[i][0])));
                i += length - 1;
            }
            else
            {
                Add(terms, words[i], word, common, isForeign);
            }

            if (isAhead && terms.Count > before)
            {
                terms[before] = terms[before] with { IsAhead = true };
            }

            isAhead = IsPlan(word) || (isAhead && (terms.Count == before || word.EndsWith("ly", StringComparison.Ordinal)));
        }

        return terms;
    }

    private static bool IsPlan(string word) => Plans.Contains(word) || word.EndsWith("'ll", StringComparison.Ordinal);

    private static (string? Name, int Length) Phrase(List<string> words, int at)
    {
        for (var length = Math.Min(MaxPhraseLength, words.Count - at); length > 1; length--)
        {
            if (Aliases.TryGetValue(string.Join('_', words.Skip(at).Take(length)).ToLowerInvariant(), out var name))
            {
                return (name, length);
            }
        }

        return (null, 1);
    }

    private static void Add(List<Term> terms, string surface, string word, FrozenSet<string>? common, bool isForeign)
    {
        var isCapital = char.IsUpper(surface[0]);
        if (surface == "US")
        {
            terms.Add(new Term("usa", true));
            return;
        }

        word = word.EndsWith("'s", StringComparison.Ordinal) ? word[..^2] : word;
        word = Numerals.GetValueOrDefault(word, word.Replace("'", "", StringComparison.Ordinal));
        if (word.Length == 0 || word == "us" || Small.Contains(word) || common?.Contains(word) == true)
        {
            return;
        }

        if (char.IsAsciiDigit(word[0]))
        {
            AddNumber(terms, word);
            return;
        }

        terms.Add(new Term(isForeign ? Translations.Of(NameOf(word)) : NameOf(word), isCapital));
    }

    private static string NameOf(string word)
    {
        var stem = Stem.Of(Aliases.GetValueOrDefault(word, word));
        return Aliases.TryGetValue(stem, out var name) ? Stem.Of(name) : stem;
    }

    // 500bn is 500 and billion, 80th is 80, 1,000 is 1000.
    private static void AddNumber(List<Term> terms, string word)
    {
        var digits = word.AsSpan().IndexOfAnyExcept(NumberSigns);
        var number = (digits < 0 ? word : word[..digits]).Replace(",", "", StringComparison.Ordinal).TrimEnd('.');
        var tail = digits < 0 ? "" : word[digits..];
        if (tail is "" or "st" or "nd" or "rd" or "th" || Magnitudes.ContainsKey(tail))
        {
            terms.Add(new Term(number, false));
            if (Magnitudes.TryGetValue(tail, out var magnitude))
            {
                terms.Add(new Term(Stem.Of(magnitude), false));
            }

            return;
        }

        terms.Add(new Term(word.Replace(",", "", StringComparison.Ordinal), false));
    }

    private static FrozenDictionary<string, string> ReadAliases() =>
        WordList.Lines("Stories.Words.aliases.txt").Select(line => line.Split(' ')).SelectMany(names => names.Skip(1).Select(alias => (alias, Name: names[0])))
            .ToFrozenDictionary(pair => pair.alias, pair => pair.Name);
}
