using System.Xml.Linq;
using NewsWatch.Core.Feeds.Xml;

namespace NewsWatch.Core.Feeds;

/// <summary>
/// Reads a feed from bytes: RSS, Atom, RDF, CDF, JSON Feed; repairs what can be repaired. At most 15 MiB, 256 nested elements, 200 attributes an element,
/// 100,000 characters from entities, 400,000 elements beside the items that are not kept (50,000 in all where recovered), 2,000,000 names and values of JSON; the newest 2,000 items are kept and the rest counted. Throws for nothing that a feed can hold.
/// </summary>
public static class FeedParser
{
    /// <summary>The bytes of a document, 15 MiB: the one limit of everything that is read.</summary>
    public const int MaxBytes = 15 * 1024 * 1024;

    internal const int MaxItems = 2_000;

    /// <summary>Reads <paramref name="body"/>, which came from <paramref name="location"/> with this Content-Type (null when unknown).</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled: it is looked at with every element and item.</exception>
    public static FeedResult Parse(ReadOnlyMemory<byte> body, string? contentType, Uri? location, CancellationToken cancellation = default)
    {
        if (Unreadable(body.Span) is { } reason)
        {
            return new FeedResult.NotAFeed(reason);
        }

        var text = FeedDecoder.Decode(body.Span, contentType);
        var start = text.AsSpan().TrimStart();
        return start.Length == 0 ? new FeedResult.NotAFeed("the answer is empty")
            : start[0] is '{' or '[' || !DocumentStart.IsThere(text) && JsonFeedReader.IsWithin(text) ? JsonFeedReader.Read(text, location, cancellation)
            : FromXml(text, location, cancellation);
    }

    private static string? Unreadable(ReadOnlySpan<byte> body) => body switch
    {
        [] => "the answer is empty",
        [0x1F, 0x8B, ..] => "the answer is gzip that was not announced, not a feed",
        [(byte)'P', (byte)'K', 3, 4, ..] => "the answer is a zip file, not a feed",
        [0x25, (byte)'P', (byte)'D', (byte)'F', ..] => "the answer is a PDF, not a feed",
        { Length: > MaxBytes } => $"the feed is too large: {body.Length} bytes, at most {MaxBytes} are read",
        _ => null,
    };

    private static FeedResult FromXml(string text, Uri? location, CancellationToken cancellation)
    {
        // The text is large, and not needed once the document is read.
        var bases = new Bases(location, text.Contains("xml:base", StringComparison.Ordinal));
        return XmlDocumentReader.Read(text, "a feed", ItemTrimmer.DropOldest, cancellation) switch
        {
            XmlParseResult.Refused refused => new FeedResult.NotAFeed(refused.Reason),
            XmlParseResult.Document document => FromDocument(document, bases, cancellation),
            var other => throw new InvalidOperationException(other.GetType().Name),
        };
    }

    private static FeedResult FromDocument(XmlParseResult.Document document, Bases bases, CancellationToken cancellation)
    {
        var root = document.Root;
        if (FeedKind.Of(root) is not { } kind)
        {
            return new FeedResult.NotAFeed(FeedKind.WhyNot(root));
        }

        var names = new ElementNames(root);
        var items = FeedSplitter.Items(root, kind, names);
        var channel = new ChannelMapper(names, bases).Map(root, kind);
        var mapper = new ItemMapper(names, bases.At(channel.Feed.Link), channel.Authors);
        var newest = new NewestItems<XElement>(mapper.Published);
        foreach (var item in items.Take(items.Count - (document.CutOff ? 1 : 0)))
        {
            cancellation.ThrowIfCancellationRequested();
            newest.Add(item);
        }

        var kept = newest.Kept().Select(Map).ToList();
        return new FeedResult.Parsed(channel.Feed with { Items = kept, Dropped = newest.Dropped + document.Dropped }, document.Warnings);

        FeedItem Map(XElement item)
        {
            cancellation.ThrowIfCancellationRequested();
            return ItemLimits.Of(mapper.Map(item));
        }
    }
}
