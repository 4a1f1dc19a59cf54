using System.Globalization;
using System.Text;
using NewsWatch.Core.Stories.Terms;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Stories;

/// <summary>
/// A headline as it is compared across sources: case, accents, punctuation and a publisher's name at its end make no difference.
/// </summary>
public static class TitleKey
{
    /// <inheritdoc cref="SurfaceWords.Honorific"/>
    public const char Honorific = SurfaceWords.Honorific;

    private const int MinWords = 4;
    private const int MinLetters = 16;
    private const int MinIdeographs = 8;

    /// <summary>The key of a headline; empty when it is too short to tell one story from another ("Live updates").</summary>
    /// <param name="title">The headline as plain text.</param>
    /// <param name="publisherNames">What the source and its publisher are called, for suffixes that only they explain.</param>
    public static string Of(string title, params IEnumerable<string> publisherNames)
    {
        var words = Words(PublisherSuffix.Strip(title, publisherNames));
        return IsTelling(words) ? string.Join(' ', words) : "";
    }

    internal static List<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in Utf16Sanitizer.Of(text).Replace(Honorific, ' ').Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            Add(rune, word, words);
        }

        End(word, words);
        return words;
    }

    private static void Add(Rune rune, StringBuilder word, List<string> words)
    {
        if (Rune.IsLetterOrDigit(rune))
        {
            word.Append(Rune.ToLowerInvariant(rune).ToString());
        }
        else if (!IsSilent(rune))
        {
            End(word, words);
        }
    }

    /// <summary>Accents, soft hyphens, joiners and apostrophes stand inside words and are not heard.</summary>
    private static bool IsSilent(Rune rune) =>
        rune.Value is '\'' or '’' or 'ʼ' or '‘'
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;

    private static void End(StringBuilder word, List<string> words)
    {
        if (word.Length > 0)
        {
            words.Add(word.ToString());
            word.Clear();
        }
    }

    private static bool IsTelling(List<string> words)
    {
        var letters = words.Sum(word => word.Length);
        return (words.Count >= MinWords && letters >= MinLetters)
            || words.Sum(word => word.Count(letter => letter is >= '\u2E80' and < '\uD800')) >= MinIdeographs;
    }
}
