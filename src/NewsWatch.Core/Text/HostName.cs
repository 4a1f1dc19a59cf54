namespace NewsWatch.Core.Text;

/// <summary>Hosts of addresses that strangers give: an address may be well formed and its host no name at all (a zero-width joiner inside), which .NET says by throwing.</summary>
public static class HostName
{
    /// <summary>The host in ASCII (IDNA); null when it is no name.</summary>
    public static string? Of(Uri url)
    {
        try
        {
            return url.IdnHost is { Length: > 0 } host ? host : null;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }
}
