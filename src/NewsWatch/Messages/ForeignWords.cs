using System.Globalization;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Text;

namespace NewsWatch.Messages;

/// <summary>What a reader of English can decide by where the news is in another language: <c>Hebrew. Names: Norland, Ivo Castor; list ceasefire.</c></summary>
internal static class ForeignWords
{
    private const int MaxNames = 8;
    private const char LastLatin = '\u0250';

    /// <summary>The sentence; empty for news in English.</summary>
    /// <param name="language">BCP 47 tag; empty for English or unknown.</param>
    /// <param name="alerts">Clean alerts about one article.</param>
    public static string Of(string language, IReadOnlyList<AlertContent> alerts)
    {
        var letters = alerts[0].Article.Title.Where(char.IsLetter).ToList();
        if (language.Length == 0 && (letters.Count == 0 || letters.Exists(letter => letter < LastLatin)))
        {
            return "";
        }

        var found = alerts.SelectMany(alert => alert.Hits.Select(hit => (hit.Clause, Name: Bidi.Isolate(ClauseView.NameOf(alert, hit.Clause))))).Distinct().Take(MaxNames).ToList();
        var names = string.Join(", ", found.Where(one => one.Clause.StartsWith('@')).Select(one => one.Name));
        string[] parts = [names.Length > 0 ? $"Names: {names}" : "", .. found.Where(one => !one.Clause.StartsWith('@')).Select(one => one.Name)];
        var sentence = string.Join("; ", parts.Where(part => part.Length > 0));
        return $"{(language.Length > 0 ? LanguageName(language, letters) : "")}{(sentence.Length > 0 ? $"{sentence}." : "")}".Trim();
    }

    // A feed of many languages ("mul") says none; some letters do.
    private static string LanguageName(string tag, List<char> letters)
    {
        if (tag is "mul" or "und")
        {
            return letters.Exists(Scripts.IsHebrew) ? "Hebrew. " : letters.Exists(Scripts.IsHangul) ? "Korean. " : letters.Exists(Scripts.IsArabic) ? "Arabic letters. " : letters.Exists(Scripts.IsCyrillic) ? "Cyrillic letters. " : "";
        }

        try
        {
            var name = CultureInfo.GetCultureInfo(tag.Split('-')[0]).EnglishName;
            return name.StartsWith("Unknown", StringComparison.Ordinal) ? $"Language {tag}. " : $"{name}. ";
        }
        catch (CultureNotFoundException)
        {
            return $"Language {tag}. ";
        }
    }
}
