using System.Collections.Frozen;
using System.Xml;

namespace NewsWatch.Core.Feeds.Xml;

/// <summary>Namespaces of feeds and the prefixes they are known by; many feeds use a prefix and forget to declare it.</summary>
internal static class KnownNamespaces
{
    /// <summary>The namespace of an undeclared and unknown prefix.</summary>
    public const string Undeclared = "urn:prefix:";

    private static readonly (string Prefix, string Uri)[] All =
    [
        ("atom", "http://www.w3.org/2005/Atom"), ("atom03", "http://purl.org/atom/ns#"), ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
        ("dc", "http://purl.org/dc/elements/1.1/"), ("dcterms", "http://purl.org/dc/terms/"), ("content", "http://purl.org/rss/1.0/modules/content/"),
        ("media", "http://search.yahoo.com/mrss/"), ("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"), ("feedburner", "http://rssnamespace.org/feedburner/ext/1.0"),
        ("sy", "http://purl.org/rss/1.0/modules/syndication/"), ("xhtml", "http://www.w3.org/1999/xhtml"), ("slash", "http://purl.org/rss/1.0/modules/slash/"),
        ("wfw", "http://wellformedweb.org/CommentAPI/"), ("georss", "http://www.georss.org/georss"), ("geo", "http://www.w3.org/2003/01/geo/wgs84_pos#"),
        ("thr", "http://purl.org/syndication/thread/1.0"), ("fh", "http://purl.org/syndication/history/1.0"), ("xlink", "http://www.w3.org/1999/xlink"),
        ("admin", "http://webns.net/mvcb/"), ("ag", "http://purl.org/rss/1.0/modules/aggregation/"), ("annotate", "http://purl.org/rss/1.0/modules/annotate/"),
        ("cc", "http://web.resource.org/cc/"), ("creativeCommons", "http://backend.userland.com/creativeCommonsRssModule"), ("foaf", "http://xmlns.com/foaf/0.1/"),
        ("googleplay", "http://www.google.com/schemas/play-podcasts/1.0"), ("podcast", "https://podcastindex.org/namespace/1.0"), ("yt", "http://www.youtube.com/xml/schemas/2015"),
        ("gd", "http://schemas.google.com/g/2005"), ("openSearch", "http://a9.com/-/spec/opensearch/1.1/"), ("psc", "http://podlove.org/simple-chapters"),
        ("news", "http://www.google.com/schemas/sitemap-news/0.9"),
    ];

    private static readonly FrozenDictionary<string, string> Prefixes =
        All.Select(known => (Uri: Plain(known.Uri), known.Prefix))
            .Concat([
                (Plain("http://search.yahoo.com/mrss"), "media"), (Plain("http://purl.org/dc/elements/1.0/"), "dc"), (Plain("http://www.itunes.com/DTDs/PodCast-1.0.dtd"), "itunes"),
                (Plain("http://example.com/DTDs/PodCast-1.0.dtd"), "itunes"), (Plain("http://rssnamespace.org/feedburner/ext/1.0"), "feedburner"),
                ("http://purl.org/atom", "atom"), ("https://www.w3.org/2005/atom", "atom"), ("http://www.w3.org/2007/app", "app"),
            ])
            .DistinctBy(pair => pair.Item1, StringComparer.OrdinalIgnoreCase).ToFrozenDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> Uris = All.ToFrozenDictionary(known => known.Prefix, known => known.Uri, StringComparer.OrdinalIgnoreCase);

    /// <summary>The usual prefix of a namespace; empty for the elements of RSS and Atom themselves, null for an unknown namespace.</summary>
    public static string? Prefix(string uri)
    {
        if (uri.Length == 0 || IsRss(uri))
        {
            return "";
        }

        var plain = uri.StartsWith(Undeclared, StringComparison.Ordinal) ? Uris.GetValueOrDefault(uri[Undeclared.Length..], uri) : uri;
        return Prefixes.GetValueOrDefault(Plain(plain)) switch
        {
            "atom" or "atom03" => "",
            var prefix => prefix,
        };
    }

    /// <summary>The namespace that a prefix usually means; an own one for an unknown prefix.</summary>
    public static string Uri(string prefix) => Uris.GetValueOrDefault(prefix, Undeclared + prefix);

    /// <summary>A context in which the usual prefixes are declared.</summary>
    public static XmlParserContext Context()
    {
        var names = new NameTable();
        var declared = new XmlNamespaceManager(names);
        foreach (var (prefix, uri) in All)
        {
            declared.AddNamespace(prefix, uri);
        }

        return new XmlParserContext(names, declared, null, XmlSpace.None);
    }

    private static bool IsRss(string uri) =>
        (uri.Contains("purl.org/rss/", StringComparison.OrdinalIgnoreCase) && !uri.Contains("/modules/", StringComparison.OrdinalIgnoreCase))
        || uri.Contains("backend.userland.com/rss", StringComparison.OrdinalIgnoreCase) || uri.Contains("blogs.law.harvard.edu", StringComparison.OrdinalIgnoreCase)
        || uri.Contains("netscape.com/", StringComparison.OrdinalIgnoreCase) || uri.Contains("cyber.law.harvard.edu", StringComparison.OrdinalIgnoreCase)
        || uri.Contains("purl.org/net/rss1.1", StringComparison.OrdinalIgnoreCase) || uri.EndsWith("/rss2", StringComparison.OrdinalIgnoreCase)
        || uri.Contains("rss-specifications", StringComparison.OrdinalIgnoreCase) || uri.Contains("newsgator.com/schema", StringComparison.OrdinalIgnoreCase);

    private static string Plain(string uri) => uri.Trim().TrimEnd('/', '#');
}
