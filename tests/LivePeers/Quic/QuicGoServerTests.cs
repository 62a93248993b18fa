using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;

namespace Skytale.LivePeers.Tests.Quic;

/// <summary>Our client at a server over quic-go.</summary>
[Trait("Category", "Live")]
public sealed class QuicGoServerTests : IAsyncDisposable
{
    private const int Patience = 120_000;

    private readonly Ngtcp2Transport _transport = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _transport.DisposeAsync();

    [Fact(Timeout = Patience)]
    public async Task A_thousand_streams_come_back_as_they_were_sent()
    {
        var (peer, address, certificate) = await QuicGoPeer.StartServerAsync(Cancel);
        await using var _ = peer;
        await using var connection = await _transport.ConnectAsync(Trusting(address, certificate), Cancel);

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(async i =>
        {
            var sent = TransportStreamExtensions.Bytes(1000 + i, seed: i);
            await using var stream = await connection.OpenStreamAsync(Cancel);
            await stream.WriteAsync(sent, endStream: true, Cancel);
            (await stream.ReadToEndAsync(Cancel)).ShouldBe(sent);
        }));
    }

    [Fact(Timeout = Patience)]
    public async Task A_thousand_streams_of_one_direction_come_back_on_others()
    {
        var (peer, address, certificate) = await QuicGoPeer.StartServerAsync(Cancel);
        await using var _ = peer;
        await using var connection = await _transport.ConnectAsync(Trusting(address, certificate), Cancel);
        var sending = Enumerable.Range(0, 1000).Select(async i =>
        {
            await using var stream = await connection.OpenSendStreamAsync(Cancel);
            await stream.WriteAsync(TransportStreamExtensions.Bytes(1000 + i, seed: i), endStream: true, Cancel);
        }).ToArray();

        for (var left = 1000; left > 0; left--)
        {
            await using var stream = await connection.AcceptReceiveStreamAsync(Cancel);
            var received = await stream.ReadToEndAsync(Cancel);
            received.ShouldBe(TransportStreamExtensions.Bytes(received.Length, seed: received.Length - 1000));
        }
        await Task.WhenAll(sending);
    }

    [Fact(Timeout = Patience)]
    public async Task A_hundred_megabytes_come_back_with_their_hash()
    {
        const int piece = 1_000_000;
        var (peer, address, certificate) = await QuicGoPeer.StartServerAsync(Cancel);
        await using var _ = peer;
        await using var connection = await _transport.ConnectAsync(Trusting(address, certificate), Cancel);
        await using var stream = await connection.OpenStreamAsync(Cancel);
        using var sent = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                var bytes = TransportStreamExtensions.Bytes(piece, seed: i);
                sent.AppendData(bytes);
                await stream.WriteAsync(bytes, endStream: i == 99, Cancel);
            }
        }, Cancel);

        using var received = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 << 10];
        long length = 0;
        for (int count; (count = await stream.ReadAsync(buffer, Cancel)) > 0; length += count)
            received.AppendData(buffer, 0, count);

        await writing;
        length.ShouldBe(100L * piece);
        received.GetHashAndReset().ShouldBe(sent.GetHashAndReset());
        peer.Count("keys").ShouldBeGreaterThan(0);
    }

    [Fact(Timeout = Patience)]
    public async Task Their_close_is_seen_here_with_code_and_reason()
    {
        var (peer, address, certificate) = await QuicGoPeer.StartServerAsync(Cancel, "-close", "4711", "-reason", "enough of it");
        await using var _ = peer;
        await using var connection = await _transport.ConnectAsync(Trusting(address, certificate), Cancel);
        await using var stream = await connection.OpenStreamAsync(Cancel);
        await stream.WriteAsync(new byte[1], cancellationToken: Cancel);

        (await connection.Closed).ShouldBe(new TransportClosed(TransportClosedBy.Peer, 4711, "enough of it"));
        (await Should.ThrowAsync<TransportException>(async () => await stream.ReadAsync(new byte[1], Cancel))).Code.ShouldBe(4711UL);
    }

    [Fact(Timeout = Patience)]
    public async Task Our_close_is_seen_there_with_code_and_reason()
    {
        var (peer, address, certificate) = await QuicGoPeer.StartServerAsync(Cancel);
        await using var _ = peer;
        await using var connection = await _transport.ConnectAsync(Trusting(address, certificate), Cancel);

        await connection.CloseAsync(815, "that was all");

        (await peer.WaitForAsync("closed", Cancel)).ShouldBe("application 815 remote=true that was all");
    }

    [Fact(Timeout = Patience)]
    public async Task Their_certificate_is_refused_without_its_root_or_under_another_name()
    {
        var (peer, address, certificate) = await QuicGoPeer.StartServerAsync(Cancel);
        await using var _ = peer;
        TransportConnectOptions[] refused =
        [
            Trusting(address, TestCertificates.Other),
            Trusting(address, certificate) with { ServerName = "relay.example" },
            Trusting(address, certificate) with { PinnedCertificateHash = TestCertificates.LocalhostHash },
        ];

        foreach (var options in refused)
        {
            var exception = await Should.ThrowAsync<TransportException>(() => _transport.ConnectAsync(options, Cancel));
            exception.Error.ShouldBe(TransportError.CertificateRefused, exception.Message);
        }

        await using var accepted = await _transport.ConnectAsync(Trusting(address, certificate), Cancel);
        accepted.ServerCertificateHash.ToArray().ShouldBe(SHA256.HashData(certificate.RawData));
    }

    private static TransportConnectOptions Trusting(IPEndPoint address, X509Certificate2 root) => new()
    {
        RemoteEndPoint = address,
        ServerName = "localhost",
        TrustedRoots = [root],
    };
}
