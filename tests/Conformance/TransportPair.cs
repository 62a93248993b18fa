using System.Net;
using System.Security.Cryptography;
using Skytale.Protocol.Transport;

namespace Skytale.Conformance;

/// <summary>A listener and one connection to it, seen from both ends.</summary>
public sealed class TransportPair : IAsyncDisposable
{
    private TransportPair(ITransportListener listener, ITransportConnection client, ITransportConnection server)
    {
        Listener = listener;
        Client = client;
        Server = server;
    }

    public ITransportListener Listener { get; }

    public ITransportConnection Client { get; }

    public ITransportConnection Server { get; }

    /// <summary>Binds a port that the system chooses and connects to it, with the certificate pinned.</summary>
    public static async Task<TransportPair> CreateAsync(ITransport transport, CancellationToken cancellationToken, TransportLimits? serverLimits = null, TransportLimits? clientLimits = null)
    {
        var listener = await transport.ListenAsync(Listen(serverLimits), cancellationToken);
        var connecting = transport.ConnectAsync(ConnectTo(listener.LocalEndPoint, clientLimits), cancellationToken);
        var server = await listener.AcceptAsync(cancellationToken);
        return new TransportPair(listener, await connecting, server);
    }

    public static TransportListenOptions Listen(TransportLimits? limits = null) => new()
    {
        LocalEndPoint = new IPEndPoint(IPAddress.Loopback, 0),
        Certificate = TestCertificates.Localhost,
        Limits = limits ?? new TransportLimits(),
    };

    public static TransportConnectOptions ConnectTo(IPEndPoint address, TransportLimits? limits = null) => new()
    {
        RemoteEndPoint = address,
        ServerName = "localhost",
        PinnedCertificateHash = TestCertificates.LocalhostHash,
        Limits = limits ?? new TransportLimits(),
    };

    /// <summary>Opens a stream at the client, says one byte so that the server sees it, and takes that byte off again.</summary>
    public async Task<(ITransportStream Client, ITransportStream Server)> OpenAsync(CancellationToken cancellationToken)
    {
        var client = await Client.OpenStreamAsync(cancellationToken);
        await client.WriteAsync(new byte[] { 1 }, cancellationToken: cancellationToken);
        var server = await Server.AcceptStreamAsync(cancellationToken);
        (await server.ReadAsync(new byte[1], cancellationToken)).ShouldBe(1);
        return (client, server);
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
        await Listener.DisposeAsync();
    }
}

/// <summary>Reading and writing whole things.</summary>
public static class TransportStreamExtensions
{
    /// <summary>Reads to the peer's end of stream.</summary>
    public static async Task<byte[]> ReadToEndAsync(this ITransportReceiveStream stream, CancellationToken cancellationToken)
    {
        using var all = new System.IO.MemoryStream();
        var buffer = new byte[32 << 10];
        for (int count; (count = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
            all.Write(buffer, 0, count);
        return all.ToArray();
    }

    /// <summary>Reads exactly this many bytes.</summary>
    public static async Task<byte[]> ReadExactlyAsync(this ITransportReceiveStream stream, int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count;)
        {
            var read = await stream.ReadAsync(bytes.AsMemory(at), cancellationToken);
            read.ShouldBeGreaterThan(0, "the stream ended early");
            at += read;
        }
        return bytes;
    }

    /// <summary>Sends everything back that comes, and then the end.</summary>
    public static async Task EchoAsync(this ITransportStream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[32 << 10];
        for (int count; (count = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
            await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken: cancellationToken);
        await stream.WriteAsync(default, endStream: true, cancellationToken);
    }

    /// <summary>Bytes that are the same for the same seed.</summary>
    public static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>SHA-256 in hex.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexString(SHA256.HashData(bytes));
}
