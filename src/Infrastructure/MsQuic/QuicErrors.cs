using System.Net;
using System.Net.Quic;
using System.Net.Sockets;
using System.Security.Authentication;
using Skytale.Protocol.Transport;

namespace Skytale.MsQuic;

/// <summary>What System.Net.Quic's exceptions mean here. Nothing else in this adapter reads one.</summary>
internal static class QuicErrors
{
    /// <summary>
    /// True for what the network, the peer or an end on this side brings about; QuicException is the usual one, TLS alerts come
    /// as AuthenticationException, an address that fails as SocketException. Anything else is a bug and not translated.
    /// </summary>
    internal static bool IsOutside(Exception e) => e is QuicException or AuthenticationException or SocketException or ObjectDisposedException;

    /// <summary>True when this side ended what was under way: the stream by an abort, or the connection by a close.</summary>
    internal static bool IsOwnAbort(Exception e) => e is ObjectDisposedException or QuicException { QuicError: QuicError.OperationAborted };

    /// <summary>The peer's code when it ended one direction of a stream (RESET_STREAM or STOP_SENDING); null for all else.</summary>
    internal static ulong? StreamCode(Exception e) =>
        e is QuicException { QuicError: QuicError.StreamAborted } quic ? (ulong)(quic.ApplicationErrorCode ?? 0) : null;

    /// <summary>Why an established connection ended.</summary>
    internal static TransportClosed Closed(Exception e) => e is QuicException quic
        ? Closed(quic.QuicError, quic.ApplicationErrorCode, quic.TransportErrorCode, quic.Message)
        : e is ObjectDisposedException
            ? new TransportClosed(TransportClosedBy.Local, 0, "")
            : new TransportClosed(TransportClosedBy.Transport, 0, e.Message);

    /// <inheritdoc cref="Closed(Exception)"/>
    internal static TransportClosed Closed(QuicError error, long? applicationCode, long? transportCode, string message) => error switch
    {
        // The protocol's reason phrase (RFC 9000 § 19.19) does not get through System.Net.Quic.
        QuicError.ConnectionAborted when applicationCode is { } code => new TransportClosed(TransportClosedBy.Peer, (ulong)code, ""),
        QuicError.ConnectionIdle => new TransportClosed(TransportClosedBy.IdleTimeout, 0, ""),
        QuicError.OperationAborted => new TransportClosed(TransportClosedBy.Local, 0, ""),
        _ => new TransportClosed(TransportClosedBy.Transport, 0, transportCode is { } code ? $"transport error 0x{code:x}: {message}" : message),
    };

    /// <summary>Why there is no connection. That this side refused the certificate is not here: the one who refused it knows.</summary>
    internal static TransportException Connecting(Exception e, IPEndPoint remote) => e switch
    {
        QuicException quic => Connecting(quic.QuicError, quic.ApplicationErrorCode, quic.TransportErrorCode, quic, remote),
        AuthenticationException => new TransportException(TransportError.ProtocolRefused, $"The TLS handshake failed: {e.Message}", inner: e),
        _ => Unreachable(e, remote),
    };

    /// <inheritdoc cref="Connecting(Exception, IPEndPoint)"/>
    internal static TransportException Connecting(QuicError error, long? applicationCode, long? transportCode, Exception inner, IPEndPoint remote) => error switch
    {
        QuicError.ConnectionAborted => new TransportException(TransportError.Closed, $"The peer closed the connection with code {applicationCode}.", (ulong?)applicationCode, inner),
        QuicError.OperationAborted => new TransportException(TransportError.Closed, "The connection was given up on this side.", inner: inner),
        QuicError.VersionNegotiationError => new TransportException(TransportError.ProtocolRefused, "The peer speaks no QUIC version 1.", inner: inner),

        // RFC 9001 § 4.8: 0x100 and a TLS alert.
        _ when transportCode is >= 0x100 and <= 0x1ff =>
            new TransportException(TransportError.ProtocolRefused, $"The server refused the handshake with TLS alert {transportCode - 0x100}.", inner: inner),
        _ => Unreachable(inner, remote),
    };

    /// <summary>Why nothing listens.</summary>
    internal static TransportException Listening(Exception e, IPEndPoint local) =>
        new(TransportError.CannotListen, $"Cannot listen on {local}: {e.Message}", inner: e);

    private static TransportException Unreachable(Exception e, IPEndPoint remote) =>
        new(TransportError.Unreachable, $"{remote} cannot be reached: {e.Message}", inner: e);
}
