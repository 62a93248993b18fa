using Skytale.Quic.Ngtcp2.Loop;
using Skytale.Quic.Ngtcp2.Native;
using Skytale.Quic.Ngtcp2.Streams;

namespace Skytale.Quic.Ngtcp2;

/// <summary>Packets in, packets out, and the timer between them.</summary>
internal sealed unsafe partial class Ngtcp2Connection
{
    private const uint WriteMoreFlag = 1;
    private const uint FinFlag = 2;
    private const int MaxPieces = 4;
    private const long MaxTurnBytes = 64_000;
    private const int MinPacketSize = 1200; // RFC 9000 § 14: what every path carries.
    private const int MaxBurst = 10;        // Packets; RFC 9002 § 7.2.

    private readonly Queue<Ngtcp2Stream> _sendQueue = new();
    private long _unpaced; // Bytes that went out since pacing was last told of them.
    private byte[] _remote; // The sockaddr of RemoteEndPoint, on a server as the kernel writes it.

    public ulong Expiry { get; private set; } = ulong.MaxValue;

    public ulong ScheduledAt { get; set; } = ulong.MaxValue;

    internal bool IsDirty { get; set; }

    /// <summary>When a packet that was read is acknowledged at the latest; <see cref="ulong.MaxValue"/>: none waits.</summary>
    internal ulong HeldUntil { get; set; } = ulong.MaxValue;

    internal void Read(byte* packet, int length, Ngtcp2Path* path, ulong now)
    {
        if (_state == State.Closing)
            ResendClose();
        if (_state != State.Open)
            return;
        var shakesHands = !_handshakeCompleted;
        Ngtcp2PktInfo info = default;
        var result = Ngtcp2Native.ngtcp2_conn_read_pkt_versioned(_conn, path, 1, &info, packet, (nuint)length, now);
        if (result != 0)
        {
            Fail(result, now);
            return;
        }
        OpenWaiting();
        // The first of two packets waits for an answer that takes its acknowledgement along.
        if (HeldUntil != ulong.MaxValue || shakesHands || _sendQueue.Count > 0)
            MarkDirty();
        else if (!IsDirty)
            _endpoint.HeldAcks.Hold(this, now);
    }

    public void OnTimer(ulong now)
    {
        if (_state == State.Closing || _state == State.Draining)
        {
            Delete();
            return;
        }
        if (_state != State.Open)
            return;
        var result = now >= _deadline ? Ngtcp2Error.HandshakeTimeout : Ngtcp2Native.ngtcp2_conn_handle_expiry(_conn, now);
        if (result != 0)
            Fail(result, now);
        else
            MarkDirty();
    }

    /// <summary>One turn of writing: as much as pacing allows, streams taking turns packet by packet.</summary>
    internal void WriteTurn(ulong now)
    {
        if (_state != State.Open)
            return;
        HeldUntil = ulong.MaxValue;
        if (!WritePackets(now))
            return;
        if (_closeRequest is { } request)
        {
            CloseAsAsked(request, now);
            return;
        }
        FollowPeer();
        UpdateKeyInTime(now);
        Expiry = Math.Min(Ngtcp2Native.ngtcp2_conn_get_expiry(_conn), _deadline);
        _endpoint.Timers.Schedule(this);
    }

    /// <summary>
    /// Takes over where ngtcp2 now sends to: a peer whose address changed is followed at once, validated, and left for its
    /// former address when the new one does not answer (RFC 9000 § 9.3).
    /// </summary>
    private void FollowPeer()
    {
        var remote = Ngtcp2Native.ngtcp2_conn_get_path(_conn)->Remote.Bytes;
        if (remote.SequenceEqual(_remote))
            return;
        _remote = remote.ToArray();
        _remoteEndPoint = SocketAddressBytes.ToEndPoint(remote);
    }

    /// <summary>There may be something to write.</summary>
    internal void MarkDirty()
    {
        if (!IsDirty && _state == State.Open)
        {
            IsDirty = true;
            _endpoint.AddDirty(this);
        }
    }

    private void Enqueue(Ngtcp2Stream stream)
    {
        if (!stream.InSendQueue && stream.HasWork)
        {
            stream.InSendQueue = true;
            _sendQueue.Enqueue(stream);
        }
        MarkDirty();
    }

    /// <summary>False when the connection failed on the way.</summary>
    private bool WritePackets(ulong now)
    {
        var batch = _endpoint.Batch;
        var path = _endpoint.WritePath;
        var packetSize = Ngtcp2Native.ngtcp2_conn_get_max_tx_udp_payload_size(_conn);
        var quantum = Math.Min((long)Ngtcp2Native.ngtcp2_conn_get_send_quantum(_conn), MaxTurnBytes);
        var pieces = stackalloc Ngtcp2Vec[MaxPieces];
        Ngtcp2PktInfo info = default;
        long written = 0;

        while (written + (long)packetSize <= quantum || written == 0)
        {
            var stream = NextToSend();
            var fin = false;
            var count = stream?.Describe(pieces, MaxPieces, out fin) ?? 0;
            var flags = (fin ? FinFlag : 0) | (stream is not null && _sendQueue.Count > 1 ? WriteMoreFlag : 0);
            nint taken = -1;
            var result = Ngtcp2Native.ngtcp2_conn_writev_stream_versioned(
                _conn, path, 1, &info, batch.Next, packetSize, &taken, flags, stream?.Id ?? -1, pieces, (nuint)count, now);

            if (stream is not null && taken >= 0)
                Advance(stream, taken, fin);
            if (result > 0)
            {
                batch.Commit((int)result, path);
                _sentUnderKey += (long)result;
                written += (long)result;
                // A packet with room left over took all that there was to say; asking once more would only cost.
                if (taken >= 0 && _sendQueue.Count == 0 && result < MinPacketSize)
                    break;
                Rotate(stream);
                continue;
            }
            if (result == 0)
                break; // Congestion window or pacing: the timer or an acknowledgement goes on.
            switch ((int)result)
            {
                case Ngtcp2Error.WriteMore:
                    continue; // There is room in this packet for another stream.
                case Ngtcp2Error.StreamDataBlocked or Ngtcp2Error.StreamShutWr or Ngtcp2Error.StreamNotFound:
                    Dequeue(stream!);
                    continue;
                default:
                    Fail((int)result, now);
                    return false;
            }
        }

        // RFC 9002 § 7.7: pacing is for bursts. What is shorter, ngtcp2 adds to the next one, and no timer runs for it.
        _unpaced += written;
        if (_unpaced >= MaxBurst * (long)packetSize || written + (long)packetSize > quantum)
        {
            Ngtcp2Native.ngtcp2_conn_update_pkt_tx_time(_conn, now);
            _unpaced = 0;
        }
        return true;
    }

    /// <summary>
    /// The stream whose turn it is. With the connection's window used up only ends can go: ngtcp2 announces no new window,
    /// so that the next packet's reading starts the next try.
    /// </summary>
    private Ngtcp2Stream? NextToSend()
    {
        var windowIsOpen = _sendQueue.Count > 0 && Ngtcp2Native.ngtcp2_conn_get_max_data_left(_conn) > 0;
        for (var left = _sendQueue.Count; left > 0; left--)
        {
            var stream = _sendQueue.Peek();
            if (!stream.HasWork)
            {
                Dequeue(stream);
                continue;
            }
            if (windowIsOpen || stream.OnlyFinLeft)
                return stream;
            _sendQueue.Enqueue(_sendQueue.Dequeue());
        }
        return null;
    }

    private void Advance(Ngtcp2Stream stream, nint taken, bool fin)
    {
        stream.MarkSent(taken, fin);
        if (!stream.HasWork)
            Dequeue(stream);
    }

    private void Rotate(Ngtcp2Stream? stream)
    {
        if (stream is { InSendQueue: true } && _sendQueue.Count > 1)
            _sendQueue.Enqueue(_sendQueue.Dequeue());
    }

    /// <summary>Takes the stream off the queue's front, where every caller found it.</summary>
    private void Dequeue(Ngtcp2Stream stream)
    {
        _sendQueue.Dequeue();
        stream.InSendQueue = false;
    }
}
