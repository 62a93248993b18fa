using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2.Native;
using Skytale.Transport;

namespace Skytale.Quic.Ngtcp2.Streams;

/// <summary>The stream as the loop sees it: what arrived goes in, what is to be sent and asked comes out.</summary>
internal sealed partial class Ngtcp2Stream
{
    private int _uncredited;
    private bool _resetRequested;
    private ulong _resetCode;
    private bool _stopReadingRequested;
    private bool _accepted;
    private bool _wireClosed;
    private bool _finSent;

    /// <summary>True while the connection's send queue holds the stream. Loop thread only.</summary>
    internal bool InSendQueue { get; set; }

    /// <summary>True when there are bytes to send, or only the end.</summary>
    internal bool HasWork
    {
        get
        {
            lock (_gate)
                return !_wireClosed && (_send.HasUnsent || (_finQueued && !_finSent));
        }
    }

    /// <summary>True when only the end is left to send, which needs no window.</summary>
    internal bool OnlyFinLeft
    {
        get
        {
            lock (_gate)
                return !_wireClosed && !_send.HasUnsent && _finQueued && !_finSent;
        }
    }

    public void RunOnLoop()
    {
        Interlocked.Exchange(ref _posted, 0);
        StreamRequests requests;
        lock (_gate)
        {
            requests = new StreamRequests(_wireClosed, _uncredited, _resetRequested ? _resetCode : null, _stopReadingRequested);
            _uncredited = 0;
            _resetRequested = false;
            _stopReadingRequested = false;
        }
        _connection.Serve(this, requests);
    }

    /// <summary>The application has it; true when the peer may have another in its place.</summary>
    internal bool Accept()
    {
        lock (_gate)
        {
            _accepted = true;
            return _wireClosed;
        }
    }

    /// <summary>Unsent bytes in place, for ngtcp2 to read; <paramref name="fin"/> when the end follows them.</summary>
    internal unsafe int Describe(Ngtcp2Vec* pieces, int max, out bool fin)
    {
        lock (_gate)
        {
            var count = _send.Describe(pieces, max, out var reachesEnd);
            fin = reachesEnd && _finQueued;
            return count;
        }
    }

    /// <summary>ngtcp2 took this much, and the end too where it was offered and everything was taken.</summary>
    internal void MarkSent(long bytes, bool finOffered)
    {
        lock (_gate)
        {
            _send.MarkSent(bytes);
            _finSent |= finOffered && !_send.HasUnsent;
        }
    }

    internal void OnAcknowledged(long offset)
    {
        lock (_gate)
        {
            _send.Acknowledge(offset);
            if (_send.Room >= SendBuffer.Capacity / 2)
                _writable.Set();
        }
    }

    /// <summary>Returns how many of the bytes nobody will read.</summary>
    internal int OnData(ReadOnlySpan<byte> bytes, bool fin)
    {
        lock (_gate)
        {
            if (_readEnd is not null)
                return bytes.Length;
            _received.Append(bytes);
            _finReceived |= fin;
            _readable.Set();
            return 0;
        }
    }

    /// <summary>The peer abandoned its direction. Returns how many unread bytes were dropped.</summary>
    internal int OnReset(ulong code)
    {
        lock (_gate)
        {
            _readEnd ??= StreamEnd.ResetByPeer(code);
            _finReceived = false;
            _readable.Set();
            return _received.Clear();
        }
    }

    internal void OnStopSending(ulong code)
    {
        lock (_gate)
        {
            _writeEnd ??= StreamEnd.StoppedByPeer(code);
            _writable.Set();
        }
    }

    /// <summary>
    /// Both directions are over on the wire; what was received stays readable. True when the application has had the stream,
    /// so that the peer may have another: a stream that waits to be accepted still counts.
    /// </summary>
    internal bool OnWireClosed(ulong? code)
    {
        lock (_gate)
        {
            // A reset and a stop that come together may close the stream without a call for each.
            EndOnWire(code is { } reset ? StreamEnd.ResetByPeer(reset) : new StreamEnd(TransportError.Closed, "The stream is closed.", null));
            return _accepted;
        }
    }

    internal void OnConnectionEnded(TransportClosed closed)
    {
        lock (_gate)
        {
            // What the peer sent before it closed may be read to the end; after a close of this side nobody wants it.
            if (closed.Kind == TransportClosedBy.Local)
            {
                _received.Clear();
                _finReceived = false;
            }
            EndOnWire(StreamEnd.With(closed));
        }
    }

    private void EndOnWire(StreamEnd end)
    {
        _wireClosed = true;
        _send.Free();
        _writeEnd ??= end;
        _readEnd ??= end;
        _readable.Set();
        _writable.Set();
    }
}

/// <summary>What an application asked of a stream since the loop last looked.</summary>
internal readonly record struct StreamRequests(bool WireClosed, int Credit, ulong? ResetCode, bool StopReading);
