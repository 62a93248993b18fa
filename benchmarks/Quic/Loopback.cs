using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;

namespace Skytale.Benchmarks.Quic;

/// <summary>A server and a client in this process, each with a loop of its own, and one certificate for QUIC and for TLS over TCP.</summary>
internal sealed class Loopback : IAsyncDisposable
{
    private readonly Ngtcp2Transport _serverTransport = new();
    private readonly Ngtcp2Transport _clientTransport = new();
    private ITransportListener? _listener;

    internal static X509Certificate2 Certificate { get; } = SelfSigned();

    /// <summary>SHA-256 of the certificate, in hexadecimal.</summary>
    internal static string CertificateHash => Certificate.GetCertHashString(HashAlgorithmName.SHA256);

    internal static async Task<Loopback> StartAsync()
    {
        var loopback = new Loopback();
        loopback._listener = await loopback._serverTransport.ListenAsync(
            new TransportListenOptions { LocalEndPoint = new IPEndPoint(IPAddress.Loopback, 0), Certificate = Certificate });
        return loopback;
    }

    internal async Task<(ITransportConnection Client, ITransportConnection Server)> ConnectAsync()
    {
        var connecting = ConnectOnlyAsync();
        var server = await AcceptAsync();
        return (await connecting, server);
    }

    /// <summary>The client's end; the server's is accepted elsewhere.</summary>
    internal Task<ITransportConnection> ConnectOnlyAsync(CancellationToken cancellationToken = default) =>
        _clientTransport.ConnectAsync(ConnectTo(_listener!.LocalEndPoint, SHA256.HashData(Certificate.RawData)), cancellationToken);

    internal ValueTask<ITransportConnection> AcceptAsync(CancellationToken cancellationToken = default) => _listener!.AcceptAsync(cancellationToken);

    internal static TransportConnectOptions ConnectTo(IPEndPoint address, byte[] certificateHash) => new()
    {
        RemoteEndPoint = address,
        ServerName = "localhost",
        PinnedCertificateHash = certificateHash,
    };

    public async ValueTask DisposeAsync()
    {
        await _clientTransport.DisposeAsync();
        await _serverTransport.DisposeAsync();
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
