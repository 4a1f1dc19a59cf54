using NewsWatch.Core.Text;

namespace NewsWatch.Messages;

/// <summary>A link that a reader may be given: http or https, no credentials, its host in letters that do not pretend to be others.</summary>
/// <param name="Address">Escaped; the host in ASCII.</param>
/// <param name="Host">What is shown: punycode where the host is not ASCII, without "www.".</param>
internal sealed record SafeLink(string Address, string Host)
{
    private const int MaxLength = 2000;

    /// <summary>The link, or null where the reader is better off without.</summary>
    public static SafeLink? TryCreate(string address)
    {
        if (address.Length > MaxLength
            || address.Any(c => char.IsControl(c) || c is '<' or '>' or '"')
            || !Uri.TryCreate(address, UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https")
            || url.UserInfo.Length > 0
            || HostName.Of(url) is not { } host)
        {
            return null;
        }

        var port = url.IsDefaultPort ? "" : $":{url.Port}";
        var rest = url.GetComponents(UriComponents.PathAndQuery | UriComponents.Fragment, UriFormat.UriEscaped);
        return new($"{url.Scheme}://{host}{port}{rest}", host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host);
    }
}
