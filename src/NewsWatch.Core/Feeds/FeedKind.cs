using System.Xml.Linq;

namespace NewsWatch.Core.Feeds;

/// <summary>Which format a document is.</summary>
internal static class FeedKind
{
    /// <summary>rss20, rss091, rss10, atom10, atom03, cdf, ...; null for no feed.</summary>
    public static string? Of(XElement root)
    {
        var space = root.Name.NamespaceName;
        return root.Name.LocalName.ToLowerInvariant() switch
        {
            "rss" => "rss" + Version(root, "20"),
            "rdf" => DeclaresRss(root) ? "rss10" : IsRdfFeed(root) ? "rss090" : null,
            "feed" => space.Contains("purl.org/atom", StringComparison.OrdinalIgnoreCase) || (space.Length == 0 && root.Attribute("version") is not null) ? "atom03" : "atom10",
            "entry" when space.Contains("atom", StringComparison.OrdinalIgnoreCase) => "atom10",
            "channel" => root.Attributes().Any(attribute => attribute.Name.LocalName.Equals("HREF", StringComparison.OrdinalIgnoreCase)) || root.Name.LocalName == "CHANNEL" ? "cdf" : "rss20",
            _ => null,
        };
    }

    /// <summary>One sentence for the operator about a document that is no feed.</summary>
    public static string WhyNot(XElement root) => root.Name.LocalName.ToLowerInvariant() switch
    {
        "html" => "the answer is an HTML page, not a feed",
        "opml" => "the answer is an OPML list of feeds, not a feed",
        "urlset" or "sitemapindex" => "the answer is a sitemap, not a feed: the source needs Kind: sitemap",
        "error" => "the answer is an error message, not a feed",
        var other => $"the answer is XML of another kind ({(other.Length > 40 ? other[..40] : other)}), not a feed",
    };

    private static bool DeclaresRss(XElement root) =>
        root.Attributes().Any(attribute => attribute.IsNamespaceDeclaration && attribute.Value.Contains("purl.org/rss/1.", StringComparison.OrdinalIgnoreCase)
            && !attribute.Value.Contains("/modules/", StringComparison.OrdinalIgnoreCase))
        || root.Elements().Any(element => element.Name.NamespaceName.Contains("purl.org/rss/1.", StringComparison.OrdinalIgnoreCase));

    private static bool IsRdfFeed(XElement root) => root.Elements().Any(element => element.Name.LocalName.ToLowerInvariant() is "channel" or "item")
        || root.Attributes().Any(attribute => attribute.IsNamespaceDeclaration && attribute.Value.Contains("netscape.com/rdf/simple", StringComparison.OrdinalIgnoreCase));

    private static string Version(XElement root, string usual)
    {
        var version = root.Attributes().FirstOrDefault(attribute => attribute.Name.LocalName.Equals("version", StringComparison.OrdinalIgnoreCase))?.Value.Trim();
        var digits = string.Concat((version ?? usual).Where(char.IsAsciiDigit).Take(3));
        return digits.Length < 2 ? usual : digits;
    }
}
