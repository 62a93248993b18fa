using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Credentials;

/// <summary>
/// §5.3: what an X.509 credential must be whoever looks at it, without trust and without a clock: members, joiners and the
/// Delivery Service decide it alike. Whom to trust is the application's, by <see cref="AcceptCredential"/>.
/// </summary>
public static class X509Chains
{
    /// <summary>More certificates than any authority needs; each costs a signature check.</summary>
    private const int MaxLength = 16;

    /// <summary>
    /// Checks that there is a chain of well-formed DER certificates, that the first one's public key is identical to the
    /// signature key, and that each following one directly certifies the one before it.
    /// </summary>
    /// <exception cref="MlsException"><see cref="MlsError.CredentialRefused"/>.</exception>
    public static void Check(X509Credential credential, SignaturePublicKey signatureKey, CipherSuite suite)
    {
        var chain = Parse(credential);
        if (!chain[0].PublicKey.Is(signatureKey, suite))
            throw new MlsException(MlsError.CredentialRefused, "the end entity's public key is not the signature key");
        for (var i = 1; i < chain.Length; i++)
        {
            if (!Certifies(chain[i], chain[i - 1]))
                throw new MlsException(MlsError.CredentialRefused, $"certificate {i} does not certify certificate {i - 1}");
        }
    }

    /// <summary>The same for any credential: those that are not X.509 have nothing to check.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.CredentialRefused"/>.</exception>
    public static void CheckIfX509(Credential credential, SignaturePublicKey signatureKey, CipherSuite suite)
    {
        if (credential is X509Credential x509)
            Check(x509, signatureKey, suite);
    }

    internal static ParsedCertificate[] Parse(X509Credential credential)
    {
        if (credential.Chain.IsDefaultOrEmpty || credential.Chain.Length > MaxLength)
            throw new MlsException(MlsError.CredentialRefused, $"a chain has 1 to {MaxLength} certificates");
        return [.. credential.Chain.Select(certificate => ParsedCertificate.Parse(certificate.CertData))];
    }

    /// <summary>RFC 5280 §6.1.3 (a): the issuer's name is the one named, and its key signed the certificate.</summary>
    internal static bool Certifies(ParsedCertificate issuer, ParsedCertificate certificate) =>
        certificate.Issuer == issuer.Subject && CertificateSignatures.Verify(certificate, issuer.PublicKey);
}
