using System.Net;

namespace Skytale.Transport;

/// <summary>A peer's address as it is shown.</summary>
internal static class PeerAddress
{
    /// <summary>A socket of both families shows an IPv4 peer as an IPv6 address (RFC 4291 § 2.5.5.2).</summary>
    internal static IPEndPoint Unmapped(this IPEndPoint peer) =>
        peer.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(peer.Address.MapToIPv4(), peer.Port) : peer;
}
