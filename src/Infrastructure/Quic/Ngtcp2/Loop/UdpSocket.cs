using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2.Native;

namespace Skytale.Quic.Ngtcp2.Loop;

/// <summary>Takes the datagrams that a socket received; the memory is the socket's and lives inside the call only.</summary>
internal unsafe interface IDatagramSink
{
    void OnDatagram(byte* data, int length, byte* address, int addressLength);
}

/// <summary>A bound UDP socket that receives many datagrams a call, merged ones (GRO) where the kernel can. Loop thread only.</summary>
internal sealed unsafe class UdpSocket : IDisposable
{
    private const int BufferBytes = 4 << 20;
    private const int Slots = 32;
    private const int SlotSize = 65536;
    private const int NameSize = 32;
    private const int ControlSize = 64;

    private readonly Socket _socket;
    private readonly bool _gro;
    private readonly byte* _memory;
    private readonly byte* _names;
    private readonly byte* _controls;
    private readonly MMsgHdr* _messages;
    private readonly IoVec* _vectors;

    /// <exception cref="TransportException"><see cref="TransportError.CannotListen"/>: the address cannot be bound.</exception>
    internal UdpSocket(IPEndPoint local)
    {
        _socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (local.AddressFamily == AddressFamily.InterNetworkV6)
                _socket.DualMode = false;
            _socket.ReceiveBufferSize = BufferBytes;
            _socket.SendBufferSize = BufferBytes;
            _socket.Bind(local);
        }
        catch (SocketException e)
        {
            _socket.Dispose();
            throw new TransportException(TransportError.CannotListen, $"{local} cannot be bound: {e.Message}", inner: e);
        }

        Fd = (int)_socket.Handle;
        LocalEndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        SetOption(local.AddressFamily == AddressFamily.InterNetworkV6 ? LibcNative.IpProtoIpv6 : LibcNative.IpProtoIp,
            local.AddressFamily == AddressFamily.InterNetworkV6 ? LibcNative.Ipv6MtuDiscover : LibcNative.IpMtuDiscover, LibcNative.PmtuDiscoverProbe);
        _gro = SetOption(LibcNative.SolUdp, LibcNative.UdpGro, 1);

        // Pages of a slot are only touched by datagrams that long, so that this is address space more than memory.
        _memory = (byte*)NativeMemory.Alloc(Slots * SlotSize);
        _names = (byte*)NativeMemory.AllocZeroed(Slots * NameSize);
        _controls = (byte*)NativeMemory.AllocZeroed(Slots * ControlSize);
        _messages = (MMsgHdr*)NativeMemory.AllocZeroed(Slots, (nuint)sizeof(MMsgHdr));
        _vectors = (IoVec*)NativeMemory.AllocZeroed(Slots, (nuint)sizeof(IoVec));
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

    /// <summary>Takes up to one call's worth of datagrams; true when there may be more.</summary>
    internal bool Receive(IDatagramSink sink)
    {
        for (var i = 0; i < Slots; i++)
        {
            ref var header = ref _messages[i].Header;
            header.NameLength = NameSize;
            header.Control = _gro ? _controls + i * ControlSize : null;
            header.ControlLength = _gro ? ControlSize : 0u;
        }

        // Errors here are a peer's ICMP messages or an empty socket: both mean that there is nothing to take.
        var count = LibcNative.recvmmsg(Fd, _messages, Slots, LibcNative.MsgDontWait, null);
        for (var i = 0; i < count; i++)
        {
            ref var message = ref _messages[i];
            var length = (int)message.Length;
            var segment = SegmentSize(message.Header, length);
            for (var offset = 0; offset < length; offset += segment)
                sink.OnDatagram(_memory + i * SlotSize + offset, Math.Min(segment, length - offset), message.Header.Name, (int)message.Header.NameLength);
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
    }

    /// <summary>The size of each datagram in a merged one (udp(7), UDP_GRO), else the whole.</summary>
    private static int SegmentSize(in MsgHdr header, int length)
    {
        if (header.Control == null || header.ControlLength < (nuint)(sizeof(CMsgHdr) + sizeof(int)))
            return length;
        var control = (CMsgHdr*)header.Control;
        var isSegment = control->Level == LibcNative.SolUdp && control->Type == LibcNative.UdpGro;
        return isSegment && *(int*)(control + 1) > 0 ? *(int*)(control + 1) : length;
    }

    private bool SetOption(int level, int name, int value) => LibcNative.setsockopt(Fd, level, name, &value, sizeof(int)) == 0;
}
