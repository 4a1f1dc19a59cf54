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
    public string? Find()
    {
        foreach (var (element, link) in Candidates())
        {
            if (bases.Absolute(link, element) is { } absolute)
            {
                return absolute;
            }
        }

        return parts.All("id").Select(AsWritten).FirstOrDefault(id => id.Length > 0);
    }

    private IEnumerable<(XElement Element, string? Link)> Candidates()
    {
        var links = parts.All("link");
        foreach (var link in links.Where(link => Relation(link) == "alternate").OrderBy(link => IsHtml(link) ? 0 : 1))
        {
            yield return (link, Target(link));
        }

        foreach (var original in parts.All("feedburner:origlink"))
        {
            yield return (original, original.Value);
        }

        foreach (var guid in parts.All("guid").Where(IsPermalink))
        {
            yield return (guid, guid.Value);
        }

        foreach (var id in parts.All("id").Where(id => IsWeb(id.Value)))
        {
            yield return (id, id.Value);
        }

        foreach (var link in links.Where(link => Relation(link) is "via" or "related" or "enclosure").Concat(parts.All("enclosure")))
        {
            yield return (link, Target(link));
        }
    }

    // An entry without a link has its id, which is an IRI (RFC 4287, 4.2.6); a bare word is no address, whatever the base.
    private string AsWritten(XElement id) => id.Value.Trim() is var word && word.Contains('/', StringComparison.Ordinal) ? bases.Absolute(word, id) ?? "" : word;

    internal static string Relation(XElement link)
    {
        var relation = link.Attribute(Rel)?.Value.Trim().ToLowerInvariant();
        return string.IsNullOrEmpty(relation) || relation is "bookmark" or "http://www.iana.org/assignments/relation/alternate" ? "alternate" : relation;
    }

    private static bool IsHtml(XElement link) => link.Attribute(Type)?.Value is not { } type || type.Contains("html", StringComparison.OrdinalIgnoreCase);

    private static string? Target(XElement link) => link.Attribute(Href)?.Value ?? link.Attribute(Url)?.Value ?? (link.HasElements ? null : link.Value);

    private static bool IsPermalink(XElement guid) =>
        guid.Attributes().FirstOrDefault(attribute => attribute.Name.LocalName.Equals("isPermaLink", StringComparison.OrdinalIgnoreCase))?.Value.Trim() is null or "true" or "True" or "1"
        && IsWeb(guid.Value);

    private static bool IsWeb(string address) =>
        address.AsSpan().TrimStart() is var start && (start.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || start.StartsWith("https://", StringComparison.OrdinalIgnoreCase));
}
