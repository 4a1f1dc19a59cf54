namespace NewsWatch.Core.Articles;

/// <summary>The part of a host name that somebody registered: "example.co.uk" of "www.news.example.co.uk".</summary>
public static class RegistrableHost
{
    // Second-level labels under which country registries sell names, and hosts whose subdomains belong to different people.
    private static readonly string[] SecondLevel =
        ["co", "com", "org", "net", "gov", "gob", "edu", "ac", "or", "ne", "go", "ltd", "plc", "me", "web", "nom", "in", "info", "press", "mil", "asn", "id", "biz", "my", "sch", "gv", "gub"];

    private static readonly string[] Shared =
        ["blogspot.com", "wordpress.com", "substack.com", "medium.com", "github.io", "tumblr.com", "typepad.com", "livejournal.com", "wixsite.com", "weebly.com", "ghost.io", "pages.dev", "netlify.app", "vercel.app", "herokuapp.com", "appspot.com", "web.app", "azurewebsites.net", "amazonaws.com"];

    /// <summary>The registrable host of an http(s) URL; an IP address as it is.</summary>
    public static string Of(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        var host = CanonicalUrl.Host(url);
        if (url.HostNameType != UriHostNameType.Dns)
        {
            return host;
        }

        var labels = host.Split('.');
        var keep = labels.Length >= 3 && (IsCountrySecondLevel(labels) || Shared.Any(suffix => host.EndsWith("." + suffix, StringComparison.Ordinal))) ? 3 : 2;
        return string.Join('.', labels[Math.Max(0, labels.Length - keep)..]);
    }

    private static bool IsCountrySecondLevel(string[] labels) => labels[^1].Length == 2 && SecondLevel.Contains(labels[^2]);
}
