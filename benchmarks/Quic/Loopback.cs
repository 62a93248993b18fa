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

    internal static async Task<Loopback> StartAsync()
    {
        var loopback = new Loopback();
        loopback._listener = await loopback._serverTransport.ListenAsync(
            new TransportListenOptions { LocalEndPoint = new IPEndPoint(IPAddress.Loopback, 0), Certificate = Certificate });
        return loopback;
    }

    internal async Task<(ITransportConnection Client, ITransportConnection Server)> ConnectAsync()
    {
        var connecting = _clientTransport.ConnectAsync(new TransportConnectOptions
        {
            RemoteEndPoint = _listener!.LocalEndPoint,
            ServerName = "localhost",
            PinnedCertificateHash = SHA256.HashData(Certificate.RawData),
        });
        var server = await _listener.AcceptAsync();
        return (await connecting, server);
    }

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
