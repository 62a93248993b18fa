using System.Security.Cryptography;
using Skytale.Groups;
using Skytale.Mls.Crypto;
using Skytale.Protocol;

namespace Skytale.Agent.Invitations;

/// <summary>
/// What an invitation's secret leads to, by HKDF-SHA-256 (RFC 5869) without a salt: an Ed25519 key that signs requests to join
/// (may I?), and a key that says of a group that it is the one (is this where I was invited to?).
/// </summary>
internal sealed class InvitationKeys : IDisposable
{
    private const int KeySize = 32;

    private InvitationKeys(SignatureKeyPair signing, Secret mac)
    {
        (Signing, Mac) = (signing, mac);
        Id = InvitationId.FromBytes(signing.PublicKey.Value.Span);
    }

    /// <summary>The invitation's id: the public half of <see cref="Signing"/>.</summary>
    public InvitationId Id { get; }

    public SignatureKeyPair Signing { get; }

    /// <summary>32 bytes; members know it too.</summary>
    public Secret Mac { get; }

    public static InvitationKeys Of(Secret secret)
    {
        Span<byte> pseudorandom = stackalloc byte[KeySize];
        HKDF.Extract(HashAlgorithmName.SHA256, secret.Span, salt: [], pseudorandom);
        using var seed = Expand(pseudorandom, "Skytale 1.0 invitation sign"u8);
        var mac = Expand(pseudorandom, "Skytale 1.0 invitation mac"u8);
        CryptographicOperations.ZeroMemory(pseudorandom);
        return new InvitationKeys(ChannelSuite.Default.Signature.FromSeed(seed.Span), mac);
    }

    public void Dispose()
    {
        Signing.Dispose();
        Mac.Dispose();
    }

    private static Secret Expand(ReadOnlySpan<byte> pseudorandom, ReadOnlySpan<byte> label)
    {
        Span<byte> key = stackalloc byte[KeySize];
        HKDF.Expand(HashAlgorithmName.SHA256, pseudorandom, key, label);
        var secret = Secret.Copy(key);
        CryptographicOperations.ZeroMemory(key);
        return secret;
    }
}
