using AngleSharp.Dom;

namespace NewsWatch.Core.Articles;

/// <summary>The feeds that a page names.</summary>
public static class PageFeeds
{
    private static readonly string[] Types = ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/json", "application/rdf+xml"];

    /// <summary>Where sites keep their feeds when their pages do not say it; relative to the root.</summary>
    public static IReadOnlyList<string> UsualPaths { get; } = ["/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json"];

    /// <summary>Addresses of link elements first, then of anchors that look like feeds; in page order, none twice. Empty for a page that is not parsed.</summary>
    public static IReadOnlyList<string> Of(string html, Uri url, CancellationToken cancellation = default)
    {
        if (PageGuard.Check(html) is not null)
        {
            return [];
        }

        using var document = PageParser.Parse(html, cancellation);
        var links = document.QuerySelectorAll("link[rel~=alternate i][href], link[rel~=feed i][href]")
            .Where(link => link.GetAttribute("rel")!.Contains("feed", StringComparison.OrdinalIgnoreCase) || Types.Contains(link.GetAttribute("type")?.Trim().ToLowerInvariant()));
        var anchors = document.QuerySelectorAll("a[href]").Where(LooksLikeAFeed);
        return [.. links.Concat(anchors).Select(element => Address(element, url)).OfType<string>().Distinct()];
    }

    private static bool LooksLikeAFeed(IElement anchor)
    {
        var path = anchor.GetAttribute("href")!.Split('?', '#')[0];
        return path.EndsWith(".rss", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".atom", StringComparison.OrdinalIgnoreCase)
            || path.EndsWith("/rss.xml", StringComparison.OrdinalIgnoreCase) || path.EndsWith("/feed", StringComparison.OrdinalIgnoreCase)
            || path.EndsWith("/feed/", StringComparison.OrdinalIgnoreCase) || path.EndsWith("/rss", StringComparison.OrdinalIgnoreCase);
    }

    private static string? Address(IElement element, Uri url) =>
        Uri.TryCreate(url, element.GetAttribute("href")!.Trim(), out var address) && address.Scheme is "http" or "https" ? address.AbsoluteUri : null;
}
