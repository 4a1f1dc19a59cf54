using System.Net;
using System.Net.Sockets;

namespace NewsWatch.Configuration;

/// <summary>
/// Addresses that are not the public internet (IANA special-purpose registries, RFC 6890 and its updates):
/// NewsWatch requests nothing there, whatever a feed or a redirect says.
/// </summary>
public static class SpecialAddresses
{
    private static readonly IPNetwork[] V4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    // Inside 2000::/3: IETF protocols with Teredo, documentation, 6to4.
    private static readonly IPNetwork[] V6 =
        [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20" }.Select(IPNetwork.Parse)];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>True for an address that is not part of the public internet, in whatever form it hides an IPv4 address.</summary>
    public static bool Contains(IPAddress address)
    {
        address = Plain(address);
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return V4.Any(network => network.Contains(address));
        }

        if (Nat64.Contains(address))
        {
            return Contains(new IPAddress(address.GetAddressBytes().AsSpan(12, 4)));
        }

        return !GlobalUnicast.Contains(address) || V6.Any(network => network.Contains(address));
    }

    /// <summary>Returns the IPv4 address inside ::ffff:a.b.c.d.</summary>
    internal static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
