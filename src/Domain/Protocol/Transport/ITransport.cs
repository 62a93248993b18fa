using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Skytale.Protocol.Transport;

/// <summary>
/// Secure, multiplexed connections between agents and relays: QUIC in production, memory in tests, one contract for
/// all (RFC 9000's words: connection, stream, application error code). Every adapter passes one conformance suite.
/// </summary>
/// <remarks>All members may be called concurrently unless they say otherwise. Disposing closes and waits.</remarks>
public interface ITransport : IAsyncDisposable
{
    /// <summary>Opens a connection; returns when the handshake is confirmed, so the peer's certificate was accepted.</summary>
    /// <exception cref="TransportException">No answer, refused certificate, no common protocol.</exception>
    Task<ITransportConnection> ConnectAsync(TransportConnectOptions options, CancellationToken cancellationToken = default);

    /// <summary>Starts to listen; the listener is bound when this returns.</summary>
    /// <exception cref="TransportException">The address is in use or the certificate is unusable.</exception>
    Task<ITransportListener> ListenAsync(TransportListenOptions options, CancellationToken cancellationToken = default);
}

/// <summary>A bound endpoint that accepts connections. They are its own: disposing it ends them too, as code 0 to their peers.</summary>
public interface ITransportListener : IAsyncDisposable
{
    /// <summary>The bound address, with the port that the system chose when port 0 was asked for.</summary>
    IPEndPoint LocalEndPoint { get; }

    /// <summary>
    /// Shows another certificate from now on, as when the old one runs out. Connections live on, and those whose handshake has
    /// begun keep the certificate that they were shown.
    /// </summary>
    /// <param name="certificate">The certificate with its private key (ECDSA P-256 or RSA), which can be exported; not kept.</param>
    /// <param name="intermediates">What is sent after it, each the issuer of the one before; null: nothing. Not kept.</param>
    /// <exception cref="TransportException">
    /// <see cref="TransportError.CannotListen"/>: the certificate is unusable, and the old one stays.
    /// <see cref="TransportError.Closed"/>: the listener was disposed.
    /// </exception>
    void UseCertificate(X509Certificate2 certificate, X509Certificate2Collection? intermediates = null);

    /// <summary>The next connection whose handshake is complete. May be called concurrently; disposal ends it.</summary>
    /// <exception cref="TransportException"><see cref="TransportError.Closed"/>: the listener was disposed.</exception>
    ValueTask<ITransportConnection> AcceptAsync(CancellationToken cancellationToken = default);
}

/// <summary>One connection. Streams are independent: a blocked one holds back no other.</summary>
public interface ITransportConnection : IAsyncDisposable
{
    /// <summary>What carries it.</summary>
    TransportKind Kind { get; }

    /// <summary>The peer's address as this side sees it; where a connection outlives its peer's move, as in QUIC, the newest.</summary>
    IPEndPoint RemoteEndPoint { get; }

    /// <summary>SHA-256 of the server's end-entity certificate (DER): as seen by the client, as served by the server. 32 bytes.</summary>
    ReadOnlyMemory<byte> ServerCertificateHash { get; }

    /// <summary>Completes, never faults, when the connection has ended for any reason, with that reason.</summary>
    Task<TransportClosed> Closed { get; }

    /// <summary>Opens a bidirectional stream; waits while the peer's stream limit is reached.</summary>
    /// <exception cref="TransportException">The connection has ended.</exception>
    ValueTask<ITransportStream> OpenStreamAsync(CancellationToken cancellationToken = default);

    /// <summary>Opens a unidirectional stream to the peer; waits while the peer's limit of those is reached.</summary>
    /// <exception cref="TransportException">The connection has ended.</exception>
    ValueTask<ITransportSendStream> OpenSendStreamAsync(CancellationToken cancellationToken = default);

    /// <summary>The next bidirectional stream that the peer opened; it shows here with its first byte, end or reset.</summary>
    /// <exception cref="TransportException">The connection has ended.</exception>
    ValueTask<ITransportStream> AcceptStreamAsync(CancellationToken cancellationToken = default);

    /// <summary>The next unidirectional stream that the peer opened; it shows here with its first byte, end or reset.</summary>
    /// <exception cref="TransportException">The connection has ended.</exception>
    ValueTask<ITransportReceiveStream> AcceptReceiveStreamAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends the connection with an application error code that the peer sees; idempotent, the first code counts. What this
    /// side has not read is dropped; what the peer has received it may still read.
    /// </summary>
    ValueTask CloseAsync(ulong code, string reason);
}
