using System.Net;

namespace Skytale.Sdk;

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
