using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tests.X509;

public sealed class X509CredentialPolicyTests
{
    private readonly TestChain _chain = new(CipherSuite.Get(CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519));

    private X509Credential Honest => TestChain.Credential(_chain.EndEntity(), _chain.Intermediate(), _chain.Root());

    [Fact]
    public void A_chain_to_the_anchor_is_accepted_with_or_without_what_peers_know_already()
    {
        Accepts(Honest);
        Accepts(TestChain.Credential(_chain.EndEntity(), _chain.Intermediate()));
        Accepts(TestChain.Credential(_chain.EndEntity()), anchors: _chain.Intermediate());
        Accepts(TestChain.Credential(_chain.EndEntity(), _chain.Intermediate()), anchors: _chain.Intermediate());
        Accepts(TestChain.Credential(_chain.EndEntity()), anchors: _chain.EndEntity());
    }

    [Fact]
    public void A_chain_to_nowhere_is_refused()
    {
        Refuses(Honest, anchors: new TestChain(_chain.Suite).Root());
        Refuses(TestChain.Credential(_chain.EndEntity()));
        new X509CredentialPolicy([], TestCertificate.Now).Accept(Question(Honest)).ShouldBeFalse();
    }

    [Fact]
    public void A_chain_that_is_broken_on_its_way_is_refused()
    {
        Refuses(TestChain.Credential(_chain.EndEntity(), new TestChain(_chain.Suite).Intermediate(), _chain.Root()));
        Refuses(TestChain.Credential(_chain.EndEntity(), Opaque.Copy("no certificate"u8), _chain.Root()));
        Refuses(TestChain.Credential());
    }

    [Fact]
    public void Every_certificate_must_be_valid_now()
    {
        static TestCertificate Expired(TestCertificate certificate) => certificate with { NotAfter = TestCertificate.Now.AddSeconds(-1) };
        static TestCertificate Future(TestCertificate certificate) => certificate with { NotBefore = TestCertificate.Now.AddSeconds(1) };
        foreach (var change in new Func<TestCertificate, TestCertificate>[] { Expired, Future })
        {
            Refuses(TestChain.Credential(_chain.EndEntity(change), _chain.Intermediate()));
            Refuses(TestChain.Credential(_chain.EndEntity(), _chain.Intermediate(change)));
            Refuses(TestChain.Credential(_chain.EndEntity(), _chain.Intermediate()), anchors: _chain.Root(change));
        }
        Accepts(TestChain.Credential(_chain.EndEntity(certificate => certificate with { NotAfter = TestCertificate.Now, NotBefore = TestCertificate.Now }), _chain.Intermediate()));
    }

    [Fact]
    public void Every_issuer_must_be_an_authority()
    {
        foreach (var authority in new bool?[] { null, false })
        {
            Refuses(TestChain.Credential(_chain.EndEntity(), _chain.Intermediate(certificate => certificate with { IsAuthority = authority })));
            Refuses(TestChain.Credential(_chain.EndEntity(), _chain.Intermediate()), anchors: _chain.Root(certificate => certificate with { IsAuthority = authority }));
        }

        // Bits from the left: digitalSignature alone; keyCertSign (bit 5) alone.
        Refuses(TestChain.Credential(_chain.EndEntity(), _chain.Intermediate(certificate => certificate with { KeyUsage = (0x80, 7) })));
        Accepts(TestChain.Credential(_chain.EndEntity(), _chain.Intermediate(certificate => certificate with { KeyUsage = (0x04, 2) })));
    }

    [Fact]
    public void A_path_longer_than_an_issuer_allows_is_refused()
    {
        Accepts(TestChain.Credential(_chain.EndEntity(), _chain.Intermediate(certificate => certificate with { PathLength = 0 })));
        Refuses(TestChain.Credential(_chain.EndEntity(), _chain.Intermediate()), anchors: _chain.Root(certificate => certificate with { PathLength = 0 }));
        Accepts(TestChain.Credential(_chain.EndEntity(), _chain.Intermediate()), anchors: _chain.Root(certificate => certificate with { PathLength = 1 }));
    }

    [Fact]
    public void The_end_entitys_key_must_be_for_signatures()
    {
        Refuses(TestChain.Credential(_chain.EndEntity(certificate => certificate with { KeyUsage = (0x08, 3) }), _chain.Intermediate()));
        Accepts(TestChain.Credential(_chain.EndEntity(certificate => certificate with { KeyUsage = (0x80, 7) }), _chain.Intermediate()));
    }

    [Fact]
    public void A_critical_extension_that_is_not_understood_is_refused()
    {
        static TestCertificate Constrained(TestCertificate certificate) => certificate with { CriticalExtension = "2.5.29.30" };
        Refuses(TestChain.Credential(_chain.EndEntity(Constrained), _chain.Intermediate()));
        Refuses(TestChain.Credential(_chain.EndEntity(), _chain.Intermediate(Constrained)));
        Refuses(TestChain.Credential(_chain.EndEntity(), _chain.Intermediate()), anchors: _chain.Root(Constrained));
    }

    [Fact]
    public void A_successor_has_the_same_names()
    {
        var renewed = _chain.Suite.GenerateSignatureKeyPair(TestRandom.Fill).PublicKey;
        var before = TestChain.Credential(_chain.EndEntity(certificate => certificate with { DnsName = "client.example" }), _chain.Intermediate());
        Succeeds(certificate => certificate with { DnsName = "client.example", Key = renewed }, true);
        Succeeds(certificate => certificate with { DnsName = "client.example", Subject = "somebody else" }, false);
        Succeeds(certificate => certificate with { DnsName = "another.example" }, false);
        Succeeds(certificate => certificate, false);
        Policy(_chain.Root()).Accept(Question(before) with { Previous = new BasicCredential(Opaque.Copy("client"u8)) }).ShouldBeFalse();

        void Succeeds(Func<TestCertificate, TestCertificate> change, bool expected)
        {
            var question = Question(TestChain.Credential(_chain.EndEntity(change), _chain.Intermediate())) with { Event = CredentialEvent.Update, Previous = before };
            Policy(_chain.Root()).Accept(question).ShouldBe(expected);
        }
    }

    [Fact]
    public void Other_credentials_are_not_its_to_accept() =>
        Policy(_chain.Root()).Accept(Question(new BasicCredential(Opaque.Copy("client"u8)))).ShouldBeFalse();

    [Fact]
    public void An_anchor_that_is_no_certificate_is_refused_at_once() =>
        Expect.Refused(MlsError.CredentialRefused, () => Policy(Opaque.Copy("no certificate"u8)));

    [Fact]
    public void A_refusal_is_an_error_where_it_is_required()
    {
        Question(Honest).Require(Policy(_chain.Root()).Accept);
        Expect.Refused(MlsError.CredentialRefused, () => Question(Honest).Require(_ => false));
    }

    private void Accepts(X509Credential credential, Opaque? anchors = null) => Policy(anchors ?? _chain.Root()).Accept(Question(credential)).ShouldBeTrue();

    private void Refuses(X509Credential credential, Opaque? anchors = null) => Policy(anchors ?? _chain.Root()).Accept(Question(credential)).ShouldBeFalse();

    private static X509CredentialPolicy Policy(Opaque anchor) => new([anchor], TestCertificate.Now);

    private CredentialQuestion Question(Credential credential) => new(CredentialEvent.Add, credential, _chain.Client.PublicKey);
}
