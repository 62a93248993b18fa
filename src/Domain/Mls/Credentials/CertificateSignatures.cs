using System.Security.Cryptography;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Credentials;

/// <summary>
/// RFC 5280 §4.1.1.3: whether an issuer's key signed a certificate: Ed25519, Ed448, and ECDSA over P-256, P-384 and P-521
/// as the cipher suites check them, RSA (PKCS #1 v1.5, 2048 bits or more) by the platform, with SHA-2.
/// </summary>
internal static class CertificateSignatures
{
    private const int MinimalRsaBits = 2048;

    private static ReadOnlySpan<byte> Null => [0x05, 0x00];

    public static bool Verify(ParsedCertificate certificate, SubjectPublicKeyInfo issuer) =>
        (certificate.SignatureAlgorithm, issuer.Algorithm) switch
        {
            (Oids.Ed25519, Oids.Ed25519) => Verify(Curve25519.Ed25519, certificate, issuer),
            (Oids.Ed448, Oids.Ed448) => Verify(Ed448.Instance, certificate, issuer),
            (Oids.EcdsaWithSha256, Oids.EcPublicKey) => VerifyEcdsa(HashAlgorithmName.SHA256, certificate, issuer),
            (Oids.EcdsaWithSha384, Oids.EcPublicKey) => VerifyEcdsa(HashAlgorithmName.SHA384, certificate, issuer),
            (Oids.EcdsaWithSha512, Oids.EcPublicKey) => VerifyEcdsa(HashAlgorithmName.SHA512, certificate, issuer),
            (Oids.RsaWithSha256, Oids.RsaEncryption) => VerifyRsa(HashAlgorithmName.SHA256, certificate, issuer),
            (Oids.RsaWithSha384, Oids.RsaEncryption) => VerifyRsa(HashAlgorithmName.SHA384, certificate, issuer),
            (Oids.RsaWithSha512, Oids.RsaEncryption) => VerifyRsa(HashAlgorithmName.SHA512, certificate, issuer),
            _ => false,
        };

    private static bool Verify(ISignatureScheme scheme, ParsedCertificate certificate, SubjectPublicKeyInfo issuer) =>
        certificate.SignatureParameters.IsEmpty && scheme.IsValidPublicKey(issuer.Key.Span) && scheme.Verify(new SignaturePublicKey(issuer.Key), certificate.Tbs.Span, certificate.Signature);

    private static bool VerifyEcdsa(HashAlgorithmName hash, ParsedCertificate certificate, SubjectPublicKeyInfo issuer) =>
        certificate.SignatureParameters.IsEmpty && CurveOf(issuer) is { } curve && Ecdsa.Verify(curve, hash, issuer.Key.Span, certificate.Tbs.Span, certificate.Signature);

    private static NistCurve? CurveOf(SubjectPublicKeyInfo issuer) => issuer.Curve switch
    {
        Oids.P256 => NistCurve.P256,
        Oids.P384 => NistCurve.P384,
        Oids.P521 => NistCurve.P521,
        _ => null,
    };

    // RFC 4055 §5: parameters of NULL, or absent.
    private static bool VerifyRsa(HashAlgorithmName hash, ParsedCertificate certificate, SubjectPublicKeyInfo issuer)
    {
        if (!certificate.SignatureParameters.IsEmpty && !certificate.SignatureParameters.Span.SequenceEqual(Null))
            return false;
        using var rsa = RSA.Create();
        try
        {
            rsa.ImportSubjectPublicKeyInfo(issuer.Encoded.Span, out _);
            return rsa.KeySize >= MinimalRsaBits && rsa.VerifyData(certificate.Tbs.Span, certificate.Signature, hash, RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            // The platform's word for a key that is none.
            return false;
        }
    }
}
