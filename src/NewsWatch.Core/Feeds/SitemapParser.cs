using System.Xml.Linq;

namespace NewsWatch.Core.Feeds;

/// <summary>What became of bytes that should have been a sitemap.</summary>
public abstract record SitemapResult
{
    private SitemapResult()
    {
    }

    /// <summary>News entries, perhaps none.</summary>
    public sealed record Entries(Feed Feed) : SitemapResult;

    /// <summary>Addresses of other sitemaps, those that changed last first.</summary>
    public sealed record Index(IReadOnlyList<string> Sitemaps) : SitemapResult;

    /// <summary>Neither.</summary>
    public sealed record NotASitemap(string Reason) : SitemapResult;
}

/// <summary>Reads news sitemaps and sitemap indexes (sitemaps.org 0.9 with the news extension), whatever their prefixes, within the limits of feeds. Never throws.</summary>
public static class SitemapParser
{
    private const int MostEntries = 10_000;

    /// <summary>Reads a document that came from <paramref name="location"/>; only entries published after <paramref name="oldest"/> are news.</summary>
    public static SitemapResult Parse(ReadOnlyMemory<byte> body, Uri location, DateTimeOffset oldest, CancellationToken cancellation = default)
    {
        if (body.Length > FeedParser.MaxBytes)
        {
            return new SitemapResult.NotASitemap($"the sitemap is too large: {body.Length} bytes, at most {FeedParser.MaxBytes} are read");
        }

        return XmlDocumentReader.Read(FeedDecoder.Decode(body.Span, null), "a sitemap", cancellation) switch
        {
            XmlReading.Document document => Of(document, location, oldest),
            XmlReading.Refused refused => new SitemapResult.NotASitemap(refused.Reason),
            var other => throw new InvalidOperationException(other.GetType().Name),
        };
    }

    private static SitemapResult Of(XmlReading.Document document, Uri location, DateTimeOffset oldest) => document.Root.Name.LocalName switch
    {
        "sitemapindex" => Index(document.Root, location),
        "urlset" => new SitemapResult.Entries(Entries(document, location, oldest)),
        var other => new SitemapResult.NotASitemap($"a <{(other.Length > 40 ? other[..40] : other)}> document is no sitemap"),
    };

    private static SitemapResult.Index Index(XElement root, Uri location) => new(
    [
        .. root.Elements().Where(element => element.Name.LocalName == "sitemap")
            .OrderByDescending(element => FeedDates.Parse(Child(element, "lastmod")) ?? DateTimeOffset.MinValue)
            .Select(element => Address(element, location)).OfType<string>(),
    ]);

    private static Feed Entries(XmlReading.Document document, Uri location, DateTimeOffset oldest)
    {
        var entries = document.Root.Elements().Where(element => element.Name.LocalName == "url").SkipLast(document.CutOff ? 1 : 0).ToList();
        var items = entries.Take(MostEntries).Select(entry => Item(entry, location)).OfType<FeedItem>().Where(item => item.Published is null || item.Published >= oldest).ToList();
        return new Feed { Kind = "sitemap", Items = items, Dropped = Math.Max(0, entries.Count - MostEntries) };
    }

    private static FeedItem? Item(XElement entry, Uri location)
    {
        if (entry.Elements().FirstOrDefault(element => element.Name.LocalName == "news" && KnownNamespaces.Prefix(element.Name.NamespaceName) == "news") is not { } news || Address(entry, location) is not { } link)
        {
            return null;
        }

        return new FeedItem
        {
            Link = link,
            Title = PlainText.Line(Child(news, "title") ?? ""),
            Published = FeedDates.Parse(Child(news, "publication_date")) ?? FeedDates.Parse(Child(entry, "lastmod")),
            Categories = [.. (Child(news, "keywords") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
        };
    }

    private static string? Child(XElement element, string name) =>
        element.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value.Trim() is { Length: > 0 } value ? value : null;

    private static string? Address(XElement element, Uri location) => Child(element, "loc") is { } loc && Uri.TryCreate(location, loc, out var url) ? url.OriginalString : null;
}
