using System.Formats.Asn1;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tests.X509;

/// <summary>A certificate to be, of a suite's signature scheme; each test changes what it is about.</summary>
internal sealed record TestCertificate
{
    public static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public required CipherSuite Suite { get; init; }

    public required string Subject { get; init; }

    public required string Issuer { get; init; }

    public required SignaturePublicKey Key { get; init; }

    public DateTimeOffset NotBefore { get; init; } = Now.AddDays(-30);

    public DateTimeOffset NotAfter { get; init; } = Now.AddDays(30);

    public bool? IsAuthority { get; init; }

    public int? PathLength { get; init; }

    /// <summary>The first byte of the bits, and how many of it are unused.</summary>
    public (byte Bits, int Unused)? KeyUsage { get; init; }

    public string? DnsName { get; init; }

    public string? CriticalExtension { get; init; }

    /// <summary>Every extension stands there twice, well formed both times.</summary>
    public bool ExtensionsTwice { get; init; }

    public byte[]? Spki { get; init; }

    public static TestCertificate Authority(CipherSuite suite, string name, SignaturePublicKey key, string? issuer = null) =>
        new() { Suite = suite, Subject = name, Issuer = issuer ?? name, Key = key, IsAuthority = true };

    public static TestCertificate EndEntity(CipherSuite suite, string name, string issuer, SignaturePublicKey key) =>
        new() { Suite = suite, Subject = name, Issuer = issuer, Key = key };

    /// <summary>A credential of one certificate, which is good for its key and vouched for by nobody; suite 1.</summary>
    public static X509Credential SelfSigned(SignatureKeyPair key)
    {
        var suite = CipherSuite.Get(CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519);
        return TestChain.Credential(EndEntity(suite, "client", "client", key.PublicKey).Sign(key.PrivateKey));
    }

    /// <summary>Signs with the issuer's key, which is of the same suite.</summary>
    public Opaque Sign(SignaturePrivateKey issuerKey)
    {
        var tbs = Tbs();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(tbs);
            Algorithm(writer);
            writer.WriteBitString(Suite.Signature.Sign(issuerKey, tbs).Span);
        }
        return new Opaque(writer.Encode());
    }

    /// <summary>RFC 5480, RFC 8410: the key of a suite's scheme.</summary>
    public static byte[] SpkiOf(CipherSuite suite, SignaturePublicKey key)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                switch (key.Value.Length)
                {
                    case 32:
                        writer.WriteObjectIdentifier("1.3.101.112");
                        break;
                    case 57:
                        writer.WriteObjectIdentifier("1.3.101.113");
                        break;
                    default:
                        writer.WriteObjectIdentifier("1.2.840.10045.2.1");
                        writer.WriteObjectIdentifier(suite.HashSize switch { 32 => "1.2.840.10045.3.1.7", 48 => "1.3.132.0.34", _ => "1.3.132.0.35" });
                        break;
                }
            }
            writer.WriteBitString(key.Value.Span);
        }
        return writer.Encode();
    }

    private byte[] Tbs()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                writer.WriteInteger(2);
            writer.WriteInteger(4711);
            Algorithm(writer);
            Name(writer, Issuer);
            using (writer.PushSequence())
            {
                writer.WriteUtcTime(NotBefore);
                writer.WriteUtcTime(NotAfter);
            }
            Name(writer, Subject);
            writer.WriteEncodedValue(Spki ?? SpkiOf(Suite, Key));
            Extensions(writer);
        }
        return writer.Encode();
    }

    private void Extensions(AsnWriter writer)
    {
        var extensions = new List<(string Id, bool Critical, Action<AsnWriter> Value)>();
        if (IsAuthority is { } authority)
        {
            extensions.Add(("2.5.29.19", true, value =>
            {
                using (value.PushSequence())
                {
                    if (authority)
                        value.WriteBoolean(true);
                    if (PathLength is { } length)
                        value.WriteInteger(length);
                }
            }));
        }
        if (KeyUsage is { } usage)
            extensions.Add(("2.5.29.15", true, value => value.WriteBitString([usage.Bits], usage.Unused)));
        if (DnsName is { } name)
        {
            extensions.Add(("2.5.29.17", false, value =>
            {
                using (value.PushSequence())
                    value.WriteCharacterString(UniversalTagNumber.IA5String, name, new Asn1Tag(TagClass.ContextSpecific, 2));
            }));
        }
        if (CriticalExtension is { } unknown)
            extensions.Add((unknown, true, value => value.WriteNull()));
        if (extensions.Count == 0)
            return;
        if (ExtensionsTwice)
            extensions.AddRange([.. extensions]);
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 3)))
        using (writer.PushSequence())
        {
            foreach (var (id, critical, write) in extensions)
            {
                var value = new AsnWriter(AsnEncodingRules.DER);
                write(value);
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(id);
                    if (critical)
                        writer.WriteBoolean(true);
                    writer.WriteOctetString(value.Encode());
                }
            }
        }
    }

    private void Algorithm(AsnWriter writer)
    {
        using (writer.PushSequence())
            writer.WriteObjectIdentifier(Suite.Id switch
            {
                CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519 or CipherSuiteId.MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519 => "1.3.101.112",
                CipherSuiteId.MLS_256_DHKEMX448_AES256GCM_SHA512_Ed448 or CipherSuiteId.MLS_256_DHKEMX448_CHACHA20POLY1305_SHA512_Ed448 => "1.3.101.113",
                CipherSuiteId.MLS_128_DHKEMP256_AES128GCM_SHA256_P256 => "1.2.840.10045.4.3.2",
                CipherSuiteId.MLS_256_DHKEMP384_AES256GCM_SHA384_P384 => "1.2.840.10045.4.3.3",
                _ => "1.2.840.10045.4.3.4",
            });
    }

    private static void Name(AsnWriter writer, string commonName)
    {
        using (writer.PushSequence())
        using (writer.PushSetOf())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("2.5.4.3");
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, commonName);
        }
    }
}
