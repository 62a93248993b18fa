using System.Text;
using NSec.Cryptography;

namespace Skytale.SlimWire;

/// <summary>One side's X25519 key of a link's negotiation: made for it and thrown away after it.</summary>
public sealed class LinkKey : IDisposable
{
    /// <summary>Bytes of a public key.</summary>
    public const int PublicKeySize = 32;

    private static readonly KeyAgreementAlgorithm s_x25519 = KeyAgreementAlgorithm.X25519;
    private readonly Key _key;

    /// <summary>A fresh key pair, for one link.</summary>
    public LinkKey() => _key = Key.Create(s_x25519);

    /// <summary>For tests: the same key again.</summary>
    internal LinkKey(ReadOnlySpan<byte> privateKey) => _key = Key.Import(s_x25519, privateKey, KeyBlobFormat.RawPrivateKey);

    /// <summary>What the other side is sent: <c>link_ecdh_public_key</c>.</summary>
    public ReadOnlyMemory<byte> PublicKey => _key.PublicKey.Export(KeyBlobFormat.RawPublicKey);

    /// <summary>
    /// The MAC of the link's headers: its key is HKDF-SHA256 over what X25519 yields, with the link's id as salt and
    /// <c>SLIM-DP-inter-node-hmac-v1</c> as info.
    /// </summary>
    /// <returns>Null where the other side's key is not 32 bytes, or a point that makes every secret the same.</returns>
    public HeaderMac? Agree(ReadOnlySpan<byte> theirPublicKey, string linkId)
    {
        if (theirPublicKey.Length != PublicKeySize || !NSec.Cryptography.PublicKey.TryImport(s_x25519, theirPublicKey, KeyBlobFormat.RawPublicKey, out var theirs) || theirs is null)
            return null;
        using var shared = s_x25519.Agree(_key, theirs);
        return shared is null
            ? null
            : new HeaderMac(KeyDerivationAlgorithm.HkdfSha256.DeriveBytes(shared, Encoding.UTF8.GetBytes(linkId), "SLIM-DP-inter-node-hmac-v1"u8, HeaderMac.Size), linkId);
    }

    /// <summary>Zeroes the private key.</summary>
    public void Dispose() => _key.Dispose();
}
