namespace Skytale.Protocol.Transport;

/// <summary>What went wrong on a transport.</summary>
public enum TransportError
{
    /// <summary>Nobody answered within the handshake timeout, or the address refused.</summary>
    Unreachable,

    /// <summary>The server's certificate is not the pinned one, does not chain to a trusted root, or names another host.</summary>
    CertificateRefused,

    /// <summary>The peer does not speak <c>skytale/1</c> or TLS 1.3.</summary>
    ProtocolRefused,

    /// <summary>The stream was reset by the peer; <see cref="TransportException.Code"/> is its code.</summary>
    StreamReset,

    /// <summary>The connection or listener has ended; <see cref="TransportException.Code"/> is the application code if one was given.</summary>
    Closed,

    /// <summary>The native library is missing or has another layout than the one this build knows; the message says what to install.</summary>
    NotInstalled,

    /// <summary>The address is in use, or the certificate is unusable.</summary>
    CannotListen,
}

/// <summary>A transport failure, foreign exceptions and native codes translated.</summary>
public sealed class TransportException(TransportError error, string message, ulong? code = null, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>What went wrong.</summary>
    public TransportError Error { get; } = error;

    /// <summary>The peer's application error code, where one came.</summary>
    public ulong? Code { get; } = code;
}

/// <summary>Why a connection ended.</summary>
/// <param name="Kind">Who ended it, and how.</param>
/// <param name="Code">The application error code; 0 where there is none.</param>
/// <param name="Reason">The peer's or our own words; may be empty.</param>
public sealed record TransportClosed(TransportClosedBy Kind, ulong Code, string Reason);

/// <summary>Who ended a connection, and how.</summary>
public enum TransportClosedBy
{
    /// <summary>This side, by CloseAsync or disposal.</summary>
    Local,

    /// <summary>The peer, with an application error code.</summary>
    Peer,

    /// <summary>No packet for the idle timeout.</summary>
    IdleTimeout,

    /// <summary>The transport itself failed (protocol violation, stateless reset, lost socket).</summary>
    Transport,
}
