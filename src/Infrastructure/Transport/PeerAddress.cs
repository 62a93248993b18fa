using System.Net;
using System.Net.Sockets;

namespace Skytale.Transport;

/// <summary>A peer's address as it is shown and counted.</summary>
public static class PeerAddress
{
    /// <summary>A socket of both families shows an IPv4 peer as an IPv6 address (RFC 4291 § 2.5.5.2).</summary>
    internal static IPEndPoint Unmapped(this IPEndPoint peer) =>
        peer.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(peer.Address.MapToIPv4(), peer.Port) : peer;

    /// <summary>What counts as one address where there is a limit to each: IPv6 by its /64, for a network hands whole ones to a single machine.</summary>
    public static IPAddress Counted(this IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress([.. address.GetAddressBytes().AsSpan(0, 8), 0, 0, 0, 0, 0, 0, 0, 0]) : address;
    }
}
