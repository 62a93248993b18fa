using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Skytale.Fuzz.Mls.Groups;
using Skytale.Fuzz.Mls.Running;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;

namespace Skytale.Fuzz.Mls.Targets;

/// <summary>X.509 credentials: an authority, one below it, and an end entity of a NIST curve. An input holds all that it needs.</summary>
internal static class Certificates
{
    private static readonly CipherSuite Suite = CipherSuite.Get(CipherSuiteId.MLS_128_DHKEMP256_AES128GCM_SHA256_P256);

    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    public static Dictionary<string, Func<FuzzGroup, FuzzTarget>> All { get; } = new()
    {
        ["certificate"] = group => new StatelessTarget(group, [.. Chain().Certificates.Select(one => one.Span.ToArray())], bytes => ParsedCertificate.Parse(Opaque.Copy(bytes))),
        ["x509-chain"] = ChainTarget,
        ["x509-policy"] = PolicyTarget,
    };

    /// <summary>What everybody checks: a credential against the key of the leaf.</summary>
    private static StatelessTarget ChainTarget(FuzzGroup group)
    {
        var (certificates, key) = Chain();
        return new StatelessTarget(group, [Encode(certificates)], bytes => X509Chains.Check((X509Credential)Tls.Decode<Credential>(bytes), key, Suite));
    }

    /// <summary>The ready judgement: yes or no, and nothing thrown. What its trust is in does not change with the input.</summary>
    private static StatelessTarget PolicyTarget(FuzzGroup group)
    {
        var (certificates, key) = Chain();
        var policy = new X509CredentialPolicy([certificates[^1]], Start.AddDays(1));
        return new StatelessTarget(group, [Encode(certificates)], bytes =>
        {
            var credential = Tls.Decode<Credential>(bytes);
            if (policy.Accept(new CredentialQuestion(CredentialEvent.Add, credential, key)) && ((X509Credential)credential).Chain.IsEmpty)
                throw new FuzzFault("a chain of nothing is accepted");
        });
    }

    private static byte[] Encode(ImmutableArray<Opaque> certificates) =>
        Tls.Encode<Credential>(new X509Credential([.. certificates.Select(one => new Certificate(one))])).Span.ToArray();

    // From the end entity to the anchor.
    private static (ImmutableArray<Opaque> Certificates, SignaturePublicKey Key) Chain()
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var root = Request("CN=root", rootKey, isAuthority: true).CreateSelfSigned(Start, Start.AddDays(30));
        using var middle = Request("CN=middle", middleKey, isAuthority: true).Create(root, Start, Start.AddDays(29), [1]);
        using var middleWithKey = middle.CopyWithPrivateKey(middleKey);
        using var endEntity = Request("CN=alice", key, isAuthority: false).Create(middleWithKey, Start, Start.AddDays(28), [2]);
        var point = key.ExportParameters(false).Q;
        return ([new Opaque(endEntity.RawData), new Opaque(middle.RawData), new Opaque(root.RawData)], new SignaturePublicKey(new Opaque((byte[])[4, .. point.X!, .. point.Y!])));
    }

    private static CertificateRequest Request(string name, ECDsa key, bool isAuthority)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, isAuthority, 2, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(isAuthority ? X509KeyUsageFlags.KeyCertSign : X509KeyUsageFlags.DigitalSignature, critical: true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("example.org");
        request.CertificateExtensions.Add(names.Build());
        return request;
    }
}
