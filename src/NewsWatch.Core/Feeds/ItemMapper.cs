using System.Xml.Linq;
using NewsWatch.Core.Feeds.Dates;
using NewsWatch.Core.Feeds.Markup;
using NewsWatch.Core.Feeds.Xml;

namespace NewsWatch.Core.Feeds;

/// <summary>One item element to one <see cref="FeedItem"/>, whatever the format and whichever reader found the element.</summary>
internal sealed class ItemMapper(ElementNames names, Bases bases, IReadOnlyList<string> authorsOfAll)
{
    private static readonly string[] Ids = ["guid", "id"];
    private static readonly string[] Titles = ["title", "dc:title", "media:title", "itunes:title"];
    private static readonly string[] Texts = ["content", "content:encoded", "summary", "description", "abstract", "xhtml:body", "xhtml:div", "body", "fullitem", "dc:description", "itunes:summary", "media:description", "media:text", "content:items"];
    private static readonly string[] PublishedAt = ["pubdate", "published", "issued", "dcterms:issued", "dc:date"];
    private static readonly string[] UpdatedAt = ["updated", "modified", "dcterms:modified", "lastbuilddate", "date", "dc:date"];
    private static readonly string[] CreatedAt = ["created", "dcterms:created"];
    private static readonly string[] Writers = ["author", "dc:creator", "itunes:author", "dc:author", "dc:contributor"];
    private static readonly XName Lang = XNamespace.Xml + "lang";
    private static readonly string[] Languages = ["dc:language", "language"];
    private static readonly string[] Topics = ["category", "dc:subject", "media:category", "itunes:keywords"];

    /// <summary>Maps the element.</summary>
    public FeedItem Map(XElement item)
    {
        var parts = new ItemElements(item, names);
        var updated = parts.Date(UpdatedAt);
        return new FeedItem
        {
            Id = parts.First(Ids, Value) ?? About(item) ?? parts.First("dc:identifier", Value),
            Link = new ItemLink(parts, bases).Find(),
            Title = parts.First(Titles, TextConstruct.Line) ?? "",
            Text = Longest(parts),
            Published = Published(item, parts, updated),
            Updated = updated,
            Authors = Authors(parts) is { Count: > 0 } own ? own : OfSource(parts) is { Count: > 0 } ofSource ? ofSource : authorsOfAll,
            Language = parts.First(Languages, Value) ?? (item.HasAttributes ? item.Attribute(Lang)?.Value.Trim() : null) ?? "",
            Categories = parts.Texts(Topics, Topic),
        };
    }

    internal static IReadOnlyList<string> Authors(ItemElements parts) => parts.Texts(Writers, Person);

    /// <summary>The date that <see cref="Map"/> would read, and nothing else.</summary>
    public DateTimeOffset? Published(XElement item) => Published(item, names);

    internal static DateTimeOffset? Published(XElement item, ElementNames names)
    {
        var parts = new ItemElements(item, names);
        return Published(item, parts, parts.Date(UpdatedAt));
    }

    private static DateTimeOffset? Published(XElement item, ItemElements parts, DateTimeOffset? updated) =>
        parts.Date(PublishedAt) ?? updated ?? parts.Date(CreatedAt) ?? FeedDates.Parse(Lastmod(item));

    private static string Longest(ItemElements parts)
    {
        var longest = "";
        foreach (var element in parts.All(Texts))
        {
            // No text is longer than its markup.
            var text = element.HasElements || element.Value.Length > longest.Length ? TextConstruct.Of(element) : "";
            longest = text.Length > longest.Length ? text : longest;
        }

        return longest;
    }

    private static string Value(XElement element) => element.Value.Trim();

    private static string? About(XElement item) =>
        item.Attributes().FirstOrDefault(attribute => attribute.Name.LocalName == "about" && attribute.Name.NamespaceName.Contains("rdf-syntax", StringComparison.Ordinal))?.Value.Trim() is { Length: > 0 } about ? about : null;

    // CDF keeps the date in an attribute.
    private static string? Lastmod(XElement item) => item.Attributes().FirstOrDefault(attribute => attribute.Name.LocalName.Equals("lastmod", StringComparison.OrdinalIgnoreCase))?.Value;

    // An entry that was taken from another feed has that feed's authors.
    private IReadOnlyList<string> OfSource(ItemElements parts) => parts.All("source") is [var source, ..] && source.HasElements ? Authors(new ItemElements(source, names)) : [];

    private static string Person(XElement element) =>
        PersonName.Of(PlainText.Line((element.HasElements ? Named(element) : element).Value));

    private static XElement Named(XElement person) =>
        person.Elements().FirstOrDefault(inner => inner.Name.LocalName.Equals("name", StringComparison.OrdinalIgnoreCase)) ?? person;

    private static string Topic(XElement element) =>
        PlainText.Line(element.Attribute("label")?.Value ?? element.Attribute("term")?.Value ?? element.Value);
}
