using System.Net;
using System.Net.Sockets;
using Skytale.Quic.Ngtcp2.Native;

namespace Skytale.Quic.Ngtcp2.Loop;

/// <summary>
/// The local address of each datagram on a socket that is bound to all of them (ip(7), IP_PKTINFO; RFC 3542 § 6): where a
/// datagram was sent to, and where an answer is to leave from. A socket of both families speaks of IPv4 as mapped addresses.
/// </summary>
internal static unsafe class PacketInfo
{
    /// <summary>The room that either family's control message takes, its data padded.</summary>
    internal const int Space = 40;

    private const int Inet6 = 10;
    private const int AddressAt4 = 4;
    private const int AddressAt6 = 8;

    /// <summary>True for an address that stands for all of a machine's.</summary>
    internal static bool IsWildcard(IPEndPoint local) => local.Address.Equals(IPAddress.Any) || local.Address.Equals(IPAddress.IPv6Any);

    /// <summary>Asks the kernel to say where each datagram was sent to.</summary>
    /// <exception cref="SocketException">It will not.</exception>
    internal static void Enable(Socket socket) =>
        socket.SetSocketOption(socket.AddressFamily == AddressFamily.InterNetworkV6 ? SocketOptionLevel.IPv6 : SocketOptionLevel.IP, SocketOptionName.PacketInformation, true);

    /// <summary>Puts the destination that a control message names into a sockaddr; false when the message is about something else.</summary>
    internal static bool TryRead(CMsgHdr* control, Span<byte> local)
    {
        if (control->Level == LibcNative.IpProtoIp && control->Type == LibcNative.IpPktInfo)
            new ReadOnlySpan<byte>(((InPktInfo*)(control + 1))->Address, 4).CopyTo(local[AddressAt4..]);
        else if (control->Level == LibcNative.IpProtoIpv6 && control->Type == LibcNative.Ipv6PktInfo)
            new ReadOnlySpan<byte>(((In6PktInfo*)(control + 1))->Address, 16).CopyTo(local[AddressAt6..]);
        else
            return false;
        return true;
    }

    /// <summary>Writes the control message by which a datagram leaves from this sockaddr; returns the room that it took.</summary>
    internal static int Write(CMsgHdr* control, ReadOnlySpan<byte> local)
    {
        // The interface stays the routing table's choice; a link-local peer's sockaddr names its own.
        if (local[0] == Inet6)
        {
            *control = new CMsgHdr { Length = (nuint)(sizeof(CMsgHdr) + sizeof(In6PktInfo)), Level = LibcNative.IpProtoIpv6, Type = LibcNative.Ipv6PktInfo };
            var info = (In6PktInfo*)(control + 1);
            *info = default;
            local.Slice(AddressAt6, 16).CopyTo(new Span<byte>(info->Address, 16));
            return Space;
        }
        *control = new CMsgHdr { Length = (nuint)(sizeof(CMsgHdr) + sizeof(InPktInfo)), Level = LibcNative.IpProtoIp, Type = LibcNative.IpPktInfo };
        var info4 = (InPktInfo*)(control + 1);
        *info4 = default;
        local.Slice(AddressAt4, 4).CopyTo(new Span<byte>(info4->SpecificDestination, 4));
        return sizeof(CMsgHdr) + 16; // CMSG_SPACE: 12 bytes, padded to 16.
    }
}
