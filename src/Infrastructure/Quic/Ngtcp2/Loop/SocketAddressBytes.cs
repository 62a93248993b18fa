using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Skytale.Quic.Ngtcp2.Loop;

/// <summary>sockaddr_in and sockaddr_in6, to and from .NET's words.</summary>
internal static class SocketAddressBytes
{
    private const int Inet6 = 10;

    internal static byte[] From(IPEndPoint endPoint)
    {
        var address = endPoint.Serialize();
        return address.Buffer.Span[..address.Size].ToArray();
    }

    /// <summary>Reads a sockaddr that the kernel wrote; an IPv4 address that a socket of both families has mapped is one again.</summary>
    internal static IPEndPoint ToEndPoint(ReadOnlySpan<byte> address)
    {
        var port = BinaryPrimitives.ReadUInt16BigEndian(address[2..]);
        if (BinaryPrimitives.ReadUInt16LittleEndian(address) != Inet6)
            return new IPEndPoint(new IPAddress(address.Slice(4, 4)), port);
        var ip = new IPAddress(address.Slice(8, 16), BinaryPrimitives.ReadUInt32LittleEndian(address[24..]));
        return new IPEndPoint(ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip, port);
    }

    /// <summary>The address to bind for talking to a peer of this family.</summary>
    internal static IPEndPoint AnyFor(AddressFamily family) =>
        new(family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
}
