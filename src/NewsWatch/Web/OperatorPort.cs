using System.Collections.Frozen;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace NewsWatch.Web;

/// <summary>Access to the operator's port: the token, and the names under which the port accepts requests.</summary>
/// <param name="Token">The bearer token from <c>Web:OperatorToken</c>; null for none, which is allowed on loopback addresses alone.</param>
/// <param name="Hosts">Names from <c>Web:OperatorHosts</c> (divided by commas) that a Host header may carry, beside localhost and any IP address.</param>
internal sealed record OperatorPort(string? Token, IReadOnlySet<string> Hosts)
{
    /// <summary>Reads the two settings; an empty one counts as absent.</summary>
    public static OperatorPort From(IConfiguration settings)
    {
        var token = settings["Web:OperatorToken"];
        var hosts = (settings["Web:OperatorHosts"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new(string.IsNullOrWhiteSpace(token) ? null : token, hosts.ToFrozenSet(StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The address at which this machine reaches the operator's endpoint of a running service.</summary>
    public static Uri LocalAddress(IConfiguration settings, string path)
    {
        var bound = BindingAddress.Parse(settings["Kestrel:Endpoints:Operator:Url"]!);
        var host = IPAddress.TryParse(bound.Host, out var address) && !IPAddress.Any.Equals(address) && !IPAddress.IPv6Any.Equals(address) ? bound.Host : "127.0.0.1";
        return new UriBuilder(bound.Scheme, host, bound.Port, path).Uri;
    }

    /// <summary>True if the request carries the token, or none is set; compares in constant time.</summary>
    public bool Admits(HttpRequest request) => Token is null || CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString())),
        SHA256.HashData(Encoding.UTF8.GetBytes("Bearer " + Token)));

    /// <summary>
    /// True when a page of another site cannot have led a browser here by a name of its own (DNS rebinding): an address cannot be rebound, and
    /// other names than localhost must be configured.
    /// </summary>
    public bool Knows(HostString host) =>
        IPAddress.TryParse(host.Host, out _) || host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || Hosts.Contains(host.Host);
}
