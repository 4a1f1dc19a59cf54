using System.Globalization;
using System.Xml;
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

/// <summary>Reads news sitemaps and sitemap indexes (sitemaps.org 0.9 with the news extension), whatever their prefixes.</summary>
public static class SitemapParser
{
    private const string News = "http://www.google.com/schemas/sitemap-news/0.9";
    private const int MostEntries = 10_000;

    /// <summary>Reads a document that came from <paramref name="location"/>; only entries published after <paramref name="oldest"/> are news.</summary>
    public static SitemapResult Parse(ReadOnlyMemory<byte> body, Uri location, DateTimeOffset oldest)
    {
        try
        {
            using var stream = new MemoryStream(body.ToArray(), writable: false);
            using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, MaxCharactersFromEntities = 100_000 });
            var root = XDocument.Load(reader).Root!;
            return root.Name.LocalName switch
            {
                "sitemapindex" => Index(root, location),
                "urlset" => new SitemapResult.Entries(Entries(root, location, oldest)),
                _ => new SitemapResult.NotASitemap($"a <{root.Name.LocalName}> document is no sitemap"),
            };
        }
        catch (XmlException)
        {
            return new SitemapResult.NotASitemap("the answer is no sitemap that can be read");
        }
    }

    private static SitemapResult.Index Index(XElement root, Uri location) => new(
    [
        .. root.Elements().Where(element => element.Name.LocalName == "sitemap")
            .OrderByDescending(element => Date(Child(element, "lastmod")) ?? DateTimeOffset.MinValue)
            .Select(element => Address(element, location)).OfType<string>(),
    ]);

    private static Feed Entries(XElement root, Uri location, DateTimeOffset oldest)
    {
        var entries = root.Elements().Where(element => element.Name.LocalName == "url").ToList();
        var items = entries.Take(MostEntries).Select(entry => Item(entry, location)).OfType<FeedItem>().Where(item => item.Published is null || item.Published >= oldest).ToList();
        return new Feed { Kind = "sitemap", Items = items, Dropped = Math.Max(0, entries.Count - MostEntries) };
    }

    private static FeedItem? Item(XElement entry, Uri location)
    {
        if (entry.Elements().FirstOrDefault(element => element.Name is { LocalName: "news", NamespaceName: News }) is not { } news || Address(entry, location) is not { } link)
        {
            return null;
        }

        return new FeedItem
        {
            Link = link,
            Title = Child(news, "title") ?? "",
            Published = Date(Child(news, "publication_date")) ?? Date(Child(entry, "lastmod")),
            Categories = [.. (Child(news, "keywords") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
        };
    }

    private static string? Child(XElement element, string name) =>
        element.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value.Trim() is { Length: > 0 } value ? value : null;

    private static string? Address(XElement element, Uri location) => Child(element, "loc") is { } loc && Uri.TryCreate(location, loc, out var url) ? url.OriginalString : null;

    /// <summary>W3C date-times: a date alone up to seconds and zone; without a zone UTC.</summary>
    private static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
}
