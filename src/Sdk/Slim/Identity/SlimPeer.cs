using Skytale.Protocol.Envelopes;

namespace Skytale.Sdk.Slim;

/// <summary>Whom a verified identity token names.</summary>
/// <param name="Subject">The token's id, for instance <c>org/ns/app_x7Kd93Lq</c>.</param>
/// <param name="PublicKey">The key that signs this application's control messages and, with MLS, everything: an uncompressed P-256 point, 65 bytes.</param>
public sealed record SlimPeer(string Subject, ReadOnlyMemory<byte> PublicKey)
{
    /// <summary>The id in the names of this application: XXH3-128 of the subject.</summary>
    public SlimNameId NameId { get; } = SlimNameId.OfText(Subject);
}
