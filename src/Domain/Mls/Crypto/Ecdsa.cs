using System.Security.Cryptography;
using Skytale.Mls.Codec;

namespace Skytale.Mls.Crypto;

/// <summary>
/// ECDSA over P-256, P-384 and P-521 with the hash of the curve's size, from the platform. Public keys are uncompressed
/// points, private keys big-endian scalars, signatures DER in its one form (<see cref="EcdsaSignatures"/>).
/// </summary>
/// <remarks>
/// This is the one place whose randomness is not a parameter: the platform draws the nonce. RFC 6979's deterministic one
/// would be purer, but the only implementation of it here multiplies in a time that depends on the nonce, of which a few
/// bits a signature give the key away. The platforms' are hardened against that, and OpenSSL's mixes the key and the
/// message in, so that a poor source does no harm. No signature's bytes decide anything but whether they verify.
/// </remarks>
internal sealed class Ecdsa(NistCurve curve) : ISignatureScheme
{
    public static readonly Ecdsa P256 = new(NistCurve.P256);
    public static readonly Ecdsa P384 = new(NistCurve.P384);
    public static readonly Ecdsa P521 = new(NistCurve.P521);

    private readonly Func<Secret, Signer> _prepare = scalar => new Signer(curve, scalar);

    public int SeedSize => curve.FieldSize;

    public SignatureKeyPair Generate(FillRandom random)
    {
        // FIPS 186-5 A.2.2, rejection sampling: at worst (P-256) one draw of 2^32 is out of range.
        for (var attempt = 0; attempt < 64; attempt++)
        {
            using var scalar = Secret.Random(curve.FieldSize, random);
            scalar.Writable[0] &= curve.TopByteMask;
            if (curve.IsScalar(scalar.Span))
                return FromSeed(scalar.Span);
        }
        throw new InvalidOperationException("The random source gives no scalar below the curve's order: it is not random.");
    }

    public SignatureKeyPair FromSeed(ReadOnlySpan<byte> seed)
    {
        var scalar = Secret.Copy(seed);
        try
        {
            using var key = NistKeys.WithPrivate(curve, scalar, ECDsa.Create);
            var point = NistKeys.Point(curve, key.ExportParameters(includePrivateParameters: false).Q);
            return new SignatureKeyPair(new SignaturePublicKey(new Opaque(point)), new SignaturePrivateKey(scalar));
        }
        catch
        {
            scalar.Dispose();
            throw;
        }
    }

    public bool IsValidPublicKey(ReadOnlySpan<byte> publicKey) => curve.IsPoint(publicKey);

    public Opaque Sign(SignaturePrivateKey privateKey, ReadOnlySpan<byte> message)
    {
        var key = privateKey.Prepared(_prepare);
        var signature = key.Sign(curve, message);
        GC.KeepAlive(privateKey);
        return signature;
    }

    public bool Verify(SignaturePublicKey publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        Verify(curve, curve.Hash, publicKey.Value.Span, message, signature);

    /// <summary>The same with any hash, as certificates have it.</summary>
    public static bool Verify(NistCurve curve, HashAlgorithmName hash, ReadOnlySpan<byte> point, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        Span<byte> pair = stackalloc byte[EcdsaSignatures.PairSize(curve)];
        if (!curve.IsPoint(point) || !EcdsaSignatures.TryRead(curve, signature, pair))
            return false;
        using var key = ECDsa.Create(NistKeys.Public(curve, point));
        return key.VerifyData(message, pair, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>The platform's key, for one signature at a time: it promises nothing about more.</summary>
    private sealed class Signer(NistCurve curve, Secret scalar) : IDisposable
    {
        private readonly ECDsa _key = NistKeys.WithPrivate(curve, scalar, ECDsa.Create);

        public Opaque Sign(NistCurve of, ReadOnlySpan<byte> message)
        {
            if (of != curve)
                throw new InvalidOperationException("A signature key is of one scheme.");
            lock (_key)
                return new Opaque(_key.SignData(message, curve.Hash, DSASignatureFormat.Rfc3279DerSequence));
        }

        public void Dispose() => _key.Dispose();
    }
}
