using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using Skytale.Conformance;
using Skytale.Protocol.Transport;

namespace Skytale.Infrastructure.Tests.Tcp;

/// <summary>A TLS client that writes the multiplexer's frames byte by byte, as docs/protocol/relay.md has them.</summary>
internal sealed class RawPeer : IAsyncDisposable
{
    private readonly SslStream _tls;

    private RawPeer(SslStream tls) => _tls = tls;

    /// <summary>Connects to a listener that shows <see cref="TestCertificates.Localhost"/>.</summary>
    public static async Task<RawPeer> ConnectAsync(
        IPEndPoint address, CancellationToken cancellationToken, string protocol = TransportLimits.ApplicationProtocol, SslProtocols versions = SslProtocols.Tls13)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address, cancellationToken);
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ApplicationProtocols = [new SslApplicationProtocol(protocol)],
                EnabledSslProtocols = versions,
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.GetCertHash(HashAlgorithmName.SHA256).AsSpan().SequenceEqual(TestCertificates.LocalhostHash.Span),
            }, cancellationToken);
            return new RawPeer(tls);
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    /// <summary>A frame whose length is its payload's.</summary>
    public static byte[] Frame(byte type, ulong streamId = 0, params byte[] payload)
    {
        var frame = new byte[12 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length);
        frame[0] = type;
        BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(4), streamId);
        payload.CopyTo(frame, 12);
        return frame;
    }

    public static byte[] Settings(uint streamWindow = 1 << 20, uint connectionWindow = 8 << 20, uint maxStreams = 100, uint idleTimeout = 0) =>
        Frame(0, 0, [.. UInt32(streamWindow), .. UInt32(connectionWindow), .. UInt32(maxStreams), .. UInt32(idleTimeout)]);

    public static byte[] UInt32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    public ValueTask WriteAsync(byte[] bytes, CancellationToken cancellationToken) => _tls.WriteAsync(bytes, cancellationToken);

    /// <summary>The next frame; null at the end of the bytes.</summary>
    public async Task<(byte Type, ulong StreamId, byte[] Payload)?> ReadAsync(CancellationToken cancellationToken)
    {
        var header = new byte[12];
        if (await _tls.ReadAtLeastAsync(header, 12, throwOnEndOfStream: false, cancellationToken) < 12)
            return null;
        var payload = new byte[BinaryPrimitives.ReadUInt32BigEndian(header) & 0xffffff];
        await _tls.ReadExactlyAsync(payload, cancellationToken);
        return (header[0], BinaryPrimitives.ReadUInt64BigEndian(header.AsSpan(4)), payload);
    }

    /// <summary>Reads to the end and gives the last frame's type, code and reason.</summary>
    public async Task<(byte Type, ulong Code, string Reason)> ReadLastAsync(CancellationToken cancellationToken)
    {
        (byte Type, ulong StreamId, byte[] Payload) last = default;
        while (await ReadAsync(cancellationToken) is { } frame)
            last = frame;
        return (last.Type, BinaryPrimitives.ReadUInt64BigEndian(last.Payload), Encoding.UTF8.GetString(last.Payload.AsSpan(8)));
    }

    public ValueTask DisposeAsync() => _tls.DisposeAsync();
}
