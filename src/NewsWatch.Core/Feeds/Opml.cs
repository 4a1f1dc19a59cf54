using System.Xml.Linq;
using NewsWatch.Core.Feeds.Markup;
using NewsWatch.Core.Feeds.Xml;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Feeds;

/// <summary>Reads a list of feeds (OPML 1.0 and 2.0), within the limits of feeds.</summary>
public static class Opml
{
    /// <summary>The largest list that is read.</summary>
    public const int MaxBytes = FeedParser.MaxBytes;

    private const int MaxFeeds = 10_000;

    /// <summary>The feeds of <paramref name="body"/>, each address once; nested outlines are followed.</summary>
    public static OpmlResult Read(ReadOnlyMemory<byte> body)
    {
        if (body.Length is 0 or > MaxBytes)
        {
            return new OpmlResult.NotOpml(body.Length == 0 ? "the file is empty" : "the file is too large");
        }

        return XmlDocumentReader.Read(FeedDecoder.Decode(body.Span, null), "OPML", ItemTrimmer.DropOldest, CancellationToken.None) switch
        {
            XmlParseResult.Document { Root: var root } when root.Name.LocalName.Equals("opml", StringComparison.OrdinalIgnoreCase) => Feeds(root),
            XmlParseResult.Refused refused => new OpmlResult.NotOpml(refused.Reason.Replace("the answer", "the file", StringComparison.Ordinal)),
            _ => new OpmlResult.NotOpml("the file is XML of another kind, not OPML"),
        };
    }

    private static OpmlResult.List Feeds(XElement root)
    {
        var (feeds, repeated, unusable) = (new List<OpmlFeed>(), new List<string>(), new List<string>());
        var known = new HashSet<string>();
        foreach (var outline in root.Descendants().Where(element => element.Name.LocalName.Equals("outline", StringComparison.OrdinalIgnoreCase)).Take(MaxFeeds))
        {
            if (Written(outline) is not { Length: > 0 } written)
            {
                continue;
            }

            var address = FeedScheme.Undone(written);

            if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            {
                unusable.Add(written);
            }
            else if (known.Add(address))
            {
                feeds.Add(new OpmlFeed(Line(outline, "title") is { Length: > 0 } title ? title : Line(outline, "text"), address));
            }
            else
            {
                repeated.Add(address);
            }
        }

        return new OpmlResult.List(feeds, repeated, unusable);
    }

    // Some programs write the feed's address where that of a page belongs.
    private static string Written(XElement outline) =>
        Line(outline, "xmlUrl") is { Length: > 0 } address ? address
        : Line(outline, "type") is var type && (type.Equals("rss", StringComparison.OrdinalIgnoreCase) || type.Equals("atom", StringComparison.OrdinalIgnoreCase) || type.Length == 0) ? Line(outline, "url")
        : "";

    private static string Line(XElement outline, string name) => PlainText.Line(Value(outline, name) ?? "");

    private static string? Value(XElement outline, string name) =>
        outline.Attributes().FirstOrDefault(attribute => attribute.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;
}

/// <summary>A feed that a list names.</summary>
/// <param name="Title">Plain text; empty when there is none.</param>
/// <param name="Url">Its address, http or https.</param>
public sealed record OpmlFeed(string Title, string Url);

/// <summary>What became of bytes that should have been OPML.</summary>
public abstract record OpmlResult
{
    private OpmlResult()
    {
    }

    /// <summary>A list, perhaps empty.</summary>
    /// <param name="Feeds">In the order of the list.</param>
    /// <param name="Repeated">Addresses that were named again.</param>
    /// <param name="Unusable">Addresses that are not http or https.</param>
    public sealed record List(IReadOnlyList<OpmlFeed> Feeds, IReadOnlyList<string> Repeated, IReadOnlyList<string> Unusable) : OpmlResult;

    /// <summary>Not OPML, and why.</summary>
    public sealed record NotOpml(string Reason) : OpmlResult;
}
