using System.Buffers;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Feeds;

/// <summary>Against what relative links resolve: xml:base, then the site that the feed belongs to, then the feed's own address.</summary>
/// <param name="Location">Where the feed came from, or, for its items, the site.</param>
/// <param name="InDocument">The document uses xml:base at all.</param>
internal sealed partial record Bases(Uri? Location, bool InDocument)
{
    private static readonly SearchValues<char> OfSchemes = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
    private static readonly SearchValues<char> Odd = SearchValues.Create("\t\r\n&\uFEFF\u200B\u200E\u200F\u2060");

    /// <summary>The bases of a feed's items: its site before its own address.</summary>
    public Bases At(string? site) => this with { Location = OfSite(site, Location) };

    /// <summary>The site where it is an address of the web, else where the feed came from.</summary>
    public static Uri? OfSite(string? link, Uri? location) => Uri.TryCreate(link, UriKind.Absolute, out var site) && site.Scheme is "http" or "https" ? site : location;

    /// <summary>The link, absolute where a base is known; null when it is empty.</summary>
    public string? Absolute(string? link, XElement at)
    {
        var clean = Clean(link);
        return clean.Length == 0 ? null : HasScheme(clean) ? clean : Joined(Base(at), clean);
    }

    /// <summary>A relative link against the address alone.</summary>
    public static string? Absolute(string? link, Uri? location)
    {
        var clean = Clean(link);
        return clean.Length == 0 ? null : HasScheme(clean) ? clean : Joined(location, clean);
    }

    private static string Joined(Uri? basis, string link) =>
        link.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? "https://" + link
        : basis is not null && Uri.TryCreate(basis, link, out var absolute) ? absolute.AbsoluteUri
        : link;

    // Editors break lines, paste characters that nobody sees, put a scheme before a scheme, and escape twice. The joiners stay: they are part of words in
    // some scripts, and a host that has one is another host.
    private static string Clean(string? link)
    {
        var clean = link?.Trim() ?? "";
        if (clean.AsSpan().ContainsAny(Odd))
        {
            clean = Broken().Replace(clean, "").Replace("&amp;", "&", StringComparison.Ordinal).Trim();
        }

        return clean.AsSpan().LastIndexOf("://") > "https:".Length && TwoSchemes().Match(clean) is { Success: true } two ? clean[two.Groups["link"].Index..] : clean;
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

    [GeneratedRegex(@"[ ]*[\t\r\n]\s*|[\uFEFF\u200B\u200E\u200F\u2060]", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Broken();

    [GeneratedRegex(@"^https?:/{0,2}(?<link>https?://)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex TwoSchemes();
}
