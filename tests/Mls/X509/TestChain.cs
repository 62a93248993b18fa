using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tests.X509;

/// <summary>A root, an intermediate authority and an end entity, each of which a test may change before it is signed.</summary>
internal sealed class TestChain
{
    private readonly SignatureKeyPair _root;
    private readonly SignatureKeyPair _intermediate;

    public TestChain(CipherSuite suite)
    {
        Suite = suite;
        _root = suite.GenerateSignatureKeyPair(TestRandom.Fill);
        _intermediate = suite.GenerateSignatureKeyPair(TestRandom.Fill);
        Client = suite.GenerateSignatureKeyPair(TestRandom.Fill);
    }

    public CipherSuite Suite { get; }

    public SignatureKeyPair Client { get; }

    public Opaque Root(Func<TestCertificate, TestCertificate>? change = null) =>
        Changed(TestCertificate.Authority(Suite, "root", _root.PublicKey), change).Sign(_root.PrivateKey);

    public Opaque Intermediate(Func<TestCertificate, TestCertificate>? change = null) =>
        Changed(TestCertificate.Authority(Suite, "intermediate", _intermediate.PublicKey, issuer: "root"), change).Sign(_root.PrivateKey);

    public Opaque EndEntity(Func<TestCertificate, TestCertificate>? change = null) =>
        Changed(TestCertificate.EndEntity(Suite, "client", "intermediate", Client.PublicKey), change).Sign(_intermediate.PrivateKey);

    public static X509Credential Credential(params Opaque[] chain) => new([.. chain.Select(certificate => new Certificate(certificate))]);

    private static TestCertificate Changed(TestCertificate certificate, Func<TestCertificate, TestCertificate>? change) => change?.Invoke(certificate) ?? certificate;
}
