namespace NewsWatch.Core.Articles;

/// <summary>Unwraps links that only lead on to another address, and only for hosts known to do nothing else at that path.</summary>
internal static class Redirectors
{
    private static readonly Redirector[] Known =
    [
        new("google.*", "/url", ["url", "q"]),
        new("news.google.com", "/news/url", ["url"]),
        new("facebook.com", "/l.php", ["u"]),
        new("l.instagram.com", "/", ["u"]),
        new("bing.com", "/news/apiclick.aspx", ["url"]),
        new("duckduckgo.com", "/l/", ["uddg"]),
        new("youtube.com", "/redirect", ["q"]),
        new("linkedin.com", "/redir/redirect", ["url"]),
        new("linkedin.com", "/safety/go", ["url"]),
        new("t.umblr.com", "/redirect", ["z"]),
        new("out.reddit.com", "/", ["url"]),
        new("vk.com", "/away.php", ["to"]),
        new("steamcommunity.com", "/linkfilter/", ["url", "u"]),
        new("slack-redir.net", "/link", ["url"]),
        new("safelinks.protection.outlook.com", "/", ["url"]),
        new("disq.us", "/url", ["url"]),
        new("exit.sc", "/", ["url"]),
    ];

    /// <summary>The address in the end; the same URL when its host is no redirector. Ends, because what is wrapped is shorter than its wrapper.</summary>
    public static Uri Unwrap(Uri url)
    {
        while (Next(url) is { } next)
        {
            url = next;
        }

        return url;
    }

    private static Uri? Next(Uri url)
    {
        var host = CanonicalUrl.Host(url);
        return AmpCache(url, host) ?? GoogleAmp(url, host)
            ?? Known.Where(r => r.Fits(host, url.AbsolutePath)).Select(r => r.Target(url)).FirstOrDefault(target => target is not null);
    }

    // https://example-com.cdn.ampproject.org/c/s/example.com/a: "s" for https.
    private static Uri? AmpCache(Uri url, string host) =>
        host.EndsWith(".cdn.ampproject.org", StringComparison.Ordinal) || host == "cdn.ampproject.org"
            ? Inner(url, url.AbsolutePath.Split('/', 3) is [_, "c" or "v" or "a", var rest] ? rest : null)
            : null;

    private static Uri? GoogleAmp(Uri url, string host) =>
        Redirector.IsGoogle(host) && url.AbsolutePath.StartsWith("/amp/", StringComparison.Ordinal) ? Inner(url, url.AbsolutePath[5..]) : null;

    private static Uri? Inner(Uri url, string? rest) => rest switch
    {
        null or "" => null,
        _ when rest.StartsWith("s/", StringComparison.Ordinal) => CanonicalUrl.Parse("https://" + rest[2..] + url.Query),
        _ => CanonicalUrl.Parse("http://" + rest + url.Query),
    };

    private sealed record Redirector(string Host, string Path, string[] Parameters)
    {
        public static bool IsGoogle(string host)
        {
            var bare = host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
            return bare == "google.com" || (bare.StartsWith("google.", StringComparison.Ordinal) && bare.Length <= "google.com.xx".Length);
        }

        public bool Fits(string host, string path) => path.Equals(Path, StringComparison.OrdinalIgnoreCase) && FitsHost(host);

        public Uri? Target(Uri url)
        {
            foreach (var pair in url.Query[Math.Min(1, url.Query.Length)..].Split('&'))
            {
                var (name, value) = Split(pair);
                if (Parameters.Contains(name) && CanonicalUrl.Parse(value) is { } target)
                {
                    return target;
                }
            }

            return null;
        }

        private static (string Name, string Value) Split(string pair)
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            return at < 0 ? (pair, "") : (pair[..at], Uri.UnescapeDataString(pair[(at + 1)..].Replace('+', ' ')));
        }

        private bool FitsHost(string host) =>
            Host == "google.*" ? IsGoogle(host) : host == Host || host.EndsWith("." + Host, StringComparison.Ordinal);
    }
}
