namespace NewsWatch.Fetching;

/// <summary>The Link header (RFC 8288): <c>&lt;address&gt;; rel="hub"</c>, several separated by commas.</summary>
internal static class LinkHeader
{
    private const int MaxHeaderLength = 16 * 1024;

    /// <summary>Returns all (rel, absolute address) pairs; invalid ones are omitted.</summary>
    public static IReadOnlyList<(string Rel, string Url)> Parse(string header, Uri location)
    {
        var links = new List<(string, string)>();
        var rest = header.Length > MaxHeaderLength ? header[..MaxHeaderLength] : header;
        while (rest.IndexOf('<', StringComparison.Ordinal) is >= 0 and var open && rest.IndexOf('>', open) is > 0 and var close)
        {
            var target = rest[(open + 1)..close].Trim();
            var end = rest.IndexOf('<', close);
            var parameters = end < 0 ? rest[close..] : rest[close..end];
            rest = end < 0 ? "" : rest[end..];
            if (Uri.TryCreate(location, target, out var url))
            {
                links.AddRange(Rels(parameters).Select(rel => (rel, url.AbsoluteUri)));
            }
        }

        return links;
    }

    private static string[] Rels(string parameters)
    {
        foreach (var parameter in parameters.Split(';', StringSplitOptions.TrimEntries))
        {
            if (parameter.StartsWith("rel", StringComparison.OrdinalIgnoreCase) && parameter.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
            {
                return parameter[(equals + 1)..].Trim(' ', '"', ',').ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            }
        }

        return [];
    }
}
