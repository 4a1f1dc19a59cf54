namespace NewsWatch.Core.Articles.Metadata;

/// <summary>The address under which an article is known, however it was reached.</summary>
internal static class PageIdentity
{
    /// <summary>
    /// The canonical link resolved against the page's address, where it stays on the same registrable host and is no mere home page; else og:url and the JSON-LD's url under the same
    /// conditions; else the page's own address. A saved page may name any address. An AMP page names its article by its canonical link.
    /// </summary>
    public static string Of(Uri page, IReadOnlyCollection<string> tracking, ReadOnlySpan<(string? Text, string Signal)> named, Dictionary<string, string> signals)
    {
        foreach (var (text, signal) in named)
        {
            if (Trusted(page, text, tracking) is { } identity)
            {
                signals["url"] = signal;
                return identity;
            }
        }

        signals["url"] = "address";
        return CanonicalUrl.Of(page.AbsoluteUri, tracking) ?? page.AbsoluteUri;
    }

    /// <summary>An address that a page gives itself or its AMP version, normalised; null when it leads to another site or to a home page.</summary>
    public static string? Trusted(Uri page, string? text, IReadOnlyCollection<string> tracking)
    {
        if (string.IsNullOrWhiteSpace(text) || !Uri.TryCreate(page, text.Trim(), out var named) || CanonicalUrl.Parse(named.AbsoluteUri) is null)
        {
            return null;
        }

        var isHome = named.AbsolutePath.Length <= 1 && named.Query.Length <= 1 && page.AbsolutePath.Length > 1;
        return !isHome && (page.IsFile || RegistrableHost.Of(named) == RegistrableHost.Of(page)) ? CanonicalUrl.Of(named.AbsoluteUri, tracking) : null;
    }
}
