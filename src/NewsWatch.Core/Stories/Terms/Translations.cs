using System.Collections.Frozen;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Stories.Terms;

/// <summary>What news of other languages call what English news call otherwise, so that a happening that is told in two languages shares words.</summary>
internal static class Translations
{
    private const char LastLatin = '\u024F';

    private static readonly FrozenDictionary<string, string> Words = Read();

    /// <summary>
    /// Whether a text is written in another language than English. A headline is too short to tell its language by: where its feed does not say it, what is written as
    /// English is counts as English.
    /// </summary>
    /// <param name="text">The headline or text.</param>
    /// <param name="language">Its BCP 47 tag; empty when unknown.</param>
    public static bool IsForeign(string text, string language) => language.Length > 0 ? language.Split('-')[0] != "en" : text.Any(c => c > LastLatin && char.IsLetter(c));

    /// <summary>The stem of the English word for a stem of another language; the stem itself where there is none.</summary>
    public static string Of(string stem) => Words.GetValueOrDefault(stem, stem);

    // A stem that two words share keeps the meaning that stands first.
    private static FrozenDictionary<string, string> Read() =>
        WordList.Lines("Stories.Words.translations.txt").Select(line => line.Split(' ')).SelectMany(words => words.Skip(1).Select(word => (Foreign: StemOf(word), English: StemOf(words[0]))))
            .DistinctBy(pair => pair.Foreign).ToFrozenDictionary(pair => pair.Foreign, pair => pair.English);

    private static string StemOf(string word) => Stem.Of(SurfaceWords.Of(word)[0].Replace("'", "", StringComparison.Ordinal));
}
