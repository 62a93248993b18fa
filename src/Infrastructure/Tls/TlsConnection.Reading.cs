using System.Buffers.Binary;
using System.Text;
using Skytale.Protocol.Transport;
using Skytale.Tls.Frames;
using Skytale.Transport;

namespace Skytale.Tls;

/// <summary>The reading loop: it never waits for the application, for credit bounds what can arrive.</summary>
internal sealed partial class TlsConnection
{
    private const int ReadSize = 32 << 10; // More than the longest frame.

    private bool _peerIsKnown;

    /// <summary>A stream's first byte, end or reset has come. Inside the lock.</summary>
    internal void Announce(TlsStream stream) => LaneOf(stream.WireId).Waiting.Incoming.Writer.TryWrite(stream); // False once the connection has ended: then nobody is given it.

    private async Task ReadLoopAsync()
    {
        byte[]? buffer = null;
        var (filled, used) = (0, 0);
        try
        {
            while (true)
            {
                if (filled == 0)
                {
                    if (buffer is not null)
                        Counters.Work.Return(buffer, used);
                    (buffer, used) = (null, 0);
                    await _tls.ReadAsync(Memory<byte>.Empty, CancellationToken.None).ConfigureAwait(false); // A quiet connection holds no buffer, here or in TLS.
                }
                buffer ??= Counters.Work.Rent(ReadSize);
                var count = await _tls.ReadAsync(buffer.AsMemory(filled), CancellationToken.None).ConfigureAwait(false);
                if (count == 0)
                    break;
                Counters.AddReceived(count);
                filled += count;
                used = Math.Max(used, filled);
                var taken = Take(buffer.AsSpan(0, filled), out var isOver);
                if (isOver)
                    break;
                buffer.AsSpan(taken, filled - taken).CopyTo(buffer);
                filled -= taken;
            }
            lock (Gate)
                End(new TransportClosed(TransportClosedBy.Transport, 0, "the peer's bytes ended without a close"), null);
        }
        catch (Exception e)
        {
            OnLoopFailed(e);
        }
        finally
        {
            if (buffer is not null)
                Counters.Work.Return(buffer, used);
        }
    }

    /// <summary>Takes whole frames off the front; over means that the peer has said its last.</summary>
    private int Take(ReadOnlySpan<byte> bytes, out bool isOver)
    {
        lock (Gate)
        {
            isOver = false;
            if (_end is not null)
                return bytes.Length; // We said our last; what still comes is nobody's.
            _lastReceived = Environment.TickCount64;
            _pinged = _sentSinceReceived = false;
            var taken = 0;
            try
            {
                while (_end is null && bytes.Length - taken >= FrameHeader.Size)
                {
                    var header = FrameHeader.Read(bytes[taken..]);
                    header.Check();
                    if (bytes.Length - taken < FrameHeader.Size + header.Length)
                        break;
                    OnFrame(header, bytes.Slice(taken + FrameHeader.Size, header.Length));
                    taken += FrameHeader.Size + header.Length;
                }
            }
            catch (MuxViolationException e)
            {
                End(new TransportClosed(TransportClosedBy.Transport, 0, e.Message), new LastFrame(FrameType.Abort, (ulong)e.Error, e.Message));
                return bytes.Length;
            }
            isOver = _end is not null;
            return taken;
        }
    }

    private void OnFrame(FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (_peerIsKnown == (header.Type == FrameType.Settings) && header.Type is not (FrameType.Close or FrameType.Abort))
            throw new MuxViolationException(MuxError.Settings, "Settings are the first frame, and only that.");
        switch (header.Type)
        {
            case FrameType.Settings:
                OnSettings(PeerSettings.Read(payload));
                break;
            case FrameType.Open:
                OnOpen(header.StreamId);
                break;
            case FrameType.Data:
                OnData(header, payload);
                break;
            case FrameType.Fin:
                Existing(header).OnFin();
                RemoveIfOver(_streams[header.StreamId]);
                break;
            case FrameType.Reset:
                Existing(header).OnReset(BinaryPrimitives.ReadUInt64BigEndian(payload));
                RemoveIfOver(_streams[header.StreamId]);
                break;
            case FrameType.Stop:
                Known(header)?.OnStop(BinaryPrimitives.ReadUInt64BigEndian(payload));
                break;
            case FrameType.Credit:
                Known(header)?.OnCredit(BinaryPrimitives.ReadUInt32BigEndian(payload));
                break;
            case FrameType.ConnectionCredit:
                OnConnectionCredit(BinaryPrimitives.ReadUInt32BigEndian(payload));
                break;
            case FrameType.StreamsCredit:
                OnStreamsCredit(_bidirectional, BinaryPrimitives.ReadUInt32BigEndian(payload));
                OnStreamsCredit(_unidirectional, BinaryPrimitives.ReadUInt32BigEndian(payload[sizeof(uint)..]));
                break;
            case FrameType.Ping:
                _pongDue = true;
                _work.Set();
                break;
            case FrameType.Pong:
                break; // That something came was all of it.
            case FrameType.Close:
                End(new TransportClosed(TransportClosedBy.Peer, BinaryPrimitives.ReadUInt64BigEndian(payload), Encoding.UTF8.GetString(payload[sizeof(ulong)..])), null);
                break;
            case FrameType.Abort:
                OnAbort(BinaryPrimitives.ReadUInt64BigEndian(payload), Encoding.UTF8.GetString(payload[sizeof(ulong)..]));
                break;
        }
    }

    private void OnSettings(PeerSettings settings)
    {
        _peer = settings;
        _peerIsKnown = true;
        _connectionCredit = settings.ConnectionWindow;
        _bidirectional.Allowed = _unidirectional.Allowed = settings.MaxStreams;
        StartClock();
        _started.TrySetResult();
    }

    private void OnOpen(ulong id)
    {
        var lane = LaneOf(id);
        if (id != lane.NextTheirs)
            throw new MuxViolationException(MuxError.StreamId, $"Stream {id} was opened where {lane.NextTheirs} is next.");
        if (lane.TheirAllowed == 0)
            throw new MuxViolationException(MuxError.StreamLimit, $"Stream {id} is more than was allowed.");
        lane.TheirAllowed--;
        lane.NextTheirs += StreamIds.Step;
        Add(new TlsStream(this, id, isOurs: false, _peer.StreamWindow, _limits.StreamWindow));
    }

    private void OnData(FrameHeader header, ReadOnlySpan<byte> payload)
    {
        var stream = Existing(header);
        if (payload.Length > _connectionReceiveCredit)
            throw new MuxViolationException(MuxError.FlowControl, $"{payload.Length} bytes, where all streams together were allowed {_connectionReceiveCredit}.");
        _connectionReceiveCredit -= payload.Length;
        stream.OnData(payload);
    }

    private void OnConnectionCredit(uint bytes)
    {
        _connectionCredit += bytes;
        if (_connectionCredit > int.MaxValue)
            throw new MuxViolationException(MuxError.FlowControl, "The connection's credit is more than 2^31 - 1.");
        FeedStarved();
    }

    private void OnStreamsCredit(TlsLane lane, uint count)
    {
        if (count > (uint)(int.MaxValue - lane.Allowed))
            throw new MuxViolationException(MuxError.FlowControl, "More than 2^31 - 1 streams are allowed.");
        lane.Allowed += (int)count;
        while (lane.Allowed > 0 && lane.Waiting.TakeFirst() is { } request)
            request.Answer(Open(lane));
    }

    /// <summary>A stream that is not over, for frames that nothing but the sender's own end can make late.</summary>
    private TlsStream Existing(FrameHeader header) =>
        Known(header) ?? throw new MuxViolationException(MuxError.StreamState, $"A {header.Type} on stream {header.StreamId}, which is over.");

    /// <summary>The stream, or null when it is over; an id that was never opened is an error.</summary>
    private TlsStream? Known(FrameHeader header)
    {
        var lane = LaneOf(header.StreamId);
        var next = StreamIds.IsOf((long)header.StreamId, _isServer) ? lane.NextOurs : lane.NextTheirs;
        if (header.StreamId >= next)
            throw new MuxViolationException(MuxError.StreamId, $"A {header.Type} on stream {header.StreamId}, which nobody opened.");
        return _streams.GetValueOrDefault(header.StreamId);
    }
}
