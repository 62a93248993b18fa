using Skytale.Protocol.Transport;
using Skytale.Tls.Frames;
using Skytale.Transport;

namespace Skytale.Tls;

/// <summary>A stream's frames, both ways. Everything here is called inside the connection's lock.</summary>
internal sealed partial class TlsStream
{
    private readonly ulong _wireId;
    private long _sendCredit;
    private int _receiveCredit; // What the peer may still send.
    private int _uncredited;    // What was read and not given back to it.
    private bool _openDue;
    private bool _finQueued;
    private bool _finReceived;
    private bool _sendOver;     // A Fin or Reset was sent.
    private bool _receiveOver;  // One was received.
    private ulong? _resetDue;
    private ulong? _stopDue;
    private bool _announced;

    /// <summary>This side opened it.</summary>
    internal bool IsOurs { get; }

    internal ulong WireId => _wireId;

    /// <summary>It waits for its turn in the connection's queue.</summary>
    internal bool IsQueued { get; set; }

    internal bool IsAccepted { get; set; }

    /// <summary>Something was received and not read.</summary>
    internal bool HasUnread => _received.Length > 0;

    /// <summary>Neither side sends anything more of it.</summary>
    internal bool IsOver => _sendOver && _receiveOver;

    /// <summary>Nothing but connection credit is missing for more data.</summary>
    internal bool HasSendableData => !_sendOver && _resetDue is null && _toSend.Length > 0 && _sendCredit > 0;

    /// <summary>Writes what is due, and at most one data frame of what the connection's credit allows.</summary>
    internal void Collect(ref FrameWriter writer, ref long connectionCredit)
    {
        if (_openDue)
            writer.Write(FrameType.Open, _wireId);
        _openDue = false;
        if (_stopDue is { } stop && !_receiveOver)
            writer.WriteUInt64(FrameType.Stop, _wireId, stop);
        _stopDue = null;
        if (_uncredited >= _connection.StreamCreditStep && !_receiveOver && !_abandoned)
        {
            writer.WriteUInt32(FrameType.Credit, _wireId, (uint)_uncredited);
            _receiveCredit += _uncredited;
            _uncredited = 0;
        }
        if (_sendOver)
            return;

        if (_resetDue is { } reset)
        {
            writer.WriteUInt64(FrameType.Reset, _wireId, reset);
            _sendOver = true;
            return;
        }
        var length = (int)Math.Min(Math.Min(_sendCredit, connectionCredit), Math.Min(_toSend.Length, FrameHeader.MaxPayload));
        length = Math.Min(length, writer.Room - 2 * FrameHeader.Size); // Behind it a Fin must have room.
        if (length > 0)
        {
            _toSend.Take(writer.BeginData(_wireId, length));
            _sendCredit -= length;
            connectionCredit -= length;
            _writable.Set();
        }
        if (_finQueued && _toSend.Length == 0)
        {
            writer.Write(FrameType.Fin, _wireId);
            _sendOver = true;
        }
    }

    internal void OnData(ReadOnlySpan<byte> bytes)
    {
        RequireOpen(FrameType.Data);
        if (bytes.Length > _receiveCredit)
            throw new MuxViolationException(MuxError.FlowControl, $"{bytes.Length} bytes on stream {_wireId}, where {_receiveCredit} were allowed.");
        _receiveCredit -= bytes.Length;
        Announce();
        if (_abandoned)
        {
            _connection.Consumed(bytes.Length); // Nobody will read it; the other streams need its place.
            return;
        }
        _received.Append(bytes);
        _readable.Set();
    }

    internal void OnFin()
    {
        RequireOpen(FrameType.Fin);
        _receiveOver = true;
        _finReceived = !_abandoned;
        Announce();
        _readable.Set();
    }

    internal void OnReset(ulong code)
    {
        RequireOpen(FrameType.Reset);
        _receiveOver = true;
        _readEnd ??= StreamEnd.ResetByPeer(code);
        DropReceived();
        Announce();
        _readable.Set();
    }

    /// <summary>The peer reads no more: what it was to get is dropped, and it is told that nothing more comes.</summary>
    internal void OnStop(ulong code)
    {
        RequireSender(FrameType.Stop);
        if (_sendOver)
            return; // Our Fin or Reset was under way to it.
        _writeEnd ??= StreamEnd.StoppedByPeer(code);
        DropUnsent(code);
        _writable.Set();
        _connection.Enqueue(this);
    }

    internal void OnCredit(uint bytes)
    {
        RequireSender(FrameType.Credit);
        _sendCredit += bytes;
        if (_sendCredit > int.MaxValue)
            throw new MuxViolationException(MuxError.FlowControl, $"The credit of stream {_wireId} is more than 2^31 - 1.");
        if (HasSendableData)
            _connection.Enqueue(this);
    }

    /// <summary>What the peer sent before may still be read, unless this side ended the connection.</summary>
    internal void OnConnectionEnded(TransportClosed closed)
    {
        var end = StreamEnd.With(closed);
        _readEnd ??= end;
        _writeEnd ??= end;
        _toSend.Clear();
        if (closed.Kind == TransportClosedBy.Local)
            DropUnread(end);
        _readable.Set();
        _writable.Set();
    }

    /// <summary>This side has ended the connection, or dropped it after its end: nothing of the stream is read any more.</summary>
    internal void DropUnread(StreamEnd end)
    {
        _readEnd ??= end;
        _finReceived = false;
        _received.Clear();
        _readable.Set();
    }

    private void RequireOpen(FrameType type)
    {
        if (_receiveOver)
            throw new MuxViolationException(MuxError.StreamState, $"A {type} behind the end of stream {_wireId}, or against its direction.");
    }

    private void RequireSender(FrameType type)
    {
        if (_writeEnd == StreamEnd.Never)
            throw new MuxViolationException(MuxError.StreamState, $"A {type} for stream {_wireId}, whose only sender it is from.");
    }

    private void Announce()
    {
        if (IsOurs || _announced)
            return;
        _announced = true;
        _connection.Announce(this);
    }

    private void DropUnsent(ulong code)
    {
        _toSend.Clear();
        _resetDue ??= code;
    }

    private void DropReceived()
    {
        _finReceived = false;
        _connection.Consumed(_received.Clear());
        _connection.OnRead(this);
    }
}
