using System.Text;
using System.Xml;
using System.Xml.Linq;
using CodeHollow.FeedReader;

namespace NewsWatch.Core.Feeds;

/// <summary>Reads a feed from bytes: RSS, Atom and RDF.</summary>
public static class FeedParser
{
    private const int MostItems = 2_000;

    /// <summary>Reads <paramref name="body"/>, which came from <paramref name="location"/> with this Content-Type (null when unknown).</summary>
    public static FeedResult Parse(ReadOnlyMemory<byte> body, string? contentType, Uri? location)
    {
        var text = Encoding.UTF8.GetString(body.Span).TrimStart('\uFEFF', ' ', '\r', '\n', '\t');
        if (text.Length == 0)
        {
            return new FeedResult.NotAFeed("the answer is empty");
        }

        if (text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase))
        {
            return new FeedResult.NotAFeed("the answer is an HTML page, not a feed");
        }

        try
        {
            return new FeedResult.Parsed(Map(FeedReader.ReadFromString(text), location), []);
        }
        catch (Exception broken) when (broken is XmlException or InvalidOperationException or NullReferenceException or FormatException)
        {
            return new FeedResult.NotAFeed("the answer is no feed that can be read");
        }
    }

    private static Feed Map(CodeHollow.FeedReader.Feed feed, Uri? location) => new()
    {
        Kind = feed.Type.ToString().Replace("_", "", StringComparison.Ordinal).ToLowerInvariant(),
        Title = PlainText.Of(feed.Title ?? ""),
        Link = Absolute(feed.Link, location),
        Language = feed.Language ?? "",
        Items = [.. feed.Items.Take(MostItems).Select(item => Map(item.SpecificItem.Element, location))],
        Dropped = Math.Max(0, feed.Items.Count - MostItems),
    };

    private static FeedItem Map(XElement item, Uri? location)
    {
        var link = Values(item, "link").Select(element => element.Attribute("href")?.Value ?? element.Value).FirstOrDefault(value => value.Trim().Length > 0);
        return new FeedItem
        {
            Id = Values(item, "guid", "id").Select(element => element.Value.Trim()).FirstOrDefault(value => value.Length > 0),
            Link = Absolute(link?.Trim(), location),
            Title = PlainText.Of(Values(item, "title").Select(element => element.Value).FirstOrDefault() ?? ""),
            Text = PlainText.Of(Values(item, "encoded", "content", "description", "summary").Select(element => element.Value).MaxBy(value => value.Length) ?? ""),
            Published = Values(item, "pubDate", "published", "updated", "date").Select(element => Date(element.Value)).FirstOrDefault(date => date is not null),
            Authors = [.. Values(item, "creator", "author").Select(element => (element.Elements().FirstOrDefault(inner => inner.Name.LocalName == "name") ?? element).Value.Trim())],
            Categories = [.. Values(item, "category").Select(element => element.Attribute("term")?.Value ?? element.Value.Trim())],
        };
    }

    private static IEnumerable<XElement> Values(XElement item, params string[] names) =>
        names.SelectMany(name => item.Elements().Where(element => element.Name.LocalName == name));

    private static DateTimeOffset? Date(string text) =>
        DateTimeOffset.TryParse(text.Trim(), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var date) ? date.ToUniversalTime() : null;

    private static string? Absolute(string? link, Uri? location) =>
        string.IsNullOrWhiteSpace(link) ? null
        : location is not null && Uri.TryCreate(location, link, out var absolute) ? absolute.AbsoluteUri
        : link;
}
