using NewsWatch.Core.Text;

namespace NewsWatch.Fetching;

/// <summary>Valid addresses: absolute http(s), without credentials, kept byte for byte.</summary>
public static class HttpAddress
{
    private const int MaxLength = 8 * 1024;
    private static readonly UriCreationOptions Exact = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Returns the address, or why it is invalid.</summary>
    public static (Uri? Url, string Why) Read(string text)
    {
        text = WithoutFragment(text.Trim());
        if (text.Length > MaxLength || text.Any(char.IsControl))
        {
            return (null, "the address is too long or holds control characters");
        }

        // The server's own spelling of path and query is kept where it can go over the wire as it is.
        var plain = text.All(c => c is > ' ' and <= '~' and not ('\\' or '"' or '<' or '>'));
        if (!(plain ? Uri.TryCreate(text, Exact, out var url) : Uri.TryCreate(text, UriKind.Absolute, out url)))
        {
            return (null, "the address cannot be read");
        }

        return Check(url);
    }

    /// <summary>Where a Location header leads, seen from <paramref name="from"/>.</summary>
    internal static (Uri? Url, string Why) Resolve(Uri from, string location)
    {
        location = location.Trim();
        if (location.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || location.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            return Read(location);
        }

        return Uri.TryCreate(new Uri(from.AbsoluteUri), WithoutFragment(location), out var url) ? Read(url.OriginalString) : (null, "the address cannot be read");
    }

    /// <summary>Scheme, host and port are the same (RFC 6454).</summary>
    internal static bool SameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && string.Equals(one.IdnHost, other.IdnHost, StringComparison.OrdinalIgnoreCase);

    private static (Uri? Url, string Why) Check(Uri url)
    {
        if (url.Scheme is not ("http" or "https"))
        {
            return (null, $"\"{url.Scheme}:\" is not http or https");
        }

        if (url.UserInfo.Length > 0)
        {
            return (null, "credentials in an address are refused");
        }

        return HostName.Of(url) is not null ? (url, "") : (null, "the address has no host");
    }

    private static string WithoutFragment(string text) => text.Split('#', 2)[0];
}
