using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tests.X509;

public sealed class X509ChainTests
{
    private static readonly CipherSuite Suite = CipherSuite.Get(CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519);

    private readonly TestChain _chain = new(Suite);

    public static TheoryData<CipherSuiteId> Suites => new(CipherSuite.All.Keys);

    [Theory]
    [MemberData(nameof(Suites))]
    public void A_chain_of_every_suite_is_taken(CipherSuiteId id)
    {
        var chain = new TestChain(CipherSuite.Get(id));
        X509Chains.Check(TestChain.Credential(chain.EndEntity(), chain.Intermediate(), chain.Root()), chain.Client.PublicKey, chain.Suite);
        X509Chains.Check(TestChain.Credential(chain.EndEntity()), chain.Client.PublicKey, chain.Suite);
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void The_end_entitys_key_must_be_the_leafs(CipherSuiteId id)
    {
        var chain = new TestChain(CipherSuite.Get(id));
        var other = chain.Suite.GenerateSignatureKeyPair(TestRandom.Fill);
        Refused(TestChain.Credential(chain.EndEntity(), chain.Intermediate()), other.PublicKey, chain.Suite);
    }

    [Fact]
    public void The_key_must_be_of_the_suites_scheme()
    {
        // The same 32 bytes, said to be an X25519 key; and a key of Ed25519 in a leaf of another scheme.
        var spki = TestCertificate.SpkiOf(Suite, _chain.Client.PublicKey);
        spki[Array.IndexOf(spki, (byte)0x70)] = 0x6e;
        Refused(TestChain.Credential(_chain.EndEntity(certificate => certificate with { Spki = spki })));
        Refused(TestChain.Credential(_chain.EndEntity()), _chain.Client.PublicKey, CipherSuite.Get(CipherSuiteId.MLS_128_DHKEMP256_AES128GCM_SHA256_P256));
    }

    [Fact]
    public void A_point_on_another_curve_is_not_the_leafs_key()
    {
        var p256 = new TestChain(CipherSuite.Get(CipherSuiteId.MLS_128_DHKEMP256_AES128GCM_SHA256_P256));
        var spki = TestCertificate.SpkiOf(CipherSuite.Get(CipherSuiteId.MLS_256_DHKEMP384_AES256GCM_SHA384_P384), p256.Client.PublicKey);
        Refused(TestChain.Credential(p256.EndEntity(certificate => certificate with { Spki = spki })), p256.Client.PublicKey, p256.Suite);
    }

    [Fact]
    public void An_empty_chain_is_refused() => Refused(TestChain.Credential());

    [Fact]
    public void A_chain_without_end_is_refused() =>
        Refused(TestChain.Credential([_chain.EndEntity(), _chain.Intermediate(), .. Enumerable.Repeat(_chain.Root(), 15)]));

    [Fact]
    public void A_certificate_signed_by_another_key_is_refused()
    {
        var impostor = new TestChain(Suite);
        Refused(TestChain.Credential(_chain.EndEntity(), impostor.Intermediate()));
        Refused(TestChain.Credential(_chain.EndEntity(), _chain.Intermediate(), impostor.Root()));
    }

    [Fact]
    public void An_issuer_of_another_name_is_refused()
    {
        Refused(TestChain.Credential(_chain.EndEntity(certificate => certificate with { Issuer = "Intermediate" }), _chain.Intermediate()));
        Refused(TestChain.Credential(_chain.EndEntity(), _chain.Intermediate(certificate => certificate with { Subject = "another" })));
    }

    [Fact]
    public void A_chain_out_of_order_or_with_a_gap_is_refused()
    {
        Refused(TestChain.Credential(_chain.Intermediate(), _chain.EndEntity()));
        Refused(TestChain.Credential(_chain.EndEntity(), _chain.Root(), _chain.Intermediate()));
        Refused(TestChain.Credential(_chain.EndEntity(), _chain.Root()));
    }

    [Fact]
    public void Bytes_behind_a_certificate_are_refused()
    {
        Refused(TestChain.Credential(new Opaque((byte[])[.. _chain.EndEntity().Span, 0])));
        Refused(TestChain.Credential(_chain.EndEntity(), new Opaque((byte[])[.. _chain.Intermediate().Span, 0x05, 0x00])));
    }

    [Fact]
    public void What_is_no_certificate_is_refused_and_nothing_else_is_thrown()
    {
        var honest = _chain.EndEntity().Span.ToArray();
        Refused(TestChain.Credential(Opaque.Empty));
        for (var length = 0; length < honest.Length; length += 7)
            Refused(TestChain.Credential(new Opaque(honest.AsMemory(0, length))));

        // A changed byte makes no DER, or another certificate, or leaves the key as it was: never another exception.
        for (var i = 0; i < honest.Length; i++)
        {
            var changed = honest.ToArray();
            changed[i] ^= 0x41;
            try
            {
                X509Chains.Check(TestChain.Credential(new Opaque(changed), _chain.Intermediate()), _chain.Client.PublicKey, Suite);
                Assert.Fail($"byte {i} is not covered by the issuer's signature");
            }
            catch (MlsException e)
            {
                e.Error.ShouldBe(MlsError.CredentialRefused);
            }
        }
    }

    [Fact]
    public void An_extension_that_stands_twice_is_refused()
    {
        X509Chains.Check(TestChain.Credential(_chain.EndEntity(Change(twice: false))), _chain.Client.PublicKey, Suite);
        Refused(TestChain.Credential(_chain.EndEntity(Change(twice: true))));

        static Func<TestCertificate, TestCertificate> Change(bool twice) =>
            certificate => certificate with { KeyUsage = (0x80, 7), DnsName = "client.example", ExtensionsTwice = twice };
    }

    [Theory]
    [InlineData("SHA256")]
    [InlineData("SHA384")]
    [InlineData("SHA512")]
    public void Authorities_of_the_platform_may_certify(string hash)
    {
        using var rsa = RSA.Create(2048);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var client = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var algorithm = new HashAlgorithmName(hash);
        var root = new CertificateRequest("CN=root, O=Example", rsa, algorithm, RSASignaturePadding.Pkcs1);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var rootCertificate = root.CreateSelfSigned(TestCertificate.Now.AddDays(-1), TestCertificate.Now.AddDays(1));
        var middle = new CertificateRequest("CN=middle", p384, algorithm);
        middle.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var middleCertificate = middle.Create(rootCertificate.SubjectName, X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1), TestCertificate.Now.AddDays(-1), TestCertificate.Now.AddDays(1), [1]);
        using var endEntity = new CertificateRequest("CN=client", client, algorithm)
            .Create(middleCertificate.SubjectName, X509SignatureGenerator.CreateForECDsa(p384), TestCertificate.Now.AddDays(-1), TestCertificate.Now.AddDays(1), [2]);

        var credential = TestChain.Credential(new Opaque(endEntity.RawData), new Opaque(middleCertificate.RawData), new Opaque(rootCertificate.RawData));
        var q = client.ExportParameters(false).Q;
        var key = new SignaturePublicKey(new Opaque((byte[])[4, .. q.X!, .. q.Y!]));
        X509Chains.Check(credential, key, CipherSuite.Get(CipherSuiteId.MLS_128_DHKEMP256_AES128GCM_SHA256_P256));
        new X509CredentialPolicy([new Opaque(rootCertificate.RawData)], TestCertificate.Now)
            .Accept(new CredentialQuestion(CredentialEvent.Add, credential, key)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(2048, true)]
    [InlineData(1024, false)]
    public void An_authority_with_a_short_rsa_key_may_not_certify(int bits, bool accepted)
    {
        using var rsa = RSA.Create(bits);
        using var client = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = new CertificateRequest("CN=root", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var rootCertificate = root.CreateSelfSigned(TestCertificate.Now.AddDays(-1), TestCertificate.Now.AddDays(1));
        using var endEntity = new CertificateRequest("CN=client", client, HashAlgorithmName.SHA256)
            .Create(rootCertificate.SubjectName, X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1), TestCertificate.Now, TestCertificate.Now.AddDays(1), [2]);
        var q = client.ExportParameters(false).Q;
        var credential = TestChain.Credential(new Opaque(endEntity.RawData), new Opaque(rootCertificate.RawData));
        var key = new SignaturePublicKey(new Opaque((byte[])[4, .. q.X!, .. q.Y!]));
        var p256 = CipherSuite.Get(CipherSuiteId.MLS_128_DHKEMP256_AES128GCM_SHA256_P256);
        if (accepted)
            X509Chains.Check(credential, key, p256);
        else
            Refused(credential, key, p256);
    }

    [Fact]
    public void A_basic_credential_has_no_chain_to_check() =>
        X509Chains.CheckIfX509(new BasicCredential(Opaque.Copy("somebody"u8)), _chain.Client.PublicKey, Suite);

    private void Refused(X509Credential credential) => Refused(credential, _chain.Client.PublicKey, Suite);

    private static void Refused(X509Credential credential, SignaturePublicKey key, CipherSuite suite)
    {
        Expect.Refused(MlsError.CredentialRefused, () => X509Chains.Check(credential, key, suite));
        Expect.Refused(MlsError.CredentialRefused, () => X509Chains.CheckIfX509(credential, key, suite));
    }
}
