using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;
using Skytale.Quic.Ngtcp2.Tls;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>A listener's certificate: changed under load, and served with the chain that leads to its root.</summary>
public sealed class CertificateReloadTests
{
    private const int Patience = 60_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task Every_handshake_of_a_crowd_gets_one_of_the_two_whole_while_they_change()
    {
        await using var transport = new Ngtcp2Transport();
        using var one = CertificateChain.Create("one");
        using var two = CertificateChain.Create("two");
        await using var listener = (Ngtcp2Listener)await transport.ListenAsync(TransportPair.Listen() with { Certificate = one.EndEntity, Intermediates = [one.Intermediate] }, Cancel);
        var options = TransportPair.ConnectTo(listener.LocalEndPoint) with
        {
            PinnedCertificateHash = null,
            TrustedRoots = [one.Root, two.Root],
        };
        var connecting = Task.WhenAll(Enumerable.Range(0, 40).Select(_ => transport.ConnectAsync(options, Cancel)));
        var changes = 0;
        while (!connecting.IsCompleted)
        {
            var next = changes++ % 2 == 0 ? two : one;
            listener.UseCertificate(next.EndEntity, [next.Intermediate]);
            await Task.Yield();
        }

        foreach (var client in await connecting)
        {
            await using var ended = client;
            new[] { TransportStreamExtensions.Hash(one.EndEntity.RawData), TransportStreamExtensions.Hash(two.EndEntity.RawData) }
                .ShouldContain(Convert.ToHexString(client.ServerCertificateHash.Span));
        }
        changes.ShouldBeGreaterThan(0);
    }

    [Fact(Timeout = Patience)]
    public async Task The_old_key_leaves_memory_with_its_last_connection()
    {
        await using var transport = new Ngtcp2Transport();
        await using var pair = await TransportPair.CreateAsync(transport, Cancel);
        var listener = (Ngtcp2Listener)pair.Listener;
        var old = listener.Door.Credentials.ShouldNotBeNull();

        listener.UseCertificate(TestCertificates.Other);
        old.IsFreed.ShouldBeFalse();

        await pair.Client.DisposeAsync();
        await pair.Server.DisposeAsync();
        while (!old.IsFreed)
            await Task.Delay(5, Cancel); // The connection waits for late packets; the test's timeout is the limit.
        listener.Door.Credentials.ShouldNotBeNull().IsFreed.ShouldBeFalse();
    }

    [Fact(Timeout = Patience)]
    public async Task A_disposed_listener_frees_the_key()
    {
        await using var transport = new Ngtcp2Transport();
        var listener = (Ngtcp2Listener)await transport.ListenAsync(TransportPair.Listen(), Cancel);
        var credentials = listener.Door.Credentials.ShouldNotBeNull();
        await listener.DisposeAsync();

        credentials.IsFreed.ShouldBeTrue();
    }

    [Fact(Timeout = Patience)]
    public async Task A_chain_is_served_with_its_intermediate_certificate()
    {
        await using var transport = new Ngtcp2Transport();
        using var chain = CertificateChain.Create("one");
        await using var listener = await transport.ListenAsync(TransportPair.Listen() with { Certificate = chain.EndEntity, Intermediates = [chain.Intermediate] }, Cancel);

        await using var client = await transport.ConnectAsync(TrustingRootOf(chain, listener), Cancel);

        client.ServerCertificateHash.ToArray().ShouldBe(SHA256.HashData(chain.EndEntity.RawData));
    }

    [Fact(Timeout = Patience)]
    public async Task A_chain_without_its_intermediate_certificate_is_refused_until_it_is_served()
    {
        await using var transport = new Ngtcp2Transport();
        using var chain = CertificateChain.Create("one");
        await using var listener = (Ngtcp2Listener)await transport.ListenAsync(TransportPair.Listen() with { Certificate = chain.EndEntity }, Cancel);

        var exception = await Should.ThrowAsync<TransportException>(() => transport.ConnectAsync(TrustingRootOf(chain, listener), Cancel));
        exception.Error.ShouldBe(TransportError.CertificateRefused);

        listener.UseCertificate(chain.EndEntity, [chain.Intermediate]);
        await using var client = await transport.ConnectAsync(TrustingRootOf(chain, listener), Cancel);
        client.Closed.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void Credentials_live_until_the_last_holder_releases_them()
    {
        var credentials = new ServerCredentials(TestCertificates.Localhost, null);
        credentials.Hold().Hold();

        credentials.Release();
        credentials.Release();
        credentials.IsFreed.ShouldBeFalse();
        credentials.Release();
        credentials.IsFreed.ShouldBeTrue();
    }

    private static TransportConnectOptions TrustingRootOf(CertificateChain chain, ITransportListener listener) =>
        TransportPair.ConnectTo(listener.LocalEndPoint) with { PinnedCertificateHash = null, TrustedRoots = [chain.Root] };
}
