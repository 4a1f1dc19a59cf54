using System.Buffers;
using System.Xml.Linq;

namespace NewsWatch.Core.Feeds;

/// <summary>Against what relative links resolve: xml:base, then the feed's own address.</summary>
/// <param name="Location">Where the feed came from.</param>
/// <param name="InDocument">The document uses xml:base at all.</param>
internal sealed record Bases(Uri? Location, bool InDocument)
{
    private static readonly SearchValues<char> OfSchemes = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    /// <summary>The link, absolute where a base is known; null when it is empty.</summary>
    public string? Absolute(string? link, XElement at)
    {
        var trimmed = link?.Trim();
        if (string.IsNullOrEmpty(trimmed))
        {
            return null;
        }

        if (HasScheme(trimmed) || Base(at) is not { } basis)
        {
            return trimmed;
        }

        return Uri.TryCreate(basis, trimmed, out var absolute) ? absolute.AbsoluteUri : trimmed;
    }

    /// <summary>A relative link against the address alone.</summary>
    public static string? Absolute(string? link, Uri? location)
    {
        var trimmed = link?.Trim();
        return string.IsNullOrEmpty(trimmed) ? null
            : location is null || HasScheme(trimmed) || !Uri.TryCreate(location, trimmed, out var absolute) ? trimmed
            : absolute.AbsoluteUri;
    }

    private Uri? Base(XElement at) => InDocument ? DocumentBase(at) : Location;

    private Uri? DocumentBase(XElement? at)
    {
        if (at is null)
        {
            return Location;
        }

        var own = at.Attribute(XNamespace.Xml + "base")?.Value.Trim();
        if (string.IsNullOrEmpty(own))
        {
            return DocumentBase(at.Parent);
        }

        return HasScheme(own) && Uri.TryCreate(own, UriKind.Absolute, out var absolute) ? absolute
            : DocumentBase(at.Parent) is { } outer && Uri.TryCreate(outer, own, out var relative) ? relative
            : DocumentBase(at.Parent);
    }

    private static bool HasScheme(string link)
    {
        var colon = link.IndexOf(':', StringComparison.Ordinal);
        return colon > 1 && link.AsSpan(0, colon).IndexOfAnyExcept(OfSchemes) < 0 && char.IsAsciiLetter(link[0]);
    }
}
