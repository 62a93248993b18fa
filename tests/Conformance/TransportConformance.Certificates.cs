using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Skytale.Protocol.Transport;

namespace Skytale.Conformance;

public abstract partial class TransportConformance
{
    private static readonly ReadOnlyMemory<byte> s_otherHash = SHA256.HashData(TestCertificates.Other.RawData);

    [Fact(Timeout = Patience)]
    public async Task After_a_change_new_handshakes_get_the_new_certificate_and_old_connections_live_on()
    {
        await using var pair = await PairAsync();
        var (oldClient, oldServer) = await pair.OpenAsync(Cancel);

        pair.Listener.UseCertificate(TestCertificates.Other);
        await using var client = await Transport.ConnectAsync(TransportPair.ConnectTo(pair.Listener.LocalEndPoint) with { PinnedCertificateHash = s_otherHash }, Cancel);
        await using var server = await pair.Listener.AcceptAsync(Cancel);

        client.ServerCertificateHash.ToArray().ShouldBe(s_otherHash.ToArray());
        server.ServerCertificateHash.ToArray().ShouldBe(s_otherHash.ToArray());
        pair.Server.ServerCertificateHash.ToArray().ShouldBe(TestCertificates.LocalhostHash.ToArray());
        await oldClient.WriteAsync("on"u8.ToArray(), endStream: true, Cancel);
        (await oldServer.ReadToEndAsync(Cancel)).ShouldBe("on"u8.ToArray());
    }

    [Fact(Timeout = Patience)]
    public async Task Who_pins_the_old_certificate_is_refused_the_new_one()
    {
        await using var listener = await Transport.ListenAsync(TransportPair.Listen(), Cancel);

        listener.UseCertificate(TestCertificates.Other);

        await ShouldFailAsync(TransportError.CertificateRefused, () => Transport.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel));
    }

    [Fact(Timeout = Patience)]
    public async Task An_unusable_certificate_changes_nothing()
    {
        await using var listener = await Transport.ListenAsync(TransportPair.Listen(), Cancel);
        using var withoutKey = X509CertificateLoader.LoadCertificate(TestCertificates.Other.RawData);

        Should.Throw<TransportException>(() => listener.UseCertificate(withoutKey)).Error.ShouldBe(TransportError.CannotListen);

        await using var client = await Transport.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel);
        client.ServerCertificateHash.ToArray().ShouldBe(TestCertificates.LocalhostHash.ToArray());
    }

    [Fact(Timeout = Patience)]
    public async Task A_certificate_that_was_given_may_be_disposed()
    {
        using var first = Copy(TestCertificates.Localhost);
        using var second = Copy(TestCertificates.Other);
        await using var listener = await Transport.ListenAsync(TransportPair.Listen() with { Certificate = first }, Cancel);
        first.Dispose();
        await using var before = await Transport.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel);
        listener.UseCertificate(second);
        second.Dispose();

        await using var after = await Transport.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint) with { PinnedCertificateHash = s_otherHash }, Cancel);

        after.ServerCertificateHash.ToArray().ShouldBe(s_otherHash.ToArray());
    }

    [Fact(Timeout = Patience)]
    public async Task A_disposed_listener_takes_no_certificate()
    {
        var listener = await Transport.ListenAsync(TransportPair.Listen(), Cancel);
        await listener.DisposeAsync();

        Should.Throw<TransportException>(() => listener.UseCertificate(TestCertificates.Other)).Error.ShouldBe(TransportError.Closed);
    }

    private static X509Certificate2 Copy(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
}
