namespace NewsWatch.Core.Feeds;

/// <summary>Reads a feed from bytes: RSS, Atom, RDF, CDF, JSON Feed; mends what can be mended.</summary>
public static class FeedParser
{
    /// <summary>Reads <paramref name="body"/>, which came from <paramref name="location"/> with this Content-Type (null when unknown).</summary>
    public static FeedResult Parse(ReadOnlyMemory<byte> body, string? contentType, Uri? location) => throw new NotSupportedException();
}
