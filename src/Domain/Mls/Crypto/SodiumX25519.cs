namespace Skytale.Mls.Crypto;

/// <summary>X25519 over libsodium.</summary>
internal sealed class SodiumX25519 : IXdh
{
    public static readonly SodiumX25519 Instance = new();

    public int Size => X25519Points.Size;

    public bool IsValidPublicKey(ReadOnlySpan<byte> publicKey) => X25519Points.IsValid(publicKey);

    public void PublicKey(Span<byte> publicKey, ReadOnlySpan<byte> privateKey) => Sodium.ScalarMultBase(publicKey, privateKey);

    public bool TryAgree(Span<byte> result, ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> publicKey) =>
        Sodium.ScalarMult(result, privateKey, publicKey);
}
