using System.Net;
using NewsWatch.Configuration.Json;
using NewsWatch.Core.Text;

namespace NewsWatch.Configuration.Binding;

/// <summary>Reads addresses: http and https alone, no credentials inside, and only usual or allowed ports.</summary>
internal sealed class Urls(Section section, Secrets secrets, IReadOnlyList<int>? allowedPorts = null)
{
    private static readonly int[] UsualPorts = [80, 443, 8080, 8443];

    /// <summary>An address that may be shown.</summary>
    public Uri? Http(string key) => section.Text(key) is { } text ? Check(key, text, text.Text) : null;

    /// <summary>As the other, for an address that people open: warns if it has no TLS, unless it stays on this machine.</summary>
    public Uri? PublicHttp(string key)
    {
        var url = Http(key);
        if (url is { IsLoopback: false } && url.Scheme == Uri.UriSchemeHttp)
        {
            section.Problems.Warn(section.PlaceOf(key), section.PathOf(key), "is http: others can read and change the traffic. Use https, with a TLS proxy in front.");
        }

        return url;
    }

    /// <summary>As the first; the address is required.</summary>
    public Uri? RequiredHttp(string key) => section.RequiredText(key) is { } text ? Check(key, text, text.Text) : null;

    /// <summary>An address that may itself be a secret: literal or by reference; messages do not show the value of a reference.</summary>
    public Uri? SecretHttp(string key, bool mustBeReference = false)
    {
        if (section.Text(key) is not { } text)
        {
            return null;
        }

        if (!Secrets.IsReference(text.Text) && !mustBeReference)
        {
            return Check(key, text, text.Text);
        }

        var (value, error) = secrets.Read(text.Text);
        if (error is not null)
        {
            section.Problems.Error(text.Place, section.PathOf(key), error);
            return null;
        }

        return Check(key, text, value!);
    }

    /// <summary>True for an address literal, or localhost, that is not public and not allowed. Names are resolved and checked at each connection.</summary>
    public static bool IsPrivate(Uri url, Operator op)
    {
        if (url.IdnHost.TrimEnd('.').Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return !op.AllowPrivate.Any(network => network.Contains(IPAddress.Loopback));
        }

        return IPAddress.TryParse(url.IdnHost, out var address) && SpecialAddresses.Contains(address)
            && !op.AllowPrivate.Any(network => network.Contains(SpecialAddresses.Plain(address)));
    }

    /// <summary>The fix if only the scheme is missing.</summary>
    private static string Scheme(string written) =>
        !Secrets.IsReference(written) && !written.Contains("://", StringComparison.Ordinal) && Uri.TryCreate($"https://{written}", UriKind.Absolute, out var url) && url.Host.Contains('.', StringComparison.Ordinal)
            ? $" Write https://{written}."
            : "";

    private Uri? Check(string key, TextNode text, string value)
    {
        var shown = Secrets.IsReference(text.Text) ? $"the value of {text.Text}" : $"\"{text.Text}\"";
        var problem = value.Any(letter => char.IsControl(letter) || letter is ' ' or '\\') || !value.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !value.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || !Uri.TryCreate(value, UriKind.Absolute, out var url)
            ? $"{shown} is not an http or https address.{Scheme(text.Text)}"
            : HostName.Of(url) is null ? $"{shown} has no valid host name."
            : url.UserInfo.Length > 0 ? "credentials in an address are refused. Put them into Headers, as \"env:NAME\" or \"file:/path\"."
            : allowedPorts is not null && !UsualPorts.Contains(url.Port) && !allowedPorts.Contains(url.Port)
                ? $"port {url.Port} is not 80, 443, 8080 or 8443. Allow it in Operator.AllowPorts, or use another."
            : null;
        if (problem is not null)
        {
            section.Problems.Error(text.Place, section.PathOf(key), problem);
            return null;
        }

        return new Uri(value);
    }
}
