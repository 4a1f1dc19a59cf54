using System.Collections.Frozen;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Articles.Metadata;

/// <summary>
/// Chooses the headline: publishers give search engines, networks and readers different wordings, and each place may hold the site's name instead. The wording that most places
/// agree on wins; JSON-LD and Open Graph weigh more, because they are made for the article alone, but not more than what readers and networks are shown alike. Where JSON-LD tells
/// none, the main heading that readers see outweighs what networks are told, but not page, Open Graph and cards together.
/// </summary>
internal static partial class Headline
{
    private const int MaxHeadings = 50;

    // Characters; what is shorter may be a section's or a site's name.
    private const int MinHeadline = 20;

    private static readonly FrozenSet<string> Common = CommonWords.ByLanguage.SelectMany(language => language.Value).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Separators = [" | ", " - ", " – ", " — ", " :: ", " » ", " › ", " • ", " · ", " // ", " / ", "｜", "ㅣ", "|"];

    /// <summary>The headline and the signal it came from; an empty headline when the page has none.</summary>
    public static (string Text, string Signal) Choose(PageHead head, PageFacts? jsonLd, PageFacts microdata, PageFacts meta)
    {
        var shown = head.Headings.Take(MaxHeadings).Where(heading => !IsLogo(heading)).Select(Shown).OfType<string>().ToList();
        var lower = head.TitleHeading is { LocalName: not "h1" } heading ? Shown(heading) : null;
        var keys = shown.Append(lower ?? "").Append(jsonLd?.Headline ?? "").Append(head.Meta.First("headline", "parsely-title", "sailthru.title") ?? "").Select(TextMeasure.Key).ToHashSet(StringComparer.Ordinal);
        var publisher = meta.Publisher ?? jsonLd?.Publisher;
        var page = WithoutSite(PlainText.OneLine(head.Title), publisher: null, keys);
        string?[] said = [page is not null && Words(page).Skip(1).Any() ? page : null, WithoutSite(meta.Headline, publisher, keys), jsonLd?.Headline];
        Candidate[] candidates =
        [
            new(WithoutSite(jsonLd?.Headline, publisher ?? "", keys), "json-ld", IsOfAnother(jsonLd?.Headline, page, shown) ? 0.3 : 2.2),

            // Told twice in the JSON-LD, a headline is the newsroom's own; what page and networks are shown is then written for search. Of 550 pages this decides four, each rightly.
            new(WithoutSite(jsonLd?.Alternative, publisher ?? "", keys), "json-ld", 0.8),
            new(WithoutSite(meta.Headline, publisher, keys), "meta", IsOfAnother(meta.Headline, page, shown) ? 0.3 : 1.6),
            .. shown.Where(text => IsAboutPage(text, said)).OrderByDescending(text => said.OfType<string>().Max(other => (int?)Shared(other, text))).Take(2).Select((text, index) => new Candidate(text, "h1", index > 0 ? 0.3 : jsonLd?.Headline is null ? 2.1 : 0.7)),
            new(lower, "heading", 0.5),
            new(microdata.Headline, "microdata", 0.7),
            new(WithoutSite(meta.Alternative, publisher, keys), "meta", 0.3),
            new(page, "title", 0.3),
        ];
        var wordings = candidates.Where(c => c.Key.Length > 0).GroupBy(c => c.Key, StringComparer.Ordinal).ToList();
        var best = wordings.MaxBy(g => g.Sum(c => c.Weight) - (g.Key.Length < 8 ? 1 : 0));

        // Several places show the same words with a kicker before them: so do readers see it.
        var fuller = best is null ? null : wordings.Find(g => g.Key.Length > best.Key.Length && g.Key.Contains(best.Key, StringComparison.Ordinal) && g.Any(c => c.Signal == "h1") && g.Count() > best.Count());
        return (fuller ?? best)?.First() is { } chosen ? (chosen.Text!, chosen.Signal) : ("", "");
    }

    // Without the kicker that stands before the headline in an element of its own.
    private static string? Shown(IElement heading)
    {
        var whole = PlainText.OneLine(ShortText.Of(heading, PlainText.MaxRead));
        var kicker = heading.FirstElementChild is { } first && (first.LocalName == "small" || Kicker().IsMatch(first.ClassName ?? "")) ? PlainText.OneLine(ShortText.Of(first, PlainText.MaxRead)) : null;
        return whole is not null && kicker is not null && whole.StartsWith(kicker, StringComparison.Ordinal) && whole[kicker.Length..].TrimStart(' ', ':', '-', '–', '—', '|', '/', '+', '•') is { Length: > 0 } headline ? headline : whole;
    }

    // A heading that is called the logo or leads to the home page is the site's name.
    private static bool IsLogo(IElement heading) =>
        Logo().IsMatch($"{heading.ClassName} {heading.Id}") || (heading.Closest("a") ?? heading.Children.FirstOrDefault(child => child.LocalName == "a")) is { } link
        && (link.GetAttribute("rel") == "home" || (link.GetAttribute("href") is { } address && (address is "/" or "./" || address.StartsWith("/?", StringComparison.Ordinal) || (Uri.TryCreate(address, UriKind.Absolute, out var home) && home.AbsolutePath == "/" && home.Scheme.StartsWith("http", StringComparison.Ordinal)))));

    // A main heading may be the site's or the section's: the headline shares a word with what the page is called elsewhere. A page's title of one word is itself
    // the site's or the section's name.
    private static bool IsAboutPage(string heading, string?[] said)
    {
        var told = said.OfType<string>().Where(text => text.Length > 0).ToList();
        return told.Count == 0 || !Words(heading).Any() || told.Exists(text => Shared(heading, text) > 0);
    }

    // The page's title and its main heading agree, and this has no word of theirs: a home page's title, a description.
    private static bool IsOfAnother(string? headline, string? page, List<string> shown) =>
        headline is not null && page is not null && Words(headline).Any() && Words(page).Any() && Shared(headline, page) == 0 && shown.Exists(heading => TextMeasure.Key(heading) == TextMeasure.Key(page));

    private static int Shared(string text, string other)
    {
        var words = Words(other).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Words(text).Count(words.Contains);
    }

    // Words of some length that tell something; each ideograph is one.
    private static IEnumerable<string> Words(string text) => Word().Matches(text).Select(match => match.Value).Where(word => !Common.Contains(word));

    // "Headline | Site", "Site | Headline" and "Headline - Section | Site": cut where another place has the headline alone, or where the rest is the site's name.
    private static string? WithoutSite(string? title, string? publisher, HashSet<string> known)
    {
        if (title is null)
        {
            return null;
        }

        title = WithoutUnderscores(title);
        foreach (var separator in Separators)
        {
            if (BeforeSeveral(title, separator, known) is { } headline)
            {
                return headline;
            }

            var at = title.LastIndexOf(separator, StringComparison.Ordinal);
            if (at > 5 && (known.Contains(TextMeasure.Key(title[..at])) || IsSite(title[(at + separator.Length)..], publisher)))
            {
                return WithoutSection(title[..at].Trim(), known);
            }
        }

        return WithoutSection(WithoutSiteBefore(title, publisher), known);
    }

    // "Headline - Site - What the site is about": another place has the headline alone.
    private static string? BeforeSeveral(string title, string separator, HashSet<string> known)
    {
        for (var at = title.IndexOf(separator, StringComparison.Ordinal); at >= 0; at = title.IndexOf(separator, at + separator.Length, StringComparison.Ordinal))
        {
            if (at >= MinHeadline && known.Contains(TextMeasure.Key(title[..at])))
            {
                return title[..at].Trim();
            }
        }

        return null;
    }

    // "领航员：停火最后期限为周五_国际频道_渡轮报": sites in Chinese put section and name behind an underscore, or the name behind a hyphen.
    private static string WithoutUnderscores(string title) =>
        title.IndexOf('_', StringComparison.Ordinal) is > 3 and var at && title[at - 1] is >= '\u3040' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7AF' or '”' or '！' or '？' ? title[..at].Trim() : SiteInIdeographs().Replace(title, "");

    private static string WithoutSiteBefore(string title, string? publisher)
    {
        var site = TextMeasure.Key(publisher ?? "");
        var after = site.Length == 0 ? -1 : Separators.Append(": ").Select(s => (At: title.IndexOf(s, StringComparison.Ordinal), s.Length)).Where(s => s.At > 0 && TextMeasure.Key(title[..s.At]) == site).Select(s => s.At + s.Length).FirstOrDefault(-1);
        return after > 0 && title.Length - after > 8 ? title[after..].Trim() : title;
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

    [GeneratedRegex(@"[\u3040-\u9FFF\uAC00-\uD7AF]|[\p{L}\p{N}]{3,}", RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<=[\u3040-\u9FFF！？。”》])[-－][\u4E00-\u9FFF]{2,8}$", RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex SiteInIdeographs();

    [GeneratedRegex(@"(?:^|[\s_-])(?:article)?(?:kicker|eyebrow|over-?line|top-?line|roof-?line|(?:super|top|pre|over)-?title|title-?header|dachzeile|spitzmarke|antetitulo|volanta|cintillo|surtitre|occhiello)(?:$|[\s_-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Kicker();

    [GeneratedRegex(@"(?:^|[\s_-])(?:logo|branding|site-?(?:title|name))(?:$|[\s_-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Logo();

    private sealed record Candidate(string? Text, string Signal, double Weight)
    {
        public string Key { get; } = TextMeasure.Key(Text ?? "");
    }
}
