using Org.BouncyCastle.Math.EC.Rfc7748;

namespace Skytale.Mls.Crypto;

/// <summary>X25519 over BouncyCastle, where libsodium cannot be loaded.</summary>
internal sealed class BouncyX25519 : IXdh
{
    public static readonly BouncyX25519 Instance = new();

    public int Size => X25519Points.Size;

    public bool IsValidPublicKey(ReadOnlySpan<byte> publicKey) => X25519Points.IsValid(publicKey);

    public void PublicKey(Span<byte> publicKey, ReadOnlySpan<byte> privateKey) => X25519.GeneratePublicKey(privateKey, publicKey);

    public bool TryAgree(Span<byte> result, ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> publicKey) =>
        X25519.CalculateAgreement(privateKey, publicKey, result);
}
