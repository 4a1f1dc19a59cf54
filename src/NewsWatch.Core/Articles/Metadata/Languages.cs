using System.Text.RegularExpressions;

namespace NewsWatch.Core.Articles.Metadata;

/// <summary>The page's language as a BCP 47 tag.</summary>
internal static partial class Languages
{
    /// <summary>html lang, else inLanguage, else og:locale; empty when none is a tag.</summary>
    public static string Of(string? html, string? jsonLd, string? meta, Dictionary<string, string> signals)
    {
        foreach (var (text, signal) in new[] { (html, "html lang"), (jsonLd, "json-ld"), (meta, "meta") })
        {
            if (text is not null && Tag().Match(text.Trim().Replace('_', '-')) is { Success: true, Value: var tag })
            {
                signals["language"] = signal;
                return Cased(tag);
            }
        }

        return "";
    }

    private static string Cased(string tag)
    {
        var parts = tag.Split('-');
        return parts.Length == 1 ? parts[0].ToLowerInvariant() : parts[0].ToLowerInvariant() + "-" + (parts[1].Length == 2 ? parts[1].ToUpperInvariant() : parts[1]);
    }

    [GeneratedRegex(@"^[a-zA-Z]{2,3}(?:-[a-zA-Z]{4})?(?:-(?:[a-zA-Z]{2}|\d{3}))?(?=$|[-,;\s])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Tag();
}
