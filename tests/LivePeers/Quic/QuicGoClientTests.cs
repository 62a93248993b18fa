using System.Security.Cryptography.X509Certificates;
using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;

namespace Skytale.LivePeers.Tests.Quic;

/// <summary>Clients over quic-go at our server: two implementations that share no line of code.</summary>
[Trait("Category", "Live")]
public sealed class QuicGoClientTests : IAsyncLifetime
{
    private const int Patience = 120_000;

    private readonly Ngtcp2Transport _transport = new();
    private readonly string _trusted = Path.GetTempFileName();
    private ITransportListener _listener = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _listener = await _transport.ListenAsync(TransportPair.Listen(), Cancel);
        await File.WriteAllTextAsync(_trusted, TestCertificates.Localhost.ExportCertificatePem(), Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        File.Delete(_trusted);
    }

    [Fact(Timeout = Patience)]
    public async Task A_thousand_streams_come_back_as_they_were_sent()
    {
        await using var peer = QuicGoPeer.StartClient("streams", _listener.LocalEndPoint, _trusted, "-count", "1000");
        await using var connection = await _listener.AcceptAsync(Cancel);
        var echoing = EchoAllAsync(connection);

        (await peer.WaitForAsync("compared", Cancel)).ShouldBe("1000");

        (await connection.Closed).ShouldBe(new TransportClosed(TransportClosedBy.Peer, 0, "done"));
        await echoing;
    }

    [Fact(Timeout = Patience)]
    public async Task A_thousand_streams_of_one_direction_come_back_on_others()
    {
        await using var peer = QuicGoPeer.StartClient("uni", _listener.LocalEndPoint, _trusted, "-count", "1000");
        await using var connection = await _listener.AcceptAsync(Cancel);
        var returning = Enumerable.Range(0, 1000).Select(async _ =>
        {
            await using var incoming = await connection.AcceptReceiveStreamAsync(Cancel);
            var bytes = await incoming.ReadToEndAsync(Cancel);
            await using var outgoing = await connection.OpenSendStreamAsync(Cancel);
            await outgoing.WriteAsync(bytes, endStream: true, Cancel);
        }).ToArray();

        (await peer.WaitForAsync("compared", Cancel)).ShouldBe("1000");

        await Task.WhenAll(returning);
        (await connection.Closed).ShouldBe(new TransportClosed(TransportClosedBy.Peer, 0, "done"));
    }

    [Fact(Timeout = Patience)]
    public async Task A_hundred_megabytes_come_back_with_their_hash_over_several_keys()
    {
        const int size = 100_000_000;
        await using var peer = QuicGoPeer.StartClient("bytes", _listener.LocalEndPoint, _trusted, "-count", $"{size}");
        await using var connection = await _listener.AcceptAsync(Cancel);
        var echoing = EchoAllAsync(connection);

        var hashes = (await peer.WaitForAsync("hashes", Cancel)).Split(' ');

        hashes[0].ShouldBe($"{size}");
        hashes[2].ShouldBe(hashes[1]);
        hashes[1].Length.ShouldBe(64);
        // quic-go changes its keys after its first hundred packets, and then from time to time.
        peer.Count("keys").ShouldBeGreaterThan(0);
        await connection.Closed;
        await echoing;
    }

    [Fact(Timeout = Patience)]
    public async Task Their_close_is_seen_here_with_code_and_reason()
    {
        await using var peer = QuicGoPeer.StartClient("close", _listener.LocalEndPoint, _trusted, "-close", "4711", "-reason", "enough of it");
        await using var connection = await _listener.AcceptAsync(Cancel);
        await SayHelloAsync(connection);

        (await connection.Closed).ShouldBe(new TransportClosed(TransportClosedBy.Peer, 4711, "enough of it"));
    }

    [Fact(Timeout = Patience)]
    public async Task Our_close_is_seen_there_with_code_and_reason()
    {
        await using var peer = QuicGoPeer.StartClient("closed", _listener.LocalEndPoint, _trusted);
        await using var connection = await _listener.AcceptAsync(Cancel);

        await connection.CloseAsync(815, "that was all");

        (await peer.WaitForAsync("closed", Cancel)).ShouldBe("application 815 remote=true that was all");
    }

    [Fact(Timeout = Patience)]
    public async Task They_refuse_a_certificate_that_they_do_not_trust_and_nobody_is_let_in()
    {
        await File.WriteAllTextAsync(_trusted, TestCertificates.Other.ExportCertificatePem(), Cancel);

        await using var refusing = QuicGoPeer.StartClient("closed", _listener.LocalEndPoint, _trusted);
        (await refusing.WaitForAsync("failed", Cancel)).ShouldContain("certificate");

        // The next connection that the listener gives is one that trusts it.
        await File.WriteAllTextAsync(_trusted, TestCertificates.Localhost.ExportCertificatePem(), Cancel);
        await using var trusting = QuicGoPeer.StartClient("close", _listener.LocalEndPoint, _trusted, "-close", "31");
        await using var connection = await _listener.AcceptAsync(Cancel);
        await SayHelloAsync(connection);
        (await connection.Closed).Code.ShouldBe(31UL);
    }

    private static async Task SayHelloAsync(ITransportConnection connection) =>
        await (await connection.OpenStreamAsync(Cancel)).WriteAsync(new byte[1], cancellationToken: Cancel);

    /// <summary>Sends back what comes on every stream, until the connection ends.</summary>
    private static async Task EchoAllAsync(ITransportConnection connection)
    {
        var echoes = new List<Task>();
        try
        {
            while (true)
                echoes.Add((await connection.AcceptStreamAsync(Cancel)).EchoAsync(Cancel));
        }
        catch (TransportException e) when (e.Error == TransportError.Closed)
        {
            await Task.WhenAll(echoes); // All were over before the peer closed.
        }
    }
}
