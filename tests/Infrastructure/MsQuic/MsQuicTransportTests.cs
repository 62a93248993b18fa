using System.Net.Quic;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Skytale.Conformance;
using Skytale.MsQuic;
using Skytale.Protocol.Transport;
using Skytale.Transport;

namespace Skytale.Infrastructure.Tests.MsQuic;

/// <summary>What can be seen of the adapter without the native library: its absence, and the certificate that it would serve.</summary>
public sealed class MsQuicTransportTests
{
    [Fact]
    public void Without_libmsquic_it_says_what_is_missing()
    {
        Assert.SkipWhen(QuicListener.IsSupported, "libmsquic is installed");

        var exception = Should.Throw<TransportException>(() => new MsQuicTransport());

        exception.Error.ShouldBe(TransportError.NotInstalled);
        exception.Message.ShouldContain("libmsquic");
    }

    [Fact]
    public void A_served_certificate_is_a_copy_with_its_key_its_hash_and_its_intermediates()
    {
        using var chain = CertificateChain.Create("served");
        var served = ServedCertificate.Create(chain.EndEntity, [chain.Intermediate]);
        var hash = SHA256.HashData(chain.EndEntity.RawData);

        chain.EndEntity.Dispose();
        chain.Intermediate.Dispose();

        served.Hash.ToArray().ShouldBe(hash);
        SHA256.HashData(served.Context.TargetCertificate.RawData).ShouldBe(hash);
        served.Context.TargetCertificate.HasPrivateKey.ShouldBeTrue();
        served.Context.TargetCertificate.Export(X509ContentType.Pkcs12).ShouldNotBeEmpty(); // As System.Net.Quic hands it to MsQuic.
        served.Context.IntermediateCertificates.ShouldHaveSingleItem().Subject.ShouldBe("CN=served intermediate");
    }

    [Fact]
    public void A_certificate_with_an_rsa_key_can_be_served() =>
        ServedCertificate.Create(TestCertificates.Rsa, null).Context.TargetCertificate.HasPrivateKey.ShouldBeTrue();

    [Fact]
    public void A_certificate_without_its_key_cannot_be_served()
    {
        using var bare = X509CertificateLoader.LoadCertificate(TestCertificates.Localhost.RawData);

        Should.Throw<TransportException>(() => ServedCertificate.Create(bare, null)).Error.ShouldBe(TransportError.CannotListen);
    }
}
