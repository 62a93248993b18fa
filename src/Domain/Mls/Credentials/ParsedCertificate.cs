using System.Formats.Asn1;
using Skytale.Mls.Codec;

namespace Skytale.Mls.Credentials;

// Certificate ::= SEQUENCE {
//     tbsCertificate      TBSCertificate,
//     signatureAlgorithm  AlgorithmIdentifier,
//     signatureValue      BIT STRING
// }
// TBSCertificate ::= SEQUENCE {
//     version          [0] EXPLICIT INTEGER DEFAULT v1,
//     serialNumber         INTEGER,
//     signature            AlgorithmIdentifier,
//     issuer               Name,
//     validity             SEQUENCE { notBefore Time, notAfter Time },
//     subject              Name,
//     subjectPublicKeyInfo SubjectPublicKeyInfo,
//     issuerUniqueID   [1] IMPLICIT BIT STRING OPTIONAL,
//     subjectUniqueID  [2] IMPLICIT BIT STRING OPTIONAL,
//     extensions       [3] EXPLICIT Extensions OPTIONAL
// }

/// <summary>
/// RFC 5280 §4.1: a certificate's fields. Read here rather than by the platform, whose readers take more than DER, and not
/// the same everywhere.
/// </summary>
internal sealed record ParsedCertificate
{
    private static readonly Asn1Tag Version = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag IssuerUniqueId = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag SubjectUniqueId = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag Extension = new(TagClass.ContextSpecific, 3);

    /// <summary>The whole certificate, as it came.</summary>
    public required Opaque Encoded { get; init; }

    /// <summary>What the issuer signed.</summary>
    public required ReadOnlyMemory<byte> Tbs { get; init; }

    public required string SignatureAlgorithm { get; init; }

    /// <summary>The algorithm's parameters, as encoded; empty where they are absent.</summary>
    public required ReadOnlyMemory<byte> SignatureParameters { get; init; }

    public required byte[] Signature { get; init; }

    /// <summary>A Name, as encoded; names are compared by their bytes.</summary>
    public required Opaque Issuer { get; init; }

    /// <summary>A Name, as encoded.</summary>
    public required Opaque Subject { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    public required SubjectPublicKeyInfo PublicKey { get; init; }

    public required CertificateExtensions Extensions { get; init; }

    /// <exception cref="MlsException"><see cref="MlsError.CredentialRefused"/>: not one well-formed DER certificate and no more.</exception>
    public static ParsedCertificate Parse(Opaque encoded)
    {
        try
        {
            return Read(encoded);
        }
        catch (AsnContentException e)
        {
            throw new MlsException(MlsError.CredentialRefused, "a certificate that is not well-formed DER", e);
        }
    }

    private static ParsedCertificate Read(Opaque encoded)
    {
        var reader = new AsnReader(encoded.Memory, AsnEncodingRules.DER);
        var certificate = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        var tbsBytes = certificate.PeekEncodedValue();
        var tbs = certificate.ReadSequence();
        var outerAlgorithm = certificate.PeekEncodedValue();
        var (signatureAlgorithm, signatureParameters) = ReadAlgorithm(certificate);
        var signature = certificate.ReadBitString(out var unused);
        certificate.ThrowIfNotEmpty();

        var version = ReadVersion(tbs);
        _ = tbs.ReadIntegerBytes();

        // §4.1.1.2: the signed algorithm is the one outside.
        if (unused != 0 || !tbs.ReadEncodedValue().Span.SequenceEqual(outerAlgorithm.Span))
            throw new MlsException(MlsError.CredentialRefused, "a certificate's signature and its algorithm do not fit");
        var issuer = ReadName(tbs);
        var validity = tbs.ReadSequence();
        var (notBefore, notAfter) = (ReadTime(validity), ReadTime(validity));
        validity.ThrowIfNotEmpty();
        var subject = ReadName(tbs);
        var publicKey = SubjectPublicKeyInfo.Read(tbs);
        var extensions = ReadRest(tbs, version);
        return new ParsedCertificate
        {
            Encoded = encoded,
            Tbs = tbsBytes,
            SignatureAlgorithm = signatureAlgorithm,
            SignatureParameters = signatureParameters,
            Signature = signature,
            Issuer = issuer,
            Subject = subject,
            NotBefore = notBefore,
            NotAfter = notAfter,
            PublicKey = publicKey,
            Extensions = extensions,
        };
    }

    // 0, 1 and 2 for v1, v2 and v3; v1 is the default, which DER leaves out.
    private static int ReadVersion(AsnReader tbs)
    {
        if (!tbs.PeekTag().HasSameClassAndValue(Version))
            return 0;
        var reader = tbs.ReadSequence(Version);
        var version = reader.TryReadInt32(out var number) && number is 1 or 2 ? number : throw new MlsException(MlsError.CredentialRefused, "a certificate's version");
        reader.ThrowIfNotEmpty();
        return version;
    }

    private static CertificateExtensions ReadRest(AsnReader tbs, int version)
    {
        if (tbs.HasData && tbs.PeekTag().HasSameClassAndValue(IssuerUniqueId))
            _ = tbs.ReadBitString(out _, IssuerUniqueId);
        if (tbs.HasData && tbs.PeekTag().HasSameClassAndValue(SubjectUniqueId))
            _ = tbs.ReadBitString(out _, SubjectUniqueId);
        if (!tbs.HasData)
            return CertificateExtensions.None;

        // §4.1.2.9: extensions only in version 3.
        if (version != 2)
            throw new MlsException(MlsError.CredentialRefused, "extensions in a certificate that is not of version 3");
        var wrapped = tbs.ReadSequence(Extension);
        tbs.ThrowIfNotEmpty();
        var extensions = CertificateExtensions.Read(wrapped);
        wrapped.ThrowIfNotEmpty();
        return extensions;
    }

    private static (string Algorithm, ReadOnlyMemory<byte> Parameters) ReadAlgorithm(AsnReader reader)
    {
        var identifier = reader.ReadSequence();
        var algorithm = identifier.ReadObjectIdentifier();
        var parameters = identifier.HasData ? identifier.ReadEncodedValue() : default;
        identifier.ThrowIfNotEmpty();
        return (algorithm, parameters);
    }

    private static Opaque ReadName(AsnReader reader)
    {
        var encoded = reader.PeekEncodedValue();
        var relativeNames = reader.ReadSequence();
        while (relativeNames.HasData)
        {
            var attributes = relativeNames.ReadSetOf();
            do
            {
                var attribute = attributes.ReadSequence();
                _ = attribute.ReadObjectIdentifier();
                _ = attribute.ReadEncodedValue();
                attribute.ThrowIfNotEmpty();
            }
            while (attributes.HasData);
        }
        return new Opaque(encoded);
    }

    // §4.1.2.5: UTCTime through 2049, then GeneralizedTime.
    private static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? reader.ReadUtcTime(twoDigitYearMax: 2049) : reader.ReadGeneralizedTime();
}
