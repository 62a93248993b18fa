using System.Runtime.InteropServices;
using Skytale.Quic.Ngtcp2.Native;

namespace Skytale.Quic.Ngtcp2.Loop;

/// <summary>
/// Packets of all connections, written back to back and sent together: runs of equal size to one address become one
/// message that the kernel cuts (udp(7), UDP_SEGMENT), and all messages go out in one call. Loop thread only.
/// </summary>
internal sealed unsafe class SendBatch : IDisposable
{
    /// <summary>The room that is always there at <see cref="Next"/>.</summary>
    internal const int MaxPacket = 2048;

    private const int Capacity = 512 << 10;
    private const int MaxMessages = 64;
    private const int MaxMessageBytes = 65_000;
    private const int MaxSegments = 64;
    private const int NameSize = 32;
    private const int SegmentSpace = 24; // CMSG_SPACE of a ushort.
    private const int ControlSize = PacketInfo.Space + SegmentSpace;

    private readonly int _fd;
    private readonly bool _namesSource;
    private readonly byte* _memory = (byte*)NativeMemory.Alloc(Capacity);
    private readonly byte* _names = (byte*)NativeMemory.AllocZeroed(MaxMessages * NameSize);
    private readonly byte* _sources = (byte*)NativeMemory.AllocZeroed(MaxMessages * NameSize);
    private readonly byte* _controls = (byte*)NativeMemory.AllocZeroed(MaxMessages * ControlSize);
    private readonly MMsgHdr* _headers = (MMsgHdr*)NativeMemory.AllocZeroed(MaxMessages, (nuint)sizeof(MMsgHdr));
    private readonly IoVec* _vectors = (IoVec*)NativeMemory.AllocZeroed(MaxMessages, (nuint)sizeof(IoVec));
    private readonly Message[] _messages = new Message[MaxMessages];
    private int _count;
    private int _offset;
    private long _packets;
    private long _bytes;
    private bool _lastIsOpen;
    private bool _segmentation;

    /// <param name="fd">The socket.</param>
    /// <param name="namesSource">True: each packet leaves from its path's local address, for the socket is bound to all.</param>
    /// <param name="segmentation">False: as on a kernel that does not cut.</param>
    internal SendBatch(int fd, bool namesSource = false, bool segmentation = true)
    {
        _fd = fd;
        _namesSource = namesSource;
        _segmentation = segmentation;
    }

    private struct Message
    {
        public int Offset, Length, Segment, NameLength, SourceLength;
    }

    internal bool HasPackets => _count > 0;

    /// <summary>False from when the kernel has shown that it does not cut.</summary>
    internal bool UsesSegmentation => _segmentation;

    /// <summary>Where the next packet is to be written; valid until <see cref="Commit"/>.</summary>
    internal byte* Next => _memory + _offset;

    /// <summary>Adds the packet that was written at <see cref="Next"/>.</summary>
    internal void Commit(int length, Ngtcp2Path* path)
    {
        if (!TryExtendLast(length, path))
            Begin(length, path);
        _offset += length;
        _packets++;
        _bytes += length;
        if (_offset > Capacity - MaxPacket)
            Flush();
    }

    internal void Flush()
    {
        Transmit();
        _offset = 0;
    }

    /// <summary>The packets and bytes that were added since the last call.</summary>
    internal (long Packets, long Bytes) TakeCounts()
    {
        var counts = (_packets, _bytes);
        (_packets, _bytes) = (0, 0);
        return counts;
    }

    public void Dispose()
    {
        NativeMemory.Free(_memory);
        NativeMemory.Free(_names);
        NativeMemory.Free(_sources);
        NativeMemory.Free(_controls);
        NativeMemory.Free(_headers);
        NativeMemory.Free(_vectors);
    }

    private bool TryExtendLast(int length, Ngtcp2Path* path)
    {
        if (!_lastIsOpen)
            return false;
        ref var last = ref _messages[_count - 1];
        var name = new ReadOnlySpan<byte>(_names + (_count - 1) * NameSize, last.NameLength);
        if (length > last.Segment || last.Length + length > MaxMessageBytes || last.Length / last.Segment >= MaxSegments - 1
            || !name.SequenceEqual(path->Remote.Bytes)
            || (_namesSource && !Source(_count - 1).SequenceEqual(path->Local.Bytes)))
            return false;
        last.Length += length;
        _lastIsOpen = length == last.Segment; // Only the last segment may be shorter.
        return true;
    }

    private ReadOnlySpan<byte> Source(int i) => new(_sources + i * NameSize, _messages[i].SourceLength);

    private void Begin(int length, Ngtcp2Path* path)
    {
        if (_count == MaxMessages)
            Transmit();
        path->Remote.Bytes.CopyTo(new Span<byte>(_names + _count * NameSize, NameSize));
        path->Local.Bytes.CopyTo(new Span<byte>(_sources + _count * NameSize, NameSize));
        _messages[_count++] = new Message
        {
            Offset = _offset, Length = length, Segment = length, NameLength = (int)path->Remote.Length, SourceLength = (int)path->Local.Length,
        };
        _lastIsOpen = true;
    }

    private void Transmit()
    {
        for (var i = 0; i < _count; i++)
            Describe(i);

        for (var done = 0; done < _count;)
        {
            if (IsSegmented(done) && !_segmentation)
            {
                SendSegments(done++);
                continue;
            }
            var sent = LibcNative.sendmmsg(_fd, _headers + done, (uint)(RunEnd(done) - done), 0);
            if (sent > 0)
            {
                done += sent;
                continue;
            }
            var error = Marshal.GetLastPInvokeError();
            if (error == LibcNative.EIntr)
                continue;

            // A device without checksum offload refuses segmentation and takes the datagrams one by one. Where those are refused too,
            // as to port 0, the peer's address is at fault. Any other error is a lost packet: QUIC repairs it.
            if (IsSegmented(done) && (error is LibcNative.EIo or LibcNative.EInval) && SendSegments(done))
                _segmentation = false;
            done++;
        }
        _count = 0;
        _lastIsOpen = false;
    }

    private bool IsSegmented(int i) => _messages[i].Length > _messages[i].Segment;

    /// <summary>The end of the messages that can go in one call with this one.</summary>
    private int RunEnd(int i)
    {
        if (_segmentation)
            return _count;
        while (i < _count && !IsSegmented(i))
            i++;
        return i;
    }

    private void Describe(int i)
    {
        ref var message = ref _messages[i];
        _vectors[i] = new IoVec { Base = _memory + message.Offset, Length = (nuint)message.Length };
        ref var header = ref _headers[i].Header;
        header = new MsgHdr { Name = _names + i * NameSize, NameLength = (uint)message.NameLength, Vectors = _vectors + i, VectorCount = 1 };
        var controls = _controls + i * ControlSize;
        var used = _namesSource ? PacketInfo.Write((CMsgHdr*)controls, Source(i)) : 0;
        header.Control = used > 0 ? controls : null;
        header.ControlLength = (nuint)used;
        if (!IsSegmented(i))
            return;
        var control = (CMsgHdr*)(controls + used);
        *control = new CMsgHdr { Length = (nuint)(sizeof(CMsgHdr) + sizeof(ushort)), Level = LibcNative.SolUdp, Type = LibcNative.UdpSegment };
        *(ushort*)(control + 1) = (ushort)message.Segment;
        header.Control = controls;
        header.ControlLength = (nuint)(used + SegmentSpace);
    }

    /// <summary>One message as the datagrams that it is made of, where the kernel does not cut; true when the first, a whole segment, went out.</summary>
    private bool SendSegments(int i)
    {
        var message = _messages[i];
        var headers = stackalloc MMsgHdr[MaxSegments];
        var vectors = stackalloc IoVec[MaxSegments];
        var count = 0;
        for (var offset = 0; offset < message.Length; offset += message.Segment, count++)
        {
            vectors[count] = new IoVec { Base = _memory + message.Offset + offset, Length = (nuint)Math.Min(message.Segment, message.Length - offset) };
            headers[count] = _headers[i];
            headers[count].Header.Vectors = vectors + count;
            headers[count].Header.ControlLength -= SegmentSpace; // It stands last.
            if (headers[count].Header.ControlLength == 0)
                headers[count].Header.Control = null;
        }
        var firstWent = false;
        for (var done = 0; done < count;)
        {
            var sent = LibcNative.sendmmsg(_fd, headers + done, (uint)(count - done), 0);
            firstWent |= done == 0 && sent > 0;
            done += Math.Max(1, sent);
        }
        return firstWent;
    }
}
