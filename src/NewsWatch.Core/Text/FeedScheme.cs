namespace NewsWatch.Core.Text;

/// <summary>Addresses of feeds as readers pass them on: "feed://host/path", "feed:https://host/path", "host/path".</summary>
public static class FeedScheme
{
    /// <summary>The address as one of the web, https where nothing else is said; as it was where it is something else.</summary>
    public static string Undone(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var trimmed = address.Trim();
        foreach (var scheme in (ReadOnlySpan<string>)["feed:", "pcast:", "podcast:", "itpc:", "rss:"])
        {
            if (trimmed.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                var rest = trimmed[scheme.Length..].TrimStart('/');
                return IsWeb(rest) ? rest : "https://" + rest;
            }
        }

        return trimmed.StartsWith("//", StringComparison.Ordinal) ? "https:" + trimmed : IsHost(trimmed) ? "https://" + trimmed : trimmed;
    }

    private static bool IsWeb(string address) => address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    // "news.example.com/feed": a name with a dot before the path, and no scheme.
    private static bool IsHost(string address)
    {
        var host = address.Split('/', 2)[0];
        return host.Contains('.', StringComparison.Ordinal) && !host.StartsWith('.') && !host.EndsWith('.') && host.All(c => char.IsLetterOrDigit(c) || c is '.' or '-');
    }
}
