namespace NewsWatch.Fetching;

/// <summary>The way of one fetch from address to address.</summary>
internal sealed class RedirectTrail(Uri start, int mostHops)
{
    private readonly List<string> _hosts = [start.IdnHost];
    private bool _permanentSoFar = true;
    private int _hops;

    /// <summary>Where the next request goes.</summary>
    public Uri Current { get; private set; } = start;

    /// <summary>The address after the leading permanent redirects; null for none.</summary>
    public string? MovedTo { get; private set; }

    /// <summary>The hosts of the redirects, for the operator; empty for none.</summary>
    public string Note => _hops == 0 ? "" : $" (redirected: {string.Join(" -> ", _hosts)})";

    public static bool Is(int status) => status is 301 or 302 or 303 or 307 or 308;

    /// <summary>Goes one hop further; returns why it cannot, or null.</summary>
    public string? Follow(int status, string? location)
    {
        if (++_hops > mostHops)
        {
            return $"more than {mostHops} redirects{Note}";
        }

        if (location is null)
        {
            return $"{status} without a Location";
        }

        var (next, why) = HttpAddress.Resolve(Current, location);
        if (next is null)
        {
            return why;
        }

        if (Current.Scheme == "https" && next.Scheme == "http")
        {
            return $"from https to http at {next.IdnHost}";
        }

        Go(next, status is 301 or 308);
        return null;
    }

    private void Go(Uri next, bool permanent)
    {
        _permanentSoFar &= permanent;
        if (_permanentSoFar)
        {
            MovedTo = next.OriginalString;
        }

        _hosts.Add(next.IdnHost);
        Current = next;
    }
}
