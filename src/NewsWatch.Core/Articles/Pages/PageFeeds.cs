using AngleSharp.Dom;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Articles.Pages;

/// <summary>The feeds that a page names.</summary>
public static class PageFeeds
{
    private static readonly string[] Types = ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/json", "application/rdf+xml", "application/xml", "text/xml", "text/rss+xml", "application/rss", "application/atom", "text/rss", "text/atom"];

    /// <summary>Where sites keep their feeds when their pages do not say it; relative to the root.</summary>
    public static IReadOnlyList<string> UsualPaths { get; } = ["/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json"];

    /// <summary>Addresses of link elements first, then of anchors that look like feeds; in page order, none twice. Empty for a page that is not parsed.</summary>
    public static IReadOnlyList<string> Of(string html, Uri url, CancellationToken cancellation = default)
    {
        if (PageGuard.Check(html) is not null)
        {
            return [];
        }

        var document = PageParser.Parse(html, cancellation);
        var basis = Base(document, url);
        var links = document.QuerySelectorAll("link[rel~=alternate i][href], link[rel~=feed i][href], a[rel~=alternate i][type][href]").Where(NamesAFeed);
        var anchors = document.QuerySelectorAll("a[href]").Where(LooksLikeAFeed);
        return [.. links.Concat(anchors).Select(element => Address(element, basis)).OfType<string>().Distinct()];
    }

    private static Uri Base(IDocument document, Uri url) =>
        document.QuerySelector("base[href]")?.GetAttribute("href")?.Trim() is { Length: > 0 } href && Uri.TryCreate(url, href, out var basis) ? basis : url;

    // The JSON of a page's own program is no feed, and the page no feed of itself.
    private static bool NamesAFeed(IElement link)
    {
        var type = link.GetAttribute("type")?.Split(';')[0].Trim().ToLowerInvariant() ?? "";
        var isFeed = link.GetAttribute("rel")!.Contains("feed", StringComparison.OrdinalIgnoreCase) || Types.Contains(type);
        return isFeed && !string.IsNullOrWhiteSpace(link.GetAttribute("href")) && !(type == "application/json" && link.GetAttribute("href")!.Contains("/wp-json", StringComparison.OrdinalIgnoreCase));
    }

    private static bool LooksLikeAFeed(IElement anchor)
    {
        var path = anchor.GetAttribute("href")!.Split('?', '#')[0];
        return path.EndsWith(".rss", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".atom", StringComparison.OrdinalIgnoreCase)
            || path.EndsWith("/rss.xml", StringComparison.OrdinalIgnoreCase) || path.EndsWith("/feed", StringComparison.OrdinalIgnoreCase)
            || path.EndsWith("/feed/", StringComparison.OrdinalIgnoreCase) || path.EndsWith("/rss", StringComparison.OrdinalIgnoreCase);
    }

    private static string? Address(IElement element, Uri basis) =>
        element.GetAttribute("href")!.Trim() is var href && Uri.TryCreate(basis, href.StartsWith("feed:", StringComparison.OrdinalIgnoreCase) ? FeedScheme.Undone(href) : href, out var address) && address.Scheme is "http" or "https" ? address.AbsoluteUri : null;
}
