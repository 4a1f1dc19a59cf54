using System.Collections.Frozen;
using System.Globalization;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Changes;

/// <summary>
/// The words of one language that carry what may not change unnoticed. They stand in Words/LANGUAGE.txt: [negation] words that negate; [opposites] pairs, by their
/// beginnings; [numbers] and [scales] a word and its value; [days] 1 (Monday) to 7 and [months] 1 to 12, each with its names; [relative] days named from today.
/// The sections of notices are read by <see cref="Notices"/>.
/// </summary>
internal sealed class ChangeWords
{
    private static readonly FrozenDictionary<string, ChangeWords> ByLanguage = WordList.Names("Changes.Words.")
        .ToFrozenDictionary(name => name.Split('.')[^2], name => new ChangeWords(name), StringComparer.Ordinal);

    private readonly FrozenSet<string> _negations;
    private readonly FrozenDictionary<string, string[]> _opposites;
    private readonly FrozenDictionary<string, decimal> _numbers;
    private readonly FrozenDictionary<string, decimal> _scales;
    private readonly FrozenDictionary<string, string> _dates;
    private readonly FrozenSet<string> _relative;

    private ChangeWords(string name)
    {
        var sections = WordList.Sections(name).ToLookup(line => line.Section, line => line.Text);
        Language = name.Split('.')[^2];
        _negations = sections["negation"].SelectMany(Words).ToFrozenSet(StringComparer.Ordinal);
        _opposites = sections["opposites"].Select(Words).SelectMany(pair => new[] { KeyValuePair.Create(pair[0], pair[1]), KeyValuePair.Create(pair[1], pair[0]) })
            .GroupBy(pair => pair.Key, pair => pair.Value).ToFrozenDictionary(pairs => pairs.Key, pairs => pairs.ToArray(), StringComparer.Ordinal);
        _numbers = Values(sections["numbers"]);
        _scales = Values(sections["scales"]);
        _dates = Named("day", sections["days"]).Concat(Named("month", sections["months"])).DistinctBy(pair => pair.Key).ToFrozenDictionary(StringComparer.Ordinal);
        _relative = sections["relative"].SelectMany(Words).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The language's code.</summary>
    public string Language { get; }

    /// <summary>True where common nouns are written with capitals.</summary>
    public bool CapitalNouns => Language == "de";

    /// <summary>True where the names of days and months are written with capitals.</summary>
    public bool CapitalDates => Language is "en" or "de";

    /// <summary>The words of a BCP 47 tag's language; the English ones for a language that is not known.</summary>
    public static ChangeWords For(string language) => ByLanguage.GetValueOrDefault(language.Split('-', '_')[0].ToLowerInvariant()) ?? ByLanguage["en"];

    public bool IsNegation(string word) => _negations.Contains(word);

    public bool IsRelativeDay(string word) => _relative.Contains(word);

    public decimal? NumberOf(string word) => _numbers.TryGetValue(word, out var value) ? value : null;

    public decimal? ScaleOf(string word) => _scales.TryGetValue(word, out var value) ? value : null;

    /// <summary>"day5" for Friday, "month8" for August; null for another word.</summary>
    public string? DateOf(string word) => _dates.GetValueOrDefault(word);

    /// <summary>The beginnings of the words that say the opposite of a word.</summary>
    public IEnumerable<string> OppositesOf(string word)
    {
        for (var length = Math.Min(word.Length, 12); length > 1; length--)
        {
            if (_opposites.TryGetValue(word[..length], out var found))
            {
                return found;
            }
        }

        return [];
    }

    private static string[] Words(string line) => [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Folding.Fold)];

    private static FrozenDictionary<string, decimal> Values(IEnumerable<string> lines) => lines.Select(line => line.Split(' '))
        .DistinctBy(pair => Folding.Fold(pair[0])).ToFrozenDictionary(pair => Folding.Fold(pair[0]), pair => decimal.Parse(pair[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    private static IEnumerable<KeyValuePair<string, string>> Named(string kind, IEnumerable<string> lines) =>
        lines.Select(Words).SelectMany(names => names[1..].Select(name => KeyValuePair.Create(name, kind + names[0])));
}
