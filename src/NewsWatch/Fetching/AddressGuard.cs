using System.Net;
using NewsWatch.Configuration;

namespace NewsWatch.Fetching;

/// <summary>Says which addresses and ports may be connected to, by the configuration in force.</summary>
public sealed class AddressGuard(ConfigurationHolder configuration)
{
    private static readonly int[] UsualPorts = [80, 443, 8080, 8443];

    /// <summary>True when the address is public, or the operator allows its network, or a source of that very host.</summary>
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

    /// <summary>True for the ports of the web, and those that the operator names.</summary>
    public bool Allows(int port) => UsualPorts.Contains(port) || configuration.Current.Operator.AllowPorts.Contains(port);
}
