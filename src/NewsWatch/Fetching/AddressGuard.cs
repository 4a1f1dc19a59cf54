using System.Net;
using NewsWatch.Configuration;

namespace NewsWatch.Fetching;

/// <summary>Says which addresses and ports may be connected to, by the configuration in force.</summary>
public sealed class AddressGuard(ConfigurationHolder configuration)
{
    private static readonly int[] UsualPorts = [80, 443, 8080, 8443];

    /// <summary>True when the address is public, or the operator allows its network.</summary>
    public bool Allows(IPAddress address)
    {
        var plain = SpecialAddresses.Plain(address);
        return !SpecialAddresses.Contains(plain) || configuration.Current.Operator.AllowPrivate.Any(network => network.Contains(plain));
    }

    /// <summary>True for the ports of the web, and those that the operator names.</summary>
    public bool Allows(int port) => UsualPorts.Contains(port) || configuration.Current.Operator.AllowPorts.Contains(port);
}
