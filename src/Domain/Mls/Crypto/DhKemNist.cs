using System.Security.Cryptography;
using Skytale.Mls.Codec;

namespace Skytale.Mls.Crypto;

/// <summary>
/// DHKEM(P-256, HKDF-SHA256), DHKEM(P-384, HKDF-SHA384) and DHKEM(P-521, HKDF-SHA512), RFC 9180 §4.1 and §7.1, over the
/// platform. Public keys and KEM outputs are uncompressed points, private keys big-endian scalars of the field's size.
/// </summary>
internal sealed class DhKemNist(ushort id, NistCurve curve, IKdf kdf) : IKem
{
    public static readonly DhKemNist P256 = new(0x0010, NistCurve.P256, HkdfSha2.Sha256);
    public static readonly DhKemNist P384 = new(0x0011, NistCurve.P384, HkdfSha2.Sha384);
    public static readonly DhKemNist P521 = new(0x0012, NistCurve.P521, HkdfSha2.Sha512);

    private const int Candidates = 256;

    private readonly DhKemKdf _kdf = new(id, kdf);

    public ushort Id => id;

    public int SharedSecretSize => _kdf.SharedSecretSize;

    public int PrivateKeySize => curve.FieldSize;

    public bool IsValidPublicKey(ReadOnlySpan<byte> publicKey) => curve.IsPoint(publicKey);

    // def DeriveKeyPair(ikm):
    //   dkp_prk = LabeledExtract("", "dkp_prk", ikm)
    //   sk = 0
    //   counter = 0
    //   while sk == 0 or sk >= order:
    //     if counter > 255: raise DeriveKeyPairError
    //     bytes = LabeledExpand(dkp_prk, "candidate", I2OSP(counter, 1), Nsk)
    //     bytes[0] = bytes[0] & bitmask
    //     sk = OS2IP(bytes)
    //     counter = counter + 1
    //   return (sk, pk(sk))
    public HpkeKeyPair DeriveKeyPair(ReadOnlySpan<byte> keyingMaterial)
    {
        var privateKey = new HpkePrivateKey(DeriveScalar(keyingMaterial));
        return new HpkeKeyPair(PublicKeyOf(privateKey), privateKey);
    }

    public HpkePublicKey PublicKeyOf(HpkePrivateKey privateKey)
    {
        using var own = Import(privateKey);
        return new HpkePublicKey(new Opaque(PointOf(own)));
    }

    public (Secret SharedSecret, byte[] KemOutput) Encap(HpkePublicKey recipient, FillRandom random)
    {
        // GenerateKeyPair() is DeriveKeyPair(random(Nsk)), as RFC 9180 §4 proposes.
        using var seed = Secret.Random(PrivateKeySize, random);
        using var ephemeral = new HpkePrivateKey(DeriveScalar(seed.Span));
        using var own = Import(ephemeral);
        var kemOutput = PointOf(own);
        return (SharedSecret(own, recipient.Value.Span, kemOutput, recipient), kemOutput);
    }

    public Secret Decap(ReadOnlySpan<byte> kemOutput, HpkePrivateKey recipient, HpkePublicKey recipientPublicKey)
    {
        using var own = Import(recipient);
        return SharedSecret(own, kemOutput, kemOutput, recipientPublicKey);
    }

    private Secret DeriveScalar(ReadOnlySpan<byte> keyingMaterial)
    {
        using var prk = _kdf.ExtractKeyPair(keyingMaterial);
        for (var counter = 0; counter < Candidates; counter++)
        {
            var candidate = _kdf.ExpandKeyPair(prk, "candidate"u8, [(byte)counter], curve.FieldSize);
            candidate.Writable[0] &= curve.TopByteMask;
            if (curve.IsScalar(candidate.Span))
                return candidate;
            candidate.Dispose();
        }
        throw new MlsException(MlsError.InvalidPrivateKey, "DeriveKeyPairError");
    }

    private Secret SharedSecret(ECDiffieHellman own, ReadOnlySpan<byte> other, ReadOnlySpan<byte> kemOutput, HpkePublicKey recipient)
    {
        if (!curve.IsPoint(other))
            throw new MlsException(MlsError.InvalidPublicKey, "no point of the suite's curve");
        using var otherKey = ECDiffieHellman.Create(NistKeys.Public(curve, other));
        using var otherPublicKey = otherKey.PublicKey;

        // dh is the x-coordinate of the shared point, of the field's size (RFC 9180 §4.1).
        var x = own.DeriveRawSecretAgreement(otherPublicKey);
        using var dh = Secret.Copy(x);
        CryptographicOperations.ZeroMemory(x);
        return _kdf.ExtractAndExpand(dh, kemOutput, recipient.Value.Span);
    }

    private ECDiffieHellman Import(HpkePrivateKey privateKey) => NistKeys.WithPrivate(curve, privateKey.Value, ECDiffieHellman.Create);

    private byte[] PointOf(ECDiffieHellman key) => NistKeys.Point(curve, key.ExportParameters(includePrivateParameters: false).Q);
}
