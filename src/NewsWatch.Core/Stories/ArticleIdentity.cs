using System.Security.Cryptography;
using System.Text;
using NewsWatch.Core.Articles;

namespace NewsWatch.Core.Stories;

/// <summary>What makes two items the same article.</summary>
public static class ArticleIdentity
{
    /// <summary>
    /// The canonical URL of the item's link. Where the link tells items of the source not apart (none, a site's front page, an entry on a
    /// page of many), the item's own key is added as a fragment.
    /// </summary>
    /// <param name="link">The item's link; null for none.</param>
    /// <param name="source">The source's id.</param>
    /// <param name="key">The item's identity at the source.</param>
    /// <param name="shared">True where many items of the source share one page: live blogs, pages watched for text.</param>
    /// <param name="siteTracking">Query parameters that only track on the source's site.</param>
    public static string Of(string? link, string source, string key, bool shared, IReadOnlyCollection<string>? siteTracking = null)
    {
        var canonical = link is null ? null : CanonicalUrl.Of(link, siteTracking ?? []);
        if (canonical is null)
        {
            return $"urn:newswatch:{Uri.EscapeDataString(source)}:{Digest(key)}";
        }

        return shared || IsFrontPage(canonical) ? $"{canonical}#{Digest(key)}" : canonical;
    }

    private static bool IsFrontPage(string canonical) =>
        Uri.TryCreate(canonical, UriKind.Absolute, out var url) && url.AbsolutePath == "/" && url.Query.Length == 0;

    private static string Digest(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 8));
}
