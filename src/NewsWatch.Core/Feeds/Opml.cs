using System.Xml.Linq;

namespace NewsWatch.Core.Feeds;

/// <summary>Reads a list of feeds (OPML 1.0 and 2.0), within the limits of feeds.</summary>
public static class Opml
{
    private const int MostFeeds = 10_000;

    /// <summary>The feeds of <paramref name="body"/>, each address once; nested outlines are followed.</summary>
    public static OpmlResult Read(ReadOnlyMemory<byte> body)
    {
        if (body.Length is 0 or > FeedParser.MaxBytes)
        {
            return new OpmlResult.NotOpml(body.Length == 0 ? "the file is empty" : "the file is too large");
        }

        return XmlDocumentReader.Read(FeedDecoder.Decode(body.Span, null), "OPML") switch
        {
            XmlReading.Document { Root: var root } when root.Name.LocalName.Equals("opml", StringComparison.OrdinalIgnoreCase) => new OpmlResult.List(Feeds(root)),
            XmlReading.Refused refused => new OpmlResult.NotOpml(refused.Reason.Replace("the answer", "the file", StringComparison.Ordinal)),
            _ => new OpmlResult.NotOpml("the file is XML of another kind, not OPML"),
        };
    }

    private static List<OpmlFeed> Feeds(XElement root) =>
    [
        .. root.Descendants().Where(element => element.Name.LocalName.Equals("outline", StringComparison.OrdinalIgnoreCase))
            .Select(outline => (Url: Value(outline, "xmlUrl")?.Trim(), Outline: outline))
            .Where(pair => Uri.TryCreate(pair.Url, UriKind.Absolute, out var url) && (url.Scheme is "http" or "https"))
            .Select(pair => new OpmlFeed(PlainText.Line(Value(pair.Outline, "title") ?? Value(pair.Outline, "text") ?? ""), pair.Url!))
            .DistinctBy(feed => feed.Url).Take(MostFeeds),
    ];

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
    public sealed record List(IReadOnlyList<OpmlFeed> Feeds) : OpmlResult;

    /// <summary>Not OPML, and why.</summary>
    public sealed record NotOpml(string Reason) : OpmlResult;
}
