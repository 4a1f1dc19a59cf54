using System.Xml.Linq;

namespace NewsWatch.Core.Feeds;

/// <summary>Which of an item's many links leads to the article: the alternate, feedburner's original, the permalink, an id that is an address, the enclosure, any other id; never replies or self.</summary>
internal sealed class ItemLink(ItemElements parts, Bases bases)
{
    private static readonly XName Rel = "rel";
    private static readonly XName Type = "type";
    private static readonly XName Href = "href";
    private static readonly XName Url = "url";

    /// <summary>The link, absolute where a base is known; null when there is none.</summary>
    public string? Find() =>
        parts.First("link", link => Relation(link) == "alternate" && IsHtml(link) ? Target(link) : null)
        ?? parts.First("link", link => Relation(link) == "alternate" ? Target(link) : null)
        ?? parts.First("feedburner:origlink", original => bases.Absolute(original.Value, original))
        ?? parts.First("guid", guid => IsPermalink(guid) ? bases.Absolute(guid.Value, guid) : null)
        ?? parts.First("id", id => IsWeb(id.Value) ? bases.Absolute(id.Value, id) : null)
        ?? parts.First("link", link => Relation(link) is "via" or "related" or "enclosure" ? Target(link) : null)
        ?? parts.First("enclosure", Target)
        ?? parts.First("id", AsWritten);

    // An entry without a link has its id, which is an IRI (RFC 4287, 4.2.6); a bare word is no address, whatever the base.
    private string AsWritten(XElement id) => id.Value.Trim() is var word && word.Contains('/', StringComparison.Ordinal) ? bases.Absolute(word, id) ?? "" : word;

    internal static string Relation(XElement link)
    {
        var relation = link.Attribute(Rel)?.Value.Trim().ToLowerInvariant();
        return string.IsNullOrEmpty(relation) || relation is "bookmark" or "http://www.iana.org/assignments/relation/alternate" ? "alternate" : relation;
    }

    private static bool IsHtml(XElement link) => link.Attribute(Type)?.Value is not { } type || type.Contains("html", StringComparison.OrdinalIgnoreCase);

    private string? Target(XElement link) => bases.Absolute(link.Attribute(Href)?.Value ?? link.Attribute(Url)?.Value ?? (link.HasElements ? null : link.Value), link);

    private static bool IsPermalink(XElement guid) =>
        guid.Attributes().FirstOrDefault(attribute => attribute.Name.LocalName.Equals("isPermaLink", StringComparison.OrdinalIgnoreCase))?.Value.Trim() is null or "true" or "True" or "1"
        && IsWeb(guid.Value);

    private static bool IsWeb(string address) =>
        address.AsSpan().TrimStart() is var start && (start.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || start.StartsWith("https://", StringComparison.OrdinalIgnoreCase));
}
