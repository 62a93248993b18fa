using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2.Tls;

namespace Skytale.Quic.Ngtcp2;

/// <summary>What is the same for all connections of one transport. Tests narrow it; a host takes what is here.</summary>
internal sealed record Ngtcp2TransportSettings
{
    /// <summary>The protocol that is offered and demanded (ALPN, RFC 7301).</summary>
    internal string ApplicationProtocol { get; init; } = TransportLimits.ApplicationProtocol;

    /// <summary>With this many handshakes under way, a client must first show that its address is real (RFC 9000 § 8.1.2).</summary>
    internal int RetryFrom { get; init; } = 64;

    /// <summary>Handshakes under way at once; further Initials get no answer, so that their clients try again.</summary>
    internal int MaxHalfOpen { get; init; } = 1024;

    /// <summary>Complete connections that nobody has accepted yet.</summary>
    internal int MaxUnaccepted { get; init; } = 4096;

    /// <summary>How long a client may take for its handshake at a server.</summary>
    internal TimeSpan ServerHandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes that a connection sends under one key before it takes the next (RFC 9001 § 6).</summary>
    internal long KeyUpdateAfter { get; init; } = 1L << 30;

    /// <summary>Nanoseconds since any moment; null: the machine's monotonic clock.</summary>
    internal Func<ulong>? Clock { get; init; }

    /// <summary>A directory that gets one trace a connection and side (qlog, JSON text sequences); null: none.</summary>
    internal string? QlogDirectory { get; init; }

    /// <summary>Where the secrets of handshakes are written; null: nowhere.</summary>
    internal KeyLog? KeyLog { get; init; }

    /// <summary>Version negotiations, stateless resets and refusals a second, together.</summary>
    internal int AnswersPerSecond { get; init; } = 200;

    /// <summary>What a host takes, with the switches that the environment sets: QLOGDIR and SSLKEYLOGFILE, as in other stacks.</summary>
    internal static Ngtcp2TransportSettings FromEnvironment(Func<string, string?> variable) => new()
    {
        QlogDirectory = variable("QLOGDIR") is { Length: > 0 } directory ? directory : null,
        KeyLog = variable("SSLKEYLOGFILE") is { Length: > 0 } path ? new KeyLog(path) : null,
    };
}
