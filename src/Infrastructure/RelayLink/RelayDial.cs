using System.Net;
using Skytale.Protocol;

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

    /// <summary>The agent's token for this relay.</summary>
    public required string Token { get; init; }

    /// <summary>The agent.</summary>
    public required AgentId AgentId { get; init; }

    /// <summary>The agent's identity key at work.</summary>
    public required SignProof SignProof { get; init; }

    /// <summary>Who and where, never the token.</summary>
    public override string ToString() => $"{AgentId} to {ServerName} at {EndPoint}";
}
