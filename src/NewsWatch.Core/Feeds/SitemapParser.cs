using System.Xml.Linq;
using NewsWatch.Core.Feeds.Dates;
using NewsWatch.Core.Feeds.Markup;
using NewsWatch.Core.Feeds.Xml;

namespace NewsWatch.Core.Feeds;

/// <summary>What became of bytes that should have been a sitemap.</summary>
public abstract record SitemapResult
{
    private SitemapResult()
    {
    }

    /// <summary>News entries, perhaps none.</summary>
    /// <param name="Feed">Those that are young enough.</param>
    /// <param name="Warnings">What was wrong and repaired, or why there are none, for the operator.</param>
    public sealed record Entries(Feed Feed, IReadOnlyList<string> Warnings) : SitemapResult;

    /// <summary>Addresses of other sitemaps, those that changed last first.</summary>
    public sealed record Index(IReadOnlyList<string> Sitemaps) : SitemapResult;

    /// <summary>Neither.</summary>
    public sealed record NotASitemap(string Reason) : SitemapResult;
}

/// <summary>Reads news sitemaps and sitemap indexes (sitemaps.org 0.9 with the news extension), whatever their prefixes, within the limits of feeds. Never throws.</summary>
public static class SitemapParser
{
    private const int MaxEntries = 10_000;

    /// <summary>Reads a document that came from <paramref name="location"/>; only entries published after <paramref name="oldest"/> are news.</summary>
    public static SitemapResult Parse(ReadOnlyMemory<byte> body, Uri location, DateTimeOffset oldest, CancellationToken cancellation = default)
    {
        if (body.Length > FeedParser.MaxBytes)
        {
            return new SitemapResult.NotASitemap($"the sitemap is too large: {body.Length} bytes, at most {FeedParser.MaxBytes} are read");
        }

        return XmlDocumentReader.Read(FeedDecoder.Decode(body.Span, null), "a sitemap", ItemTrimmer.DropOldest, cancellation) switch
        {
            XmlParseResult.Document document => Of(document, location, oldest),
            XmlParseResult.Refused refused => new SitemapResult.NotASitemap(refused.Reason),
            var other => throw new InvalidOperationException(other.GetType().Name),
        };
    }

    private static SitemapResult Of(XmlParseResult.Document document, Uri location, DateTimeOffset oldest) => document.Root.Name.LocalName.ToLowerInvariant() switch
    {
        "sitemapindex" => Index(document.Root, location),
        "urlset" => Entries(document, location, oldest),
        _ => new SitemapResult.NotASitemap($"a <{(document.Root.Name.LocalName is { Length: > 40 } other ? other[..40] : document.Root.Name.LocalName)}> document is no sitemap"),
    };

    private static SitemapResult.Index Index(XElement root, Uri location) => new(
    [
        .. root.Elements().Where(element => element.Name.LocalName.Equals("sitemap", StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(element => FeedDates.Parse(Child(element, "lastmod")) ?? DateTimeOffset.MinValue)
            .Select(element => Address(element, location)).OfType<string>(),
    ]);

    private static SitemapResult.Entries Entries(XmlParseResult.Document document, Uri location, DateTimeOffset oldest)
    {
        var urls = Urls(document.Root).SkipLast(document.CutOff ? 1 : 0).ToList();
        var news = urls.Take(MaxEntries).Select(url => Item(url, location)).OfType<FeedItem>().ToList();
        IReadOnlyList<string> warnings = urls.Count > 0 && news.Count == 0
            ? [.. document.Warnings, $"of its {urls.Count} addresses none is marked as news: only entries with <news:news> are read"]
            : document.Warnings;
        return new(new Feed { Kind = "sitemap", Items = [.. news.Where(item => item.Published is null || item.Published >= oldest)], Dropped = Math.Max(0, urls.Count - MaxEntries) }, warnings);
    }

    // Some programs put a whole urlset into another.
    private static IEnumerable<XElement> Urls(XElement set) => set.Elements().SelectMany(element => element.Name.LocalName.ToLowerInvariant() switch
    {
        "url" => [element],
        "urlset" => Urls(element),
        _ => Enumerable.Empty<XElement>(),
    });

    private static FeedItem? Item(XElement entry, Uri location)
    {
        // Whatever its namespace: it is misspelt in many ways.
        if (entry.Elements().FirstOrDefault(element => element.Name.LocalName.Equals("news", StringComparison.OrdinalIgnoreCase)) is not { } news || Address(entry, location) is not { } link)
        {
            return null;
        }

        return new FeedItem
        {
            Link = link,
            Title = PlainText.Line(Child(news, "title") ?? ""),
            Published = FeedDates.Parse(Child(news, "publication_date")) ?? FeedDates.Parse(Child(entry, "lastmod")),
            Language = news.Descendants().FirstOrDefault(element => element.Name.LocalName == "language")?.Value.Trim() ?? "",
            Categories = [.. (Child(news, "keywords") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
        };
    }

    private static string? Child(XElement element, string name) =>
        element.Elements().FirstOrDefault(child => child.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value.Trim() is { Length: > 0 } value ? value : null;

    private static string? Address(XElement element, Uri location) => Bases.Absolute(Child(element, "loc"), location);
}
