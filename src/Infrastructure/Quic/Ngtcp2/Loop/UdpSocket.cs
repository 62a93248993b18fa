using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2.Native;

namespace Skytale.Quic.Ngtcp2.Loop;

/// <summary>Takes the datagrams that a socket received; all memory is the socket's and lives inside the call only.</summary>
internal unsafe interface IDatagramSink
{
    void OnDatagram(byte* data, int length, Ngtcp2Path* path);
}

/// <summary>How a socket has its port.</summary>
internal enum PortSharing
{
    None,

    /// <summary>Takes the port, which nobody else may have by then, and lets others share it.</summary>
    First,

    /// <summary>Shares a port that the first has taken.</summary>
    Next,
}

/// <summary>A bound UDP socket that receives many datagrams a call, merged ones (GRO) where the kernel can. Loop thread only.</summary>
internal sealed unsafe class UdpSocket : IDisposable
{
    private const int BufferBytes = 4 << 20;
    private const int Slots = 32;
    private const int SlotSize = 65536;
    private const int NameSize = 32;
    private const int ControlSize = 96; // A packet info and a segment size.

    private static readonly int s_one = 1;

    private readonly Socket _socket;
    private readonly bool _hasControl;
    private readonly byte* _local;
    private readonly int _localLength;
    private readonly byte* _memory;
    private readonly byte* _names;
    private readonly byte* _controls;
    private readonly MMsgHdr* _messages;
    private readonly IoVec* _vectors;

    /// <param name="local">The address to bind. All of IPv6's, for a listener, are IPv4's too.</param>
    /// <param name="listens">True: a wildcard address is taken apart, so that each datagram says which address it was sent to.</param>
    /// <param name="sharing">How it has its port.</param>
    /// <exception cref="TransportException">
    /// <see cref="TransportError.CannotListen"/>: the address cannot be bound; <see cref="TransportError.Unreachable"/> where nothing is to listen.
    /// </exception>
    internal UdpSocket(IPEndPoint local, bool listens = false, PortSharing sharing = PortSharing.None)
    {
        TellsDestination = listens && PacketInfo.IsWildcard(local);
        try
        {
            _socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            if (local.AddressFamily == AddressFamily.InterNetworkV6)
                _socket.DualMode = TellsDestination;
            _socket.ReceiveBufferSize = BufferBytes;
            _socket.SendBufferSize = BufferBytes;
            if (sharing == PortSharing.Next)
                SharePort();
            _socket.Bind(local);
            if (sharing == PortSharing.First)
                SharePort();
            if (TellsDestination)
                PacketInfo.Enable(_socket);
        }
        catch (SocketException e)
        {
            _socket?.Dispose();
            throw listens
                ? new TransportException(TransportError.CannotListen, $"{local} cannot be bound: {e.Message}", inner: e)
                : new TransportException(TransportError.Unreachable, $"The system gives no socket: {e.Message}", inner: e);
        }

        Fd = (int)_socket.Handle;
        LocalEndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        if (local.AddressFamily == AddressFamily.InterNetworkV6)
            SetOption(LibcNative.IpProtoIpv6, LibcNative.Ipv6MtuDiscover, LibcNative.PmtuDiscoverProbe);
        if (local.AddressFamily == AddressFamily.InterNetwork || TellsDestination)
            SetOption(LibcNative.IpProtoIp, LibcNative.IpMtuDiscover, LibcNative.PmtuDiscoverProbe);
        var merges = SetOption(LibcNative.SolUdp, LibcNative.UdpGro, 1);
        _hasControl = merges || TellsDestination;

        // Pages of a slot are only touched by datagrams that long, so that this is address space more than memory.
        _memory = (byte*)NativeMemory.Alloc(Slots * SlotSize);
        _names = (byte*)NativeMemory.AllocZeroed(Slots * NameSize);
        _controls = (byte*)NativeMemory.AllocZeroed(Slots * ControlSize);
        _messages = (MMsgHdr*)NativeMemory.AllocZeroed(Slots, (nuint)sizeof(MMsgHdr));
        _vectors = (IoVec*)NativeMemory.AllocZeroed(Slots, (nuint)sizeof(IoVec));
        var bound = SocketAddressBytes.From(LocalEndPoint);
        _localLength = bound.Length;
        _local = (byte*)NativeMemory.AllocZeroed(NameSize);
        bound.CopyTo(new Span<byte>(_local, NameSize));
        for (var i = 0; i < Slots; i++)
        {
            _vectors[i] = new IoVec { Base = _memory + i * SlotSize, Length = SlotSize };
            _messages[i].Header.Vectors = _vectors + i;
            _messages[i].Header.VectorCount = 1;
            _messages[i].Header.Name = _names + i * NameSize;
        }
    }

    internal int Fd { get; }

    internal IPEndPoint LocalEndPoint { get; }

    /// <summary>True when the socket listens on all addresses, so that each datagram says which one it was sent to.</summary>
    internal bool TellsDestination { get; }

    /// <summary>Takes up to one call's worth of datagrams; true when there may be more.</summary>
    internal bool Receive(IDatagramSink sink)
    {
        for (var i = 0; i < Slots; i++)
        {
            ref var header = ref _messages[i].Header;
            header.NameLength = NameSize;
            header.Control = _hasControl ? _controls + i * ControlSize : null;
            header.ControlLength = _hasControl ? ControlSize : 0u;
        }

        // Errors here are a peer's ICMP messages or an empty socket: both mean that there is nothing to take.
        var count = LibcNative.recvmmsg(Fd, _messages, Slots, LibcNative.MsgDontWait, null);
        for (var i = 0; i < count; i++)
        {
            ref var message = ref _messages[i];
            var length = (int)message.Length;
            var segment = ReadControl(message.Header, length);
            var path = new Ngtcp2Path
            {
                Local = new Ngtcp2Addr { Address = _local, Length = (uint)_localLength },
                Remote = new Ngtcp2Addr { Address = message.Header.Name, Length = message.Header.NameLength },
            };
            for (var offset = 0; offset < length; offset += segment)
                sink.OnDatagram(_memory + i * SlotSize + offset, Math.Min(segment, length - offset), &path);
        }
        return count == Slots;
    }

    public void Dispose()
    {
        _socket.Dispose();
        NativeMemory.Free(_memory);
        NativeMemory.Free(_names);
        NativeMemory.Free(_controls);
        NativeMemory.Free(_messages);
        NativeMemory.Free(_vectors);
        NativeMemory.Free(_local);
    }

    /// <summary>Notes where the datagram was sent to; returns the size of each one in a merged one (udp(7), UDP_GRO), else the whole.</summary>
    private int ReadControl(in MsgHdr header, int length)
    {
        var segment = length;
        var left = (long)header.ControlLength;
        for (var control = (CMsgHdr*)header.Control; control != null && left >= sizeof(CMsgHdr) + sizeof(int);)
        {
            if (control->Level == LibcNative.SolUdp && control->Type == LibcNative.UdpGro && *(int*)(control + 1) > 0)
                segment = *(int*)(control + 1);
            else if (TellsDestination)
                PacketInfo.TryRead(control, new Span<byte>(_local, NameSize));
            var step = ((long)control->Length + 7) & ~7L; // CMSG_NXTHDR
            left -= step;
            control = (CMsgHdr*)((byte*)control + step);
        }
        return segment;
    }

    private void SharePort() => _socket.SetRawSocketOption(LibcNative.SolSocket, LibcNative.SoReusePort, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in s_one)));

    private bool SetOption(int level, int name, int value) => LibcNative.setsockopt(Fd, level, name, &value, sizeof(int)) == 0;
}
