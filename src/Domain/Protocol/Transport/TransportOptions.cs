using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Skytale.Protocol.Transport;

/// <summary>Where to connect and whom to trust.</summary>
public sealed record TransportConnectOptions
{
    /// <summary>The relay's address.</summary>
    public required IPEndPoint RemoteEndPoint { get; init; }

    /// <summary>The name that the certificate must carry; also sent as SNI.</summary>
    public required string ServerName { get; init; }

    /// <summary>
    /// SHA-256 of the only end-entity certificate to accept (32 bytes); the way to trust a generated certificate.
    /// Null: the certificate must chain to <see cref="TrustedRoots"/>, or to the system's roots where that is null too,
    /// and must carry <see cref="ServerName"/>.
    /// </summary>
    public ReadOnlyMemory<byte>? PinnedCertificateHash { get; init; }

    /// <summary>Roots to trust in place of the system's.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>Gives up when the handshake takes longer.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Limits and timers.</summary>
    public TransportLimits Limits { get; init; } = new();
}

/// <summary>Where to listen and as whom.</summary>
public sealed record TransportListenOptions
{
    /// <summary>The address to bind; port 0 lets the system choose.</summary>
    public required IPEndPoint LocalEndPoint { get; init; }

    /// <summary>The certificate with its private key (ECDSA P-256 or RSA), which can be exported; not kept.</summary>
    public required X509Certificate2 Certificate { get; init; }

    /// <summary>The certificates between it and a root that clients trust: each the issuer of the one before. Null: none.</summary>
    public X509Certificate2Collection? Intermediates { get; init; }

    /// <summary>
    /// Handshakes that one address (IPv6: one /64) may have under way, so that it does not fill the listener's bound for all;
    /// further ones are not answered. Where the system's library counts handshakes by itself, as System.Net.Quic's, it does not hold.
    /// </summary>
    public int HandshakesPerAddress { get; init; } = 256;

    /// <summary>Limits and timers.</summary>
    public TransportLimits Limits { get; init; } = new();
}

/// <summary>What one connection may use.</summary>
public sealed record TransportLimits
{
    /// <summary>The application protocol (ALPN) that both sides must speak.</summary>
    public const string ApplicationProtocol = "skytale/1";

    /// <summary>Bytes that a peer may have under way on one stream.</summary>
    public int StreamWindow { get; init; } = 1 << 20;

    /// <summary>Bytes that a peer may have under way on all streams together.</summary>
    public int ConnectionWindow { get; init; } = 8 << 20;

    /// <summary>Streams that a peer may have open at once: so many bidirectional ones, and as many unidirectional ones.</summary>
    public int MaxStreams { get; init; } = 1024;

    /// <summary>A connection without a packet for this long is gone.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a quiet connection is kept alive; zero: never.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(10);
}
