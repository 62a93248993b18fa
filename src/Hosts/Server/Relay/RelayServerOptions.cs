using System.Net;
using System.Security.Cryptography.X509Certificates;
using Skytale.Protocol.Transport;

namespace Skytale.Server.Relay;

/// <summary>As whom and where the relay listens.</summary>
internal sealed record RelayServerOptions
{
    internal const int MostPendingHandshakes = 1024;

    /// <summary>The relay's name: the audience of agents' tokens.</summary>
    public required string Name { get; init; }

    /// <summary>The names that agents may dial: its own, and others that its certificate carries.</summary>
    public required IReadOnlyCollection<string> ServerNames { get; init; }

    public required IPEndPoint Listen { get; init; }

    public required X509Certificate2 Certificate { get; init; }

    /// <summary>What is sent after the certificate; null: nothing.</summary>
    public X509Certificate2Collection? Intermediates { get; init; }

    /// <summary>
    /// Small windows, for they are what a peer can make the relay hold before it has proved who it is: half a MiB a connection.
    /// </summary>
    public TransportLimits Limits { get; init; } = new() { StreamWindow = 256 << 10, ConnectionWindow = 512 << 10 };

    /// <summary>Called when the relay cannot accept connections any more; it serves those that it has.</summary>
    public Action? Failed { get; init; }

    /// <summary>For the whole handshake, from the connection to the proof.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Connections that have not proved who they are yet; each costs its windows at most. More are turned away.</summary>
    public int MaxPendingHandshakes { get; init; } = MostPendingHandshakes;

    /// <summary>What one address, account and key may have of the relay.</summary>
    public RelayRates Rates { get; init; } = new();
}
