using System.Net;
using Skytale.Protocol;
using Skytale.Protocol.Transport;

namespace Skytale.RelayLink;

/// <summary>Signs the proof of possession: 64 bytes by the identity key over the content under the label RelayProof.</summary>
public delegate ReadOnlyMemory<byte> SignProof(ReadOnlyMemory<byte> content);

/// <summary>Where a relay is and who connects. Made anew for every connection, because tokens expire.</summary>
public sealed record RelayDial
{
    /// <summary>The relay's address.</summary>
    public required IPEndPoint EndPoint { get; init; }

    /// <summary>The relay's name: in its certificate, in the token's audience and in the proof.</summary>
    public required string ServerName { get; init; }

    /// <summary>SHA-256 of the only certificate to accept; null: the system's roots decide.</summary>
    public ReadOnlyMemory<byte>? PinnedCertificateHash { get; init; }

    /// <summary>The agent's token for this relay; null for a SLIM proxy, whose key the relay's configuration names.</summary>
    public required string? Token { get; init; }

    /// <summary>The agent, or the proxy by its key.</summary>
    public required AgentId AgentId { get; init; }

    /// <summary>The agent's identity key at work.</summary>
    public required SignProof SignProof { get; init; }

    /// <summary>What the relay may have under way. A proxy's links share a connection: none must fill its window alone.</summary>
    public TransportLimits Limits { get; init; } = new();

    /// <summary>Who and where, never the token.</summary>
    public override string ToString() => $"{AgentId} to {ServerName} at {EndPoint}";
}
