using NewsWatch.Core.Articles.Body;

namespace NewsWatch.Core.Articles.Metadata;

/// <summary>
/// Chooses the headline: publishers give search engines, networks and readers different wordings, and each place may hold the site's name instead. The wording that most places
/// agree on wins; JSON-LD and Open Graph weigh more, because they are made for the article alone.
/// </summary>
internal static class Headline
{
    private const int MaxHeadings = 50;

    private static readonly string[] Separators = [" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · ", " / ", "｜", "ㅣ", "：", "|"];

    /// <summary>The headline and the signal it came from; an empty headline when the page has none.</summary>
    public static (string Text, string Signal) Choose(PageHead head, PageFacts? jsonLd, PageFacts microdata, PageFacts meta)
    {
        var shown = head.Headings.Take(MaxHeadings).Select(h => PlainText.OneLine(ShortText.Of(h, PlainText.MaxRead))).OfType<string>().ToList();
        var keys = shown.Append(jsonLd?.Headline ?? "").Append(head.Meta.First("headline", "parsely-title", "sailthru.title") ?? "").Select(TextMeasure.Key).ToHashSet(StringComparer.Ordinal);
        var publisher = meta.Publisher ?? jsonLd?.Publisher;
        Candidate[] candidates =
        [
            new(WithoutSite(jsonLd?.Headline, publisher ?? "", []), "json-ld", 3),
            new(WithoutSite(meta.Headline, publisher, keys), "meta", 1.6),
            .. shown.Take(2).Select((text, index) => new Candidate(text, "h1", index == 0 ? 0.7 : 0.3)),
            new(microdata.Headline, "microdata", 0.7),
            new(WithoutSite(meta.Alternative, publisher, keys), "meta", 0.3),
            new(WithoutSite(PlainText.OneLine(head.Title), publisher: null, keys), "title", 0.3),
        ];
        var wordings = candidates.Where(c => c.Key.Length > 0).GroupBy(c => c.Key, StringComparer.Ordinal).ToList();
        var best = wordings.MaxBy(g => g.Sum(c => c.Weight) - (g.Key.Length < 8 ? 1 : 0));

        // Several places show the same words with a kicker before them: so do readers see it.
        var fuller = best is null ? null : wordings.Find(g => g.Key.Length > best.Key.Length && g.Key.Contains(best.Key, StringComparison.Ordinal) && g.Any(c => c.Signal == "h1") && g.Count() > best.Count());
        return (fuller ?? best)?.First() is { } chosen ? (chosen.Text!, chosen.Signal) : ("", "");
    }

    // "Headline | Site" and "Headline - Section | Site": cut where another place has the headline alone, or where the rest is the site's name.
    private static string? WithoutSite(string? title, string? publisher, HashSet<string> known)
    {
        if (title is null)
        {
            return null;
        }

        foreach (var separator in Separators)
        {
            var at = title.LastIndexOf(separator, StringComparison.Ordinal);
            if (at > 5 && (known.Contains(TextMeasure.Key(title[..at])) || IsSite(title[(at + separator.Length)..], publisher)))
            {
                return WithoutSection(title[..at].Trim(), known);
            }
        }

        return WithoutSection(title, known);
    }

    private static string WithoutSection(string title, HashSet<string> known)
    {
        var dash = title.LastIndexOfAny(['-', '–', '|']);
        return dash > 5 && known.Contains(TextMeasure.Key(title[..dash])) ? title[..dash].Trim() : title;
    }

    private static bool IsSite(string tail, string? publisher) =>
        publisher is not null
            ? TextMeasure.Key(tail) == TextMeasure.Key(publisher)
            : tail.Length <= 40 && tail.Split(' ').Length <= 4;

    private sealed record Candidate(string? Text, string Signal, double Weight)
    {
        public string Key { get; } = TextMeasure.Key(Text ?? "");
    }
}
