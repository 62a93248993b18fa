using System.Net;
using Microsoft.Extensions.Logging;
using Skytale.Protocol.Transport;
using Skytale.Quic;

namespace Skytale.Sdk;

/// <summary>What an agent needs to connect.</summary>
public sealed record SkytaleAgentOptions
{
    /// <summary>The agent's store: an SQLCipher database that <see cref="SkytaleAgent.CreateStoreAsync"/> made.</summary>
    public required string StorePath { get; init; }

    /// <summary>The store's key, 32 bytes.</summary>
    public required ReadOnlyMemory<byte> StoreKey { get; init; }

    /// <summary>Asked before each connection, because tokens live for an hour: a token, and where the relay is.</summary>
    public required Func<CancellationToken, Task<RelayAccess>> GetRelayAccess { get; init; }

    /// <summary>The clock; null: the system's.</summary>
    public TimeProvider? Time { get; init; }

    /// <summary>Where to log, without content or keys; null: nowhere.</summary>
    public ILoggerFactory? Logging { get; init; }

    /// <summary>What the connection may go over.</summary>
    public TransportChoice TransportChoice { get; init; }

    /// <summary>Whose QUIC, where it goes over QUIC.</summary>
    public QuicImplementation Quic { get; init; }

    /// <summary>What carries the connection, the caller's to dispose; null: what <see cref="TransportChoice"/> says.</summary>
    public ITransport? Transport { get; init; }
}

/// <summary>A token, and the relay that it is for.</summary>
/// <param name="Token">From POST /tokens.</param>
/// <param name="EndPoint">The relay's address, the same over UDP and TCP.</param>
/// <param name="ServerName">The relay's name, as in its certificate and in the token's audience.</param>
/// <param name="PinnedCertificateHash">SHA-256 of the only certificate to accept (32 bytes); null: the system's roots decide.</param>
public sealed record RelayAccess(string Token, IPEndPoint EndPoint, string ServerName, ReadOnlyMemory<byte>? PinnedCertificateHash)
{
    /// <summary>The relay, never the token.</summary>
    public override string ToString() => $"{ServerName} at {EndPoint}";
}
