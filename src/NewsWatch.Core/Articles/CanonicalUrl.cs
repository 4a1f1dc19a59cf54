using System.Text;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Articles;

/// <summary>An article's identity: its URL without what only tracks or varies.</summary>
/// <remarks>
/// Follows the syntax-based and scheme-based normalisation of RFC 3986, section 6.2, and drops the parameters that only tell who sent the reader.
/// The order of the remaining parameters stays: servers may read it.
/// </remarks>
public static class CanonicalUrl
{
    /// <summary>Longest URL that is taken for one, in characters.</summary>
    public const int MaxLength = 8_192;

    /// <summary>The canonical form of an absolute http(s) URL, or null when it is none. Idempotent.</summary>
    public static string? Of(string url) => Of(url, []);

    /// <summary>The canonical form, with parameter names (a trailing <c>*</c> for a prefix) that only track on this source's site.</summary>
    public static string? Of(string url, IReadOnlyCollection<string> siteTracking)
    {
        ArgumentNullException.ThrowIfNull(siteTracking);
        return Parse(url) is { } parsed ? Write(Redirectors.Unwrap(parsed), siteTracking) : null;
    }

    /// <summary>True for what may stand in a list of a site's tracking parameters: a name, or its beginning and a <c>*</c>.</summary>
    public static bool IsParameter(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.TrimEnd('*').Length > 0 && name.IndexOf('*', StringComparison.Ordinal) is var star && (star < 0 || star == name.Length - 1) && !name.AsSpan().ContainsAny("&=?# ");
    }

    /// <summary>The absolute http(s) URL in a text, or null: other schemes, relative, without a host, too long.</summary>
    internal static Uri? Parse(string? url)
    {
        if (url is null || url.Length > MaxLength || !Uri.TryCreate(WithoutStrays(url), UriKind.Absolute, out var uri))
        {
            return null;
        }

        return uri.Scheme is "http" or "https" && Host(uri).Length > 0 ? uri : null;
    }

    /// <summary>The host as names are compared: lower case, punycode, no trailing dot.</summary>
    internal static string Host(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        var host = uri.HostNameType == UriHostNameType.Dns ? HostName.Of(uri) : uri.Host;
        return (host ?? "").ToLowerInvariant().TrimEnd('.');
    }

    private static string? Write(Uri uri, IReadOnlyCollection<string> siteTracking)
    {
        if (Host(uri) is not { Length: > 0 } host)
        {
            return null;
        }

        var text = new StringBuilder(uri.OriginalString.Length)
            .Append(uri.Scheme).Append("://").Append(host);
        if (!uri.IsDefaultPort)
        {
            text.Append(':').Append(uri.Port);
        }

        text.Append(PercentEncoding.Normalise(uri.AbsolutePath.Length == 0 ? "/" : uri.AbsolutePath));
        AppendQuery(text, uri.Query, siteTracking);
        return text.ToString();
    }

    private static void AppendQuery(StringBuilder text, string query, IReadOnlyCollection<string> siteTracking)
    {
        var separator = '?';
        foreach (var pair in query[Math.Min(1, query.Length)..].Split('&'))
        {
            if (pair.Length > 0 && !TrackingParameters.Contains(Name(pair), siteTracking))
            {
                text.Append(separator).Append(PercentEncoding.Normalise(pair));
                separator = '&';
            }
        }
    }

    private static string Name(string pair)
    {
        var end = pair.IndexOf('=', StringComparison.Ordinal);
        return Uri.UnescapeDataString(end < 0 ? pair : pair[..end]);
    }

    // Browsers drop white space around a URL and line breaks inside it (WHATWG URL, 4.4).
    private static string WithoutStrays(string url)
    {
        var trimmed = url.Trim();
        return trimmed.AsSpan().ContainsAny('\n', '\r', '\t') ? string.Concat(trimmed.Split('\n', '\r', '\t')) : trimmed;
    }
}
