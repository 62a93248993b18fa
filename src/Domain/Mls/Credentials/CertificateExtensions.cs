using System.Formats.Asn1;

namespace Skytale.Mls.Credentials;

// Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension
// Extension ::= SEQUENCE {
//     extnID     OBJECT IDENTIFIER,
//     critical   BOOLEAN DEFAULT FALSE,
//     extnValue  OCTET STRING
// }

/// <summary>RFC 5280 §4.2: what of a certificate's extensions is understood here.</summary>
internal sealed record CertificateExtensions
{
    public static readonly CertificateExtensions None = new();

    /// <summary>§4.2.1.9: the key may certify others.</summary>
    public bool IsAuthority { get; private init; }

    /// <summary>§4.2.1.9: how many certificates may stand between this one and the end entity's; null for any number.</summary>
    public int? PathLength { get; private init; }

    /// <summary>§4.2.1.3: null without the extension.</summary>
    public X509KeyUsage? KeyUsage { get; private init; }

    /// <summary>§4.2.1.6: the names, as encoded; empty without the extension.</summary>
    public ReadOnlyMemory<byte> SubjectAltName { get; private init; }

    /// <summary>§4.2: a critical extension that is not understood here, for which the certificate must be refused.</summary>
    public string? UnknownCritical { get; private init; }

    public static CertificateExtensions Read(AsnReader reader)
    {
        var extensions = None;
        var seen = new HashSet<string>();
        var list = reader.ReadSequence();
        do
        {
            var extension = list.ReadSequence();
            var id = extension.ReadObjectIdentifier();
            var critical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && ReadTrue(extension);
            var value = extension.ReadOctetString();
            extension.ThrowIfNotEmpty();
            if (!seen.Add(id))
                throw new MlsException(MlsError.CredentialRefused, $"a certificate's extension {id} twice");
            extensions = extensions.With(id, critical, value);
        }
        while (list.HasData);
        return extensions;
    }

    private CertificateExtensions With(string id, bool critical, byte[] value)
    {
        switch (id)
        {
            case Oids.BasicConstraints:
                return WithBasicConstraints(new AsnReader(value, AsnEncodingRules.DER));
            case Oids.KeyUsage:
                var reader = new AsnReader(value, AsnEncodingRules.DER);
                var usage = reader.ReadNamedBitListValue<X509KeyUsage>();
                reader.ThrowIfNotEmpty();
                return this with { KeyUsage = usage };
            case Oids.SubjectAltName:
                return this with { SubjectAltName = value };
            default:
                return critical ? this with { UnknownCritical = id } : this;
        }
    }

    // BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER (0..MAX) OPTIONAL }
    private CertificateExtensions WithBasicConstraints(AsnReader reader)
    {
        var constraints = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        var authority = constraints.HasData && constraints.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && ReadTrue(constraints);
        int? pathLength = null;
        if (constraints.HasData)
            pathLength = constraints.TryReadInt32(out var length) && length >= 0 ? length : throw new MlsException(MlsError.CredentialRefused, "a path length out of range");
        constraints.ThrowIfNotEmpty();
        return this with { IsAuthority = authority, PathLength = pathLength };
    }

    // X.690 §11.5: DER leaves a default value out.
    private static bool ReadTrue(AsnReader reader) =>
        reader.ReadBoolean() ? true : throw new MlsException(MlsError.CredentialRefused, "a default value is encoded");
}
