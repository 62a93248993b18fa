using System.Formats.Asn1;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Credentials;

// SubjectPublicKeyInfo ::= SEQUENCE {
//     algorithm         AlgorithmIdentifier,
//     subjectPublicKey  BIT STRING
// }

/// <summary>RFC 5280 §4.1.2.7: a certificate's public key. Curve is null for keys that are not of a named curve.</summary>
internal sealed record SubjectPublicKeyInfo(ReadOnlyMemory<byte> Encoded, string Algorithm, string? Curve, Opaque Key)
{
    public static SubjectPublicKeyInfo Read(AsnReader reader)
    {
        var encoded = reader.PeekEncodedValue();
        var info = reader.ReadSequence();
        var identifier = info.ReadSequence();
        var algorithm = identifier.ReadObjectIdentifier();
        string? curve = null;
        switch (algorithm)
        {
            case Oids.EcPublicKey:
                curve = identifier.ReadObjectIdentifier();
                break;
            case Oids.RsaEncryption:
                identifier.ReadNull();
                break;
            case Oids.Ed25519 or Oids.Ed448:
                break;
            default:
                throw new MlsException(MlsError.CredentialRefused, $"a public key of the algorithm {algorithm}");
        }
        identifier.ThrowIfNotEmpty();
        var key = info.ReadBitString(out var unused);
        info.ThrowIfNotEmpty();
        return unused == 0
            ? new SubjectPublicKeyInfo(encoded, algorithm, curve, new Opaque(key))
            : throw new MlsException(MlsError.CredentialRefused, "a public key that is no whole bytes");
    }

    /// <summary>§5.3: the key is the suite's signature scheme's, and identical to the leaf's.</summary>
    public bool Is(SignaturePublicKey signatureKey, CipherSuite suite) =>
        (Algorithm, Curve) == AlgorithmOf(suite.Id) && Key == signatureKey.Value && suite.Signature.IsValidPublicKey(Key.Span);

    private static (string Algorithm, string? Curve) AlgorithmOf(CipherSuiteId suite) => suite switch
    {
        CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519 or CipherSuiteId.MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519 => (Oids.Ed25519, null),
        CipherSuiteId.MLS_256_DHKEMX448_AES256GCM_SHA512_Ed448 or CipherSuiteId.MLS_256_DHKEMX448_CHACHA20POLY1305_SHA512_Ed448 => (Oids.Ed448, null),
        CipherSuiteId.MLS_128_DHKEMP256_AES128GCM_SHA256_P256 => (Oids.EcPublicKey, Oids.P256),
        CipherSuiteId.MLS_256_DHKEMP384_AES256GCM_SHA384_P384 => (Oids.EcPublicKey, Oids.P384),
        CipherSuiteId.MLS_256_DHKEMP521_AES256GCM_SHA512_P521 => (Oids.EcPublicKey, Oids.P521),
        _ => throw new ArgumentOutOfRangeException(nameof(suite), suite, "a suite without a signature scheme"),
    };
}
