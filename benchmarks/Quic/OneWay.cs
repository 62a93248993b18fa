using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Skytale.Protocol.Transport;

namespace Skytale.Benchmarks.Quic;

/// <summary>Bytes one way through one stream, over QUIC and, to compare with, over TLS 1.3 on TCP.</summary>
internal static class OneWay
{
    private const int Piece = 256 << 10;

    /// <summary>Megabytes (10^6) a second over QUIC.</summary>
    internal static async Task<double> QuicAsync(Loopback loopback, long bytes, int piece = Piece)
    {
        var (client, server) = await loopback.ConnectAsync();
        await using var clientEnds = client;
        await using var serverEnds = server;
        var stream = await client.OpenStreamAsync();
        await stream.WriteAsync(new byte[1]);
        var incoming = await server.AcceptStreamAsync();

        var clock = Stopwatch.StartNew();
        var writing = Task.Run(async () =>
        {
            var buffer = new byte[piece];
            for (long sent = 1; sent < bytes; sent += piece)
                await stream.WriteAsync(buffer.AsMemory(0, (int)Math.Min(piece, bytes - sent)));
            await stream.WriteAsync(default, endStream: true);
        });
        var received = await ReadAllAsync(buffer => incoming.ReadAsync(buffer));
        await writing;
        return Rate(bytes, received, clock);
    }

    /// <summary>Megabytes a second through an SslStream.</summary>
    internal static async Task<double> TlsAsync(long bytes)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var outgoing = new TcpClient();
        var accepting = listener.AcceptTcpClientAsync();
        await outgoing.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var accepted = await accepting;
        var pin = Loopback.Certificate.GetCertHashString();
        await using var client = new SslStream(outgoing.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) => certificate?.GetCertHashString() == pin);
        await using var server = new SslStream(accepted.GetStream());
        await Task.WhenAll(
            client.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", EnabledSslProtocols = SslProtocols.Tls13 }),
            server.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Loopback.Certificate, EnabledSslProtocols = SslProtocols.Tls13 }));

        var clock = Stopwatch.StartNew();
        var writing = Task.Run(async () =>
        {
            var piece = new byte[Piece];
            for (long sent = 0; sent < bytes; sent += Piece)
                await client.WriteAsync(piece.AsMemory(0, (int)Math.Min(Piece, bytes - sent)));
            await client.ShutdownAsync();
        });
        var received = await ReadAllAsync(buffer => server.ReadAsync(buffer));
        await writing;
        return Rate(bytes, received, clock);
    }

    private static async Task<long> ReadAllAsync(Func<Memory<byte>, ValueTask<int>> read)
    {
        var buffer = new byte[Piece];
        long received = 0;
        for (int count; (count = await read(buffer)) > 0;)
            received += count;
        return received;
    }

    private static double Rate(long sent, long received, Stopwatch clock)
    {
        var seconds = clock.Elapsed.TotalSeconds;
        // A stream that ends early would be the fastest. QUIC's first byte, which opened the stream, is among them.
        return received == sent ? sent / seconds / 1e6 : throw new InvalidOperationException($"{sent} bytes were sent and {received} arrived.");
    }
}
