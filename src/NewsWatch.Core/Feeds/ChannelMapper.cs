using System.Xml.Linq;
using NewsWatch.Core.Feeds.Xml;

namespace NewsWatch.Core.Feeds;

/// <summary>What a document says about the feed itself.</summary>
internal sealed class ChannelMapper(ElementNames names, Bases bases)
{
    private static readonly string[] Titles = ["title", "dc:title", "itunes:title"];
    private static readonly string[] Languages = ["language", "dc:language"];

    /// <summary>The feed without its items, and the authors of those that name none (RFC 4287, 4.2.1).</summary>
    public (Feed Feed, IReadOnlyList<string> Authors) Map(XElement root, string kind)
    {
        var channel = root.Elements().FirstOrDefault(element => names.Of(element) == "channel") ?? root;
        var parts = new ItemElements(channel, names);
        var feed = new Feed
        {
            Kind = kind,
            Title = parts.First(Titles, TextConstruct.Line) ?? "",
            Link = Link(parts, channel),
            Language = parts.First(Languages, element => element.Value.Trim())
                ?? channel.Attribute(XNamespace.Xml + "lang")?.Value.Trim() ?? root.Attribute(XNamespace.Xml + "lang")?.Value.Trim() ?? "",
            Hints = new HintsReader(bases).Read(parts),
        };
        return (feed, ItemMapper.Authors(parts));
    }

    private string? Link(ItemElements parts, XElement channel) =>
        parts.First("link", link => ItemLink.Relation(link) == "alternate" ? bases.Absolute(link.Attribute("href")?.Value ?? link.Value, link) : null)
        ?? bases.Absolute(channel.Attributes().FirstOrDefault(attribute => attribute.Name.LocalName.Equals("href", StringComparison.OrdinalIgnoreCase))?.Value, channel);
}
