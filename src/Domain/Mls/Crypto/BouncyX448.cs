using Org.BouncyCastle.Math.EC.Rfc7748;

namespace Skytale.Mls.Crypto;

/// <summary>X448 over BouncyCastle: neither the platform nor libsodium has it.</summary>
internal sealed class BouncyX448 : IXdh
{
    public static readonly BouncyX448 Instance = new();

    public int Size => X448Points.Size;

    public bool IsValidPublicKey(ReadOnlySpan<byte> publicKey) => X448Points.IsValid(publicKey);

    public void PublicKey(Span<byte> publicKey, ReadOnlySpan<byte> privateKey) => X448.GeneratePublicKey(privateKey, publicKey);

    public bool TryAgree(Span<byte> result, ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> publicKey) =>
        X448.CalculateAgreement(privateKey, publicKey, result);
}
