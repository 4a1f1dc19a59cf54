namespace NewsWatch.Core.Articles.Metadata;

/// <summary>The page's language as a BCP 47 tag.</summary>
internal static class Languages
{
    /// <summary>html lang, else inLanguage, else og:locale; empty when none is a tag.</summary>
    public static string Detect(string? html, string? jsonLd, string? meta, Dictionary<string, string> signals)
    {
        foreach (var (text, signal) in new[] { (html, "html lang"), (jsonLd, "json-ld"), (meta, "meta") })
        {
            if (text is not null && LanguageTag.Of(text) is { Length: > 0 } tag)
            {
                signals["language"] = signal;
                return tag;
            }
        }

        return "";
    }
}
