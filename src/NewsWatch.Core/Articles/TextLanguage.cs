using NewsWatch.Core.Text;

namespace NewsWatch.Core.Articles;

/// <summary>Tells a text's language by its script and its commonest words, where neither page nor feed names it.</summary>
public static class TextLanguage
{
    private const int WordsRead = 400;
    private const int CharactersRead = 5_000;
    private const int WordsNeeded = 8;

    /// <summary>The language as a BCP 47 tag; empty when the text is too short or too mixed to tell.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ByScript(text) ?? ByWords(text);
    }

    // Kana means Japanese however many ideographs stand beside it.
    private static string? ByScript(string text)
    {
        var (letters, kana, han, hangul, arabic, greek, hebrew) = (0, 0, 0, 0, 0, 0, 0);
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, 2_000)))
        {
            letters += char.IsLetter(c) ? 1 : 0;
            kana += c is >= '\u3040' and <= '\u30FF' ? 1 : 0;
            han += c is >= '\u4E00' and <= '\u9FFF' ? 1 : 0;
            hangul += c is >= '\uAC00' and <= '\uD7AF' ? 1 : 0;
            arabic += c is >= '\u0600' and <= '\u06FF' ? 1 : 0;
            greek += c is >= '\u0370' and <= '\u03FF' ? 1 : 0;
            hebrew += c is >= '\u0590' and <= '\u05FF' ? 1 : 0;
        }

        var half = Math.Max(letters, 10) / 2;
        return hangul > half ? "ko" : kana + han > half ? (kana > letters / 20 ? "ja" : "zh") : arabic > half ? "ar" : greek > half ? "el" : hebrew > half ? "he" : null;
    }

    private static string ByWords(string text)
    {
        var words = text[..Math.Min(text.Length, CharactersRead)].ToLowerInvariant().Split([' ', '\n', '\t', ',', '.', ';', ':', '!', '?', '"', '(', ')', '“', '”', '„', '«', '»'], StringSplitOptions.RemoveEmptyEntries)
            .Take(WordsRead).CountBy(word => word).ToDictionary(StringComparer.Ordinal);
        var ranked = CommonWords.ByLanguage.Select(pair => (pair.Key, Count: pair.Value.Sum(word => words.GetValueOrDefault(word)))).OrderByDescending(pair => pair.Count).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        return ranked[0].Count >= WordsNeeded && ranked[0].Count > ranked[1].Count * 1.1 ? ranked[0].Key : "";
    }
}
