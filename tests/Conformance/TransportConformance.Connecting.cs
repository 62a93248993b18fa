using Skytale.Protocol.Transport;

namespace Skytale.Conformance;

public abstract partial class TransportConformance
{
    [Fact(Timeout = Patience)]
    public async Task Both_ends_know_the_servers_certificate()
    {
        await using var pair = await PairAsync();

        pair.Client.ServerCertificateHash.ToArray().ShouldBe(TestCertificates.LocalhostHash.ToArray());
        pair.Server.ServerCertificateHash.ToArray().ShouldBe(TestCertificates.LocalhostHash.ToArray());
        pair.Client.RemoteEndPoint.ShouldBe(pair.Listener.LocalEndPoint);
        pair.Listener.LocalEndPoint.Port.ShouldBeGreaterThan(0);
    }

    [Fact(Timeout = Patience)]
    public async Task A_certificate_other_than_the_pinned_one_is_refused_and_the_listener_gives_no_connection()
    {
        await using var listener = await Transport.ListenAsync(TransportPair.Listen(), Cancel);
        var wrong = TransportPair.ConnectTo(listener.LocalEndPoint) with { PinnedCertificateHash = new byte[32] };

        await ShouldFailAsync(TransportError.CertificateRefused, () => Transport.ConnectAsync(wrong, Cancel));

        // The next connection that the listener gives is the one that was accepted.
        var connecting = Transport.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel);
        await using var server = await listener.AcceptAsync(Cancel);
        await using var client = await connecting;
        await client.CloseAsync(31, "the right one");
        (await server.Closed).Code.ShouldBe(31UL);
    }

    [Fact(Timeout = Patience)]
    public async Task Without_a_pin_the_certificate_must_chain_to_a_trusted_root()
    {
        await using var listener = await Transport.ListenAsync(TransportPair.Listen(), Cancel);
        var options = TransportPair.ConnectTo(listener.LocalEndPoint) with { PinnedCertificateHash = null };

        await ShouldFailAsync(TransportError.CertificateRefused, () => Transport.ConnectAsync(options with { TrustedRoots = [TestCertificates.Other] }, Cancel));
        await ShouldFailAsync(TransportError.CertificateRefused, () => Transport.ConnectAsync(options, Cancel));

        var connecting = Transport.ConnectAsync(options with { TrustedRoots = [TestCertificates.Localhost] }, Cancel);
        await using var server = await listener.AcceptAsync(Cancel);
        await using var client = await connecting;
        client.ServerCertificateHash.ToArray().ShouldBe(TestCertificates.LocalhostHash.ToArray());
    }

    [Fact(Timeout = Patience)]
    public async Task Without_a_pin_the_certificate_must_carry_the_name()
    {
        await using var listener = await Transport.ListenAsync(TransportPair.Listen(), Cancel);
        var options = TransportPair.ConnectTo(listener.LocalEndPoint) with
        {
            PinnedCertificateHash = null,
            TrustedRoots = [TestCertificates.Localhost],
            ServerName = "relay.example",
        };

        await ShouldFailAsync(TransportError.CertificateRefused, () => Transport.ConnectAsync(options, Cancel));

        var connecting = Transport.ConnectAsync(options with { ServerName = "127.0.0.1" }, Cancel);
        await using var server = await listener.AcceptAsync(Cancel);
        await using var client = await connecting;
        client.Closed.IsCompleted.ShouldBeFalse();
    }

    [Fact(Timeout = Patience)]
    public async Task Nobody_there_is_unreachable()
    {
        var options = TransportPair.ConnectTo(await NobodyAsync()) with { HandshakeTimeout = TimeSpan.FromMilliseconds(300) };

        await ShouldFailAsync(TransportError.Unreachable, () => Transport.ConnectAsync(options, Cancel));
    }

    [Fact(Timeout = Patience)]
    public async Task A_cancelled_connect_ends_at_once()
    {
        using var impatience = new CancellationTokenSource();
        var connecting = Transport.ConnectAsync(TransportPair.ConnectTo(await NobodyAsync()) with { HandshakeTimeout = TimeSpan.FromMinutes(10) }, impatience.Token);

        await impatience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => connecting);
    }

    [Fact(Timeout = Patience)]
    public async Task A_cancelled_accept_loses_no_connection()
    {
        await using var listener = await Transport.ListenAsync(TransportPair.Listen(), Cancel);
        using var impatience = new CancellationTokenSource();
        var given = listener.AcceptAsync(impatience.Token).AsTask();

        await impatience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => given);
        await using var client = await Transport.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel);
        await using var server = await listener.AcceptAsync(Cancel);
        server.Closed.IsCompleted.ShouldBeFalse();
    }

    [Fact(Timeout = Patience)]
    public async Task A_cancelled_wait_for_a_stream_loses_no_stream()
    {
        await using var pair = await PairAsync();
        using var impatience = new CancellationTokenSource();
        var given = pair.Server.AcceptStreamAsync(impatience.Token).AsTask();

        await impatience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => given);
        var (client, server) = await pair.OpenAsync(Cancel);
        server.Id.ShouldBe(client.Id);
    }

    [Fact(Timeout = Patience)]
    public async Task An_address_that_is_in_use_cannot_be_listened_on()
    {
        await using var listener = await Transport.ListenAsync(TransportPair.Listen(), Cancel);

        await ShouldFailAsync(TransportError.CannotListen,
            () => Transport.ListenAsync(TransportPair.Listen() with { LocalEndPoint = listener.LocalEndPoint }, Cancel));
    }

    [Fact(Timeout = Patience)]
    public async Task Many_connections_to_one_listener_are_apart()
    {
        await using var listener = await Transport.ListenAsync(TransportPair.Listen(), Cancel);
        const int count = 30;
        var clients = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Transport.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel)));
        for (var i = 0; i < count; i++)
        {
            var stream = await clients[i].OpenStreamAsync(Cancel);
            await stream.WriteAsync(new[] { (byte)i }, endStream: true, Cancel);
        }

        var seen = new List<byte>();
        for (var i = 0; i < count; i++)
        {
            var server = await listener.AcceptAsync(Cancel);
            var bytes = await (await server.AcceptStreamAsync(Cancel)).ReadToEndAsync(Cancel);
            seen.AddRange(bytes);
            await server.CloseAsync(bytes[0], "");
        }

        seen.Order().ShouldBe(Enumerable.Range(0, count).Select(i => (byte)i));
        for (var i = 0; i < count; i++)
            (await clients[i].Closed).Code.ShouldBe((ulong)i);
    }

    [Fact(Timeout = Patience)]
    public async Task A_disposed_transport_ends_a_connect_that_is_under_way()
    {
        var connecting = Transport.ConnectAsync(TransportPair.ConnectTo(await NobodyAsync()) with { HandshakeTimeout = TimeSpan.FromMinutes(10) }, Cancel);

        await Transport.DisposeAsync();

        await ShouldFailAsync(TransportError.Closed, () => connecting);
    }
}
