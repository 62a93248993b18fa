using System.Net;

namespace Skytale.Sdk;

/// <summary>What an agent needs to connect: a token, and where the relay is.</summary>
/// <param name="ServerName">The relay's name, in its certificate and in the token.</param>
/// <param name="PinnedCertificateHash">SHA-256 of the only certificate to trust; null: the system's trust decides.</param>
public sealed record RelayAccess(string Token, IPEndPoint EndPoint, string ServerName, ReadOnlyMemory<byte>? PinnedCertificateHash)
{
    /// <inheritdoc/>
    public override string ToString() => $"{ServerName} at {EndPoint}";
}
