using System.Net;
using System.Security.Cryptography.X509Certificates;
using Skytale.Protocol.Transport;

namespace Skytale.Server.Relay;

/// <summary>As whom and where the relay listens.</summary>
internal sealed record RelayServerOptions
{
    /// <summary>The relay's name: the audience of agents' tokens.</summary>
    public required string Name { get; init; }

    /// <summary>The names that agents may dial: its own, and others that its certificate carries.</summary>
    public required IReadOnlyCollection<string> ServerNames { get; init; }

    public required IPEndPoint Listen { get; init; }

    public required X509Certificate2 Certificate { get; init; }

    /// <summary>What is sent after the certificate; null: nothing.</summary>
    public X509Certificate2Collection? Intermediates { get; init; }

    public TransportLimits Limits { get; init; } = new();

    /// <summary>For the whole handshake, from the connection to the proof.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Connections that have not proved who they are yet; each costs a read buffer. More are turned away.</summary>
    public int MaxPendingHandshakes { get; init; } = 1024;
}
