using System.Net;
using NewsWatch.Configuration;

namespace NewsWatch.Fetching;

/// <summary>Decides which addresses and ports NewsWatch may connect to, by the configuration in force.</summary>
public sealed class AddressGuard(ConfigurationHolder configuration)
{
    private static readonly int[] UsualPorts = [80, 443, 8080, 8443];

    /// <summary>True if the address is public, the operator allows its network, or a source allows exactly this host.</summary>
    /// <param name="host">The name, or address, that the connection is for.</param>
    public bool Allows(string host, IPAddress address)
    {
        var (plain, current) = (SpecialAddresses.Plain(address), configuration.Current);
        return !SpecialAddresses.Contains(plain)
            || current.Operator.AllowPrivate.Any(network => network.Contains(plain))
            || current.Sources.Values.Any(source => source.AllowPrivate && HostIs(source.Url, host));
    }

    private static bool HostIs(string url, string host) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.IdnHost.Trim('[', ']').Equals(host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);

    /// <summary>True for the web's ports and the ports in <c>Operator.AllowPorts</c>.</summary>
    public bool Allows(int port) => UsualPorts.Contains(port) || configuration.Current.Operator.AllowPorts.Contains(port);
}
