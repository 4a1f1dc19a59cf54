using System.Globalization;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Articles.Pages;
using NewsWatch.Core.Feeds;

namespace NewsWatch.Bench.Faults;

/// <summary>What the service's own readers made of an input.</summary>
/// <param name="Refusal">Why nothing was read; null when something was.</param>
internal sealed record FaultReading(string? Refusal)
{
    public int Items { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public string Title { get; init; } = "";

    public string Text { get; init; } = "";

    public string? Link { get; init; }

    public DateTimeOffset? Published { get; init; }

    public IReadOnlyList<string> Authors { get; init; } = [];

    public string Language { get; init; } = "";

    /// <summary>Addresses that a page, a list of feeds or a robots.txt leads to.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Null for a way of reading that this verb does not know.</summary>
    public static FaultReading? Of(FaultInput input) => input.ReadAs switch
    {
        "feed" => OfFeed(FeedParser.Parse(input.Body, input.ContentType, input.Location)),
        "page" => OfPage(PageReader.Read(PageDecoder.Decode(input.Body, input.ContentType), input.Location)),
        "sitemap" => OfSitemap(SitemapParser.Parse(input.Body, input.Location, input.Oldest)),
        "pfeeds" => new FaultReading(Refusal: null) { Addresses = PageFeeds.Of(PageDecoder.Decode(input.Body, input.ContentType), input.Location) },
        "opml" => OfOpml(Opml.Read(input.Body)),
        _ when input.Kind == "robots-relative-sitemap" => new FaultReading(Refusal: null) { Addresses = RobotsTxt.Parse(input.Body, "").SitemapsAt(new Uri(input.Location, "/robots.txt")) },
        _ => null,
    };

    /// <summary>One line that shows a field.</summary>
    public string Show(string field) => field switch
    {
        _ when Refusal is not null => $"refused: {Refusal}",
        "title" => Title,
        "published" => Published?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) ?? "none",
        "authors" => string.Join(" + ", Authors),
        "language" => Language,
        "link" => Link ?? "none",
        "items" => Items.ToString(CultureInfo.InvariantCulture),
        "warning" => Warnings.Count == 0 ? "no warning" : string.Join("; ", Warnings),
        "addresses" => string.Join(' ', Addresses),
        _ => Text.Length > 160 ? $"{Text[..80]} … {Text[^80..]}".ReplaceLineEndings(" ") : Text.ReplaceLineEndings(" "),
    };

    private static FaultReading OfFeed(FeedResult result) => result switch
    {
        FeedResult.Parsed parsed => OfItems(parsed.Feed, parsed.Warnings),
        FeedResult.NotAFeed refused => new FaultReading(refused.Reason),
        var other => throw new InvalidOperationException(other.GetType().Name),
    };

    private static FaultReading OfSitemap(SitemapResult result) => result switch
    {
        SitemapResult.Entries entries => OfItems(entries.Feed, entries.Warnings),
        SitemapResult.Index index => new FaultReading(Refusal: null) { Addresses = index.Sitemaps },
        SitemapResult.NotASitemap refused => new FaultReading(refused.Reason),
        var other => throw new InvalidOperationException(other.GetType().Name),
    };

    private static FaultReading OfItems(Feed feed, IReadOnlyList<string> warnings)
    {
        var first = feed.Items.Count > 0 ? feed.Items[0] : new FeedItem();
        return new FaultReading(Refusal: null)
        {
            Items = feed.Items.Count,
            Warnings = warnings,
            Title = first.Title,
            Text = first.Text,
            Link = first.Link,
            Published = first.Published,
            Authors = first.Authors,
            Language = first.Language.Length > 0 ? first.Language : feed.Language,
        };
    }

    private static FaultReading OfPage(PageResult result) => result switch
    {
        PageResult.Read { Article: var article } => new FaultReading(Refusal: null)
        {
            Items = 1,
            Title = article.Title,
            Text = article.Text,
            Link = article.Url,
            Published = article.Published,
            Authors = article.Authors,
            Language = article.Language,
        },
        PageResult.NoArticle none => new FaultReading(none.Reason),
        var other => throw new InvalidOperationException(other.GetType().Name),
    };

    private static FaultReading OfOpml(OpmlResult result) => result switch
    {
        OpmlResult.List list => new FaultReading(Refusal: null) { Addresses = [.. list.Feeds.Select(feed => feed.Url)] },
        OpmlResult.NotOpml refused => new FaultReading(refused.Reason),
        var other => throw new InvalidOperationException(other.GetType().Name),
    };
}
