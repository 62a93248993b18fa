using System.Security.Cryptography;

namespace Skytale.Mls.Crypto;

/// <summary>HKDF over SHA-2, from the platform.</summary>
internal sealed class HkdfSha2(ushort id, HashAlgorithmName hash, int hashSize) : IKdf
{
    public static readonly HkdfSha2 Sha256 = new(0x0001, HashAlgorithmName.SHA256, 32);
    public static readonly HkdfSha2 Sha384 = new(0x0002, HashAlgorithmName.SHA384, 48);
    public static readonly HkdfSha2 Sha512 = new(0x0003, HashAlgorithmName.SHA512, 64);

    private const int InfoStackBytes = 512;

    public ushort Id => id;

    public int HashSize => hashSize;

    public void Hash(ReadOnlySpan<byte> data, Span<byte> destination) => CryptographicOperations.HashData(hash, data, destination);

    public void Mac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, Span<byte> destination) =>
        CryptographicOperations.HmacData(hash, key, data, destination);

    public void Extract(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> keyingMaterial, Span<byte> destination) =>
        Mac(salt, keyingMaterial, destination);

    public void Expand(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> info, Span<byte> destination)
    {
        if (destination.Length > hashSize || info.Length > InfoStackBytes)
        {
            HKDF.Expand(hash, secret, destination, info);
            return;
        }

        // RFC 5869 §2.3, where one block is enough, as nearly always: T(1) = HMAC(PRK, info | 0x01), without an object.
        Span<byte> input = stackalloc byte[info.Length + 1];
        info.CopyTo(input);
        input[^1] = 0x01;
        Span<byte> block = stackalloc byte[hashSize];
        Mac(secret, input, block);
        block[..destination.Length].CopyTo(destination);
        CryptographicOperations.ZeroMemory(block);
    }
}
