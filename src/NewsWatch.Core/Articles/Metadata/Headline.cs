namespace NewsWatch.Core.Articles.Metadata;

/// <summary>Chooses the headline among what the page's signals say.</summary>
internal static class Headline
{
    private static readonly string[] Separators = [" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · ", " / "];

    /// <summary>The headline and the signal it came from; an empty headline when the page has none.</summary>
    public static (string Text, string Signal) Choose(PageHead head, PageFacts? jsonLd, PageFacts microdata, PageFacts meta)
    {
        var shown = head.Headings.Select(h => PlainText.OneLine(h.TextContent)).OfType<string>().Where(t => t.Length > 0).ToList();
        var machine = First((jsonLd?.Headline, "json-ld"), (microdata.Headline, "microdata"), (meta.Headline, "meta"), (PlainText.OneLine(head.Title), "title"));
        if (machine is not { } named)
        {
            return shown.Count > 0 ? (shown[0], "h1") : ("", "");
        }

        return (WithoutSite(named.Text, meta.Publisher ?? jsonLd?.Publisher, named.Signal), named.Signal);
    }

    private static (string Text, string Signal)? First(params ReadOnlySpan<(string? Text, string Signal)> candidates)
    {
        foreach (var (text, signal) in candidates)
        {
            if (text is { Length: > 0 })
            {
                return (text, signal);
            }
        }

        return null;
    }

    private static string WithoutSite(string title, string? publisher, string signal)
    {
        foreach (var separator in Separators)
        {
            var at = title.LastIndexOf(separator, StringComparison.Ordinal);
            if (at > 10 && (signal == "title" || title[(at + separator.Length)..].Equals(publisher, StringComparison.OrdinalIgnoreCase)))
            {
                return title[..at].Trim();
            }
        }

        return title;
    }
}
