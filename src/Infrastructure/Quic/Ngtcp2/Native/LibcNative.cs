using System.Runtime.InteropServices;

namespace Skytale.Quic.Ngtcp2.Native;

/// <summary>struct pollfd.</summary>
internal struct PollFd
{
    public const short In = 1;

    public int Fd;
    public short Events;
    public short Revents;
}

/// <summary>struct timespec.</summary>
internal struct Timespec
{
    public long Seconds;
    public long Nanoseconds;
}

/// <summary>struct iovec.</summary>
internal unsafe struct IoVec
{
    public byte* Base;
    public nuint Length;
}

/// <summary>struct msghdr (glibc, 64 bit): 56 bytes.</summary>
internal unsafe struct MsgHdr
{
    public byte* Name;
    public uint NameLength;
    public IoVec* Vectors;
    public nuint VectorCount;
    public byte* Control;
    public nuint ControlLength;
    public int Flags;
}

/// <summary>struct mmsghdr: 64 bytes.</summary>
internal struct MMsgHdr
{
    public MsgHdr Header;
    public uint Length;
}

/// <summary>struct cmsghdr, followed by its data.</summary>
internal struct CMsgHdr
{
    public nuint Length;
    public int Level;
    public int Type;
}

/// <summary>struct in_pktinfo (ip(7)): 12 bytes. Addresses in network order.</summary>
internal unsafe struct InPktInfo
{
    public int InterfaceIndex;

    /// <summary>On sending: the source.</summary>
    public fixed byte SpecificDestination[4];

    /// <summary>On receiving: the destination that the header names.</summary>
    public fixed byte Address[4];
}

/// <summary>struct in6_pktinfo (ipv6(7)): 20 bytes.</summary>
internal unsafe struct In6PktInfo
{
    public fixed byte Address[16];
    public int InterfaceIndex;
}

/// <summary>The socket calls that System.Net.Sockets has no words for: many datagrams a call, segmentation, nanosecond waits.</summary>
internal static unsafe partial class LibcNative
{
    private const string Library = "libc";

    internal const int SolSocket = 1;
    internal const int SoReusePort = 15;
    internal const int SolUdp = 17;
    internal const int UdpSegment = 103;
    internal const int UdpGro = 104;
    internal const int MsgDontWait = 0x40;
    internal const int EventFdNonBlocking = 0x800;
    internal const int EventFdCloseOnExec = 0x80000;
    internal const int PrSetTimerSlack = 29;

    internal const int IpProtoIp = 0;
    internal const int IpPktInfo = 8;
    internal const int IpMtuDiscover = 10;
    internal const int IpProtoIpv6 = 41;
    internal const int Ipv6PktInfo = 50;
    internal const int Ipv6MtuDiscover = 23;

    /// <summary>IP_PMTUDISC_PROBE: set DF and leave the size to us.</summary>
    internal const int PmtuDiscoverProbe = 3;

    internal const int EIntr = 4;
    internal const int EIo = 5;
    internal const int EInval = 22;

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int ppoll(PollFd* fds, nuint count, Timespec* timeout, void* signalMask);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int eventfd(uint initial, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint write(int fd, void* buffer, nuint count);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint read(int fd, void* buffer, nuint count);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int close(int fd);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int recvmmsg(int fd, MMsgHdr* messages, uint count, int flags, Timespec* timeout);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int sendmmsg(int fd, MMsgHdr* messages, uint count, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int setsockopt(int fd, int level, int name, void* value, uint length);

    [LibraryImport(Library)]
    internal static partial int prctl(int option, ulong arg2, ulong arg3, ulong arg4, ulong arg5);
}
