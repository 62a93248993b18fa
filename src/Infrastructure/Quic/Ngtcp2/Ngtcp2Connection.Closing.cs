using System.Text;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2.Loop;
using Skytale.Quic.Ngtcp2.Native;
using Skytale.Quic.Ngtcp2.Streams;
using Skytale.Transport;

namespace Skytale.Quic.Ngtcp2;

/// <summary>The end of a connection (RFC 9000 § 10): by a close of either side, silently, or by an error.</summary>
internal sealed unsafe partial class Ngtcp2Connection
{
    private const int MaxReasonBytes = 512;
    private const int MaxCloseResends = 4;
    private const int ClosePacketSize = 1200;

    private State _state = State.New;
    private byte[]? _closePacket;
    private int _closeResends;
    private Exception? _callbackFailure;
    private bool _wasResetStateless;

    private enum State
    {
        New,
        Open,

        /// <summary>We said that it is over, and say so again to whoever still sends.</summary>
        Closing,

        /// <summary>The peer said so; we say nothing more.</summary>
        Draining,
        Gone,
    }

    internal bool IsEnded => _closed.Task.IsCompleted;

    /// <summary>The peer does not know this connection any more (RFC 9000 § 10.3), as a server that has started anew.</summary>
    internal void OnStatelessReset() => _wasResetStateless = true;

    internal void OnCallbackFailure(Exception e) => _callbackFailure ??= e;

    /// <summary>Ends the connection because its endpoint ends: the peer is told once, and nothing is kept.</summary>
    internal void EndWithEndpoint(Exception? failure, ulong now)
    {
        if (_state == State.Open)
        {
            if (failure is null)
                CloseAsAsked(_closeRequest ?? new CloseRequest(0, ""), now);
            else
                End(State.Draining, new TransportClosed(TransportClosedBy.Transport, 0, failure.Message), null);
        }
        Delete();
    }

    /// <summary>An endpoint that ended before this connection's first packet.</summary>
    private void TryStartClient()
    {
        if (_endpoint.IsEnding)
        {
            End(State.Gone, new TransportClosed(TransportClosedBy.Local, 0, ""), null);
            return;
        }
        try
        {
            StartClient();
        }
        catch (TransportException e)
        {
            End(State.Gone, new TransportClosed(TransportClosedBy.Transport, 0, e.Message), e); // A server name that TLS cannot carry.
        }
    }

    private void CloseAsAsked(CloseRequest request, ulong now)
    {
        Ngtcp2CcErr error;
        Ngtcp2Native.ngtcp2_ccerr_default(&error);
        var reason = Truncated(request.Reason);
        fixed (byte* text = reason)
        {
            Ngtcp2Native.ngtcp2_ccerr_set_application_error(&error, request.Code, text, (nuint)reason.Length);
            SendClose(&error, now);
        }
        End(State.Closing, new TransportClosed(TransportClosedBy.Local, request.Code, request.Reason), null);
    }

    /// <summary>What an error of a read, a write or a timer means for the connection.</summary>
    private void Fail(int result, ulong now)
    {
        switch (result)
        {
            case Ngtcp2Error.Draining:
                End(State.Draining, ClosedByPeer(out var refusal), refusal);
                return;
            case Ngtcp2Error.IdleClose:
                End(State.Draining, new TransportClosed(TransportClosedBy.IdleTimeout, 0, ""), Unreachable("The peer stopped answering during the handshake."));
                Delete();
                return;
            case Ngtcp2Error.HandshakeTimeout:
                End(State.Draining, new TransportClosed(TransportClosedBy.Transport, 0, "handshake timeout"), Unreachable($"{RemoteEndPoint} did not answer within the handshake timeout."));
                Delete();
                return;
            case Ngtcp2Error.RecvVersionNegotiation:
                End(State.Draining, new TransportClosed(TransportClosedBy.Transport, 0, "no common version"), new TransportException(TransportError.ProtocolRefused, "The peer speaks no QUIC version 1."));
                Delete();
                return;
            case Ngtcp2Error.DropConn or Ngtcp2Error.Retry:
                End(State.Draining, new TransportClosed(TransportClosedBy.Transport, 0, Ngtcp2Native.ErrorText(result)), null);
                Delete();
                return;
        }

        Ngtcp2CcErr error;
        Ngtcp2Native.ngtcp2_ccerr_default(&error);
        if (result == Ngtcp2Error.Crypto)
            Ngtcp2Native.ngtcp2_ccerr_set_tls_alert(&error, Ngtcp2Native.ngtcp2_conn_get_tls_alert(_conn), null, 0);
        else
            Ngtcp2Native.ngtcp2_ccerr_set_liberr(&error, result, null, 0);
        SendClose(&error, now);
        var text = _callbackFailure?.Message ?? Ngtcp2Native.ErrorText(result);
        End(State.Closing, new TransportClosed(TransportClosedBy.Transport, 0, text),
            new TransportException(TransportError.ProtocolRefused, $"The handshake failed: {text}", inner: _callbackFailure));
    }

    private TransportClosed ClosedByPeer(out TransportException refusal)
    {
        if (_wasResetStateless)
        {
            const string words = "the peer does not know the connection (stateless reset)";
            refusal = Unreachable(words);
            return new TransportClosed(TransportClosedBy.Transport, 0, words);
        }
        var error = Ngtcp2Native.ngtcp2_conn_get_ccerr(_conn);
        var reason = error->ReasonLength > 0 ? Encoding.UTF8.GetString(error->Reason, (int)error->ReasonLength) : "";
        if (error->Type == Ngtcp2CcErr.Application)
        {
            refusal = new TransportException(TransportError.Closed, $"The peer closed the connection with code {error->ErrorCode}: {reason}", error->ErrorCode);
            return new TransportClosed(TransportClosedBy.Peer, error->ErrorCode, reason);
        }
        refusal = HandshakeRefusal(error->ErrorCode);
        return new TransportClosed(TransportClosedBy.Transport, 0, $"the peer ended the connection with transport error 0x{error->ErrorCode:x} {reason}".TrimEnd());
    }

    /// <summary>What a server's transport error during the handshake means (RFC 9000 § 20.1; 0x100 and above are TLS alerts).</summary>
    private static TransportException HandshakeRefusal(ulong code) => code is >= 0x100 and <= 0x1ff
        ? new TransportException(TransportError.ProtocolRefused, $"The server refused the handshake with TLS alert {code - 0x100}.")
        : Unreachable($"The server refused the connection with transport error 0x{code:x}.");

    private static TransportException Unreachable(string message) => new(TransportError.Unreachable, message);

    private void SendClose(Ngtcp2CcErr* error, ulong now)
    {
        Ngtcp2PktInfo info = default;
        var packet = stackalloc byte[ClosePacketSize];
        var path = _endpoint.WritePath;
        var length = (int)Ngtcp2Native.ngtcp2_conn_write_connection_close_versioned(_conn, path, 1, &info, packet, ClosePacketSize, error, now);
        if (length <= 0)
            return; // Nothing may be said yet, as before a peer's address is validated.
        _closePacket = new ReadOnlySpan<byte>(packet, length).ToArray();
        _endpoint.Send(_closePacket, path);
    }

    private void ResendClose()
    {
        if (_closePacket is not null && _closeResends++ < MaxCloseResends)
            _endpoint.Send(_closePacket, Ngtcp2Native.ngtcp2_conn_get_path(_conn));
    }

    /// <summary>Tells everybody who waits. The native connection stays for three probe timeouts, so that late packets find it.</summary>
    private void End(State state, TransportClosed closed, TransportException? handshakeFailure)
    {
        if (_state is not (State.New or State.Open))
            return;
        var wasHalfOpen = IsServer && IsHalfOpen;
        if (_handshakeCompleted)
            RecordRoundTrip();
        else
            _endpoint.Metrics.OnHandshakeEnded(IsServer, completed: false);
        _state = state;
        if (_conn != null)
        {
            Expiry = _endpoint.Loop.Now + 3 * Ngtcp2Native.ngtcp2_conn_get_pto(_conn);
            _endpoint.Timers.Schedule(this);
        }
        if (wasHalfOpen)
            _endpoint.OnHalfOpenEnded(this);

        foreach (var stream in _streams.Values)
            stream.OnConnectionEnded(closed);
        _endpoint.Counters.AddStreams(-_streams.Count);
        _streams.Clear();
        _sendQueue.Clear();

        OpenStreamRequest[] waiting;
        lock (_gate)
        {
            _closed.TrySetResult(closed);
            waiting = [.. _bidirectional.TakeAll(), .. _unidirectional.TakeAll()];
        }
        foreach (var request in waiting)
            request.TryFail(EndedException());
        _bidirectional.Incoming.Writer.TryComplete();
        _unidirectional.Incoming.Writer.TryComplete();
        if (!IsServer)
            _confirmed.TrySetException(_refusal ?? handshakeFailure ?? StreamEnd.With(closed).ToException());
    }

    private void RecordRoundTrip()
    {
        Ngtcp2ConnInfo info;
        Ngtcp2Native.ngtcp2_conn_get_conn_info_versioned(_conn, Ngtcp2ConnInfo.Version, &info);
        _endpoint.Metrics.OnRoundTripKnown(info.SmoothedRtt);
    }

    /// <summary>Gives the native memory back; the loop never meets the connection again.</summary>
    private void Delete()
    {
        _state = State.Gone;
        if (_conn == null)
            return;
        TimerQueue.Remove(this);
        _endpoint.Remove(this);
        Ngtcp2Native.ngtcp2_conn_del(_conn);
        _conn = null;
        EndQlog(); // ngtcp2_conn_del wrote the last piece.
        _tls!.Dispose();
        _handle.Free();
    }

    /// <summary>The reason in UTF-8, cut between characters.</summary>
    private static byte[] Truncated(string reason)
    {
        var bytes = Encoding.UTF8.GetBytes(reason);
        if (bytes.Length <= MaxReasonBytes)
            return bytes;
        var end = MaxReasonBytes;
        while ((bytes[end] & 0xC0) == 0x80)
            end--;
        return bytes[..end];
    }
}
