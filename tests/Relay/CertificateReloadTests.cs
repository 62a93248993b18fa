using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Relay.Tests.Kit;
using Skytale.Server;
using Skytale.Server.Relay;
using Skytale.Tests;

namespace Skytale.Relay.Tests;

/// <summary>The operator's certificate, served with its chain by API and relay, and followed when its file changes.</summary>
public sealed class CertificateReloadTests : IDisposable
{
    private const int Timeout = 60_000;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly SaidLines _said = new();
    private readonly CertificateChain _first = CertificateChain.Create("first");
    private readonly CertificateChain _second = CertificateChain.Create("second");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string File => _folder.File("server.pem");

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
        _folder.Dispose();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_new_file_is_shown_by_api_and_relay_with_its_chain()
    {
        await System.IO.File.WriteAllTextAsync(File, _first.Pem(), Cancel);
        await using var host = await StartAsync();
        await ShowsAsync(host, _first);

        await System.IO.File.WriteAllTextAsync(File, _second.Pem(), Cancel);
        await UntilAsync(() => host.Certificate.Sha256 == Sha256Of(_second));

        await ShowsAsync(host, _second);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("no PEM at all")]
    [InlineData("certificate without key")]
    [InlineData("certificate with another key")]
    [InlineData("out of date")]
    public async Task A_broken_file_changes_nothing_and_the_next_good_one_is_taken(string fault)
    {
        await System.IO.File.WriteAllTextAsync(File, _first.Pem(), Cancel);
        await using var host = await StartAsync();
        using var expired = Expired();
        await System.IO.File.WriteAllTextAsync(File, fault switch
        {
            "no PEM at all" => fault,
            "certificate without key" => _second.EndEntity.ExportCertificatePem(),
            "certificate with another key" => $"{_second.EndEntity.ExportCertificatePem()}\n{_first.EndEntity.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()}",
            _ => $"{expired.ExportCertificatePem()}\n{expired.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()}",
        }, Cancel);
        await UntilAsync(() => _said.Lines.Any(line => line.StartsWith("Error: The new certificate", StringComparison.Ordinal)));
        await ShowsAsync(host, _first);

        await System.IO.File.WriteAllTextAsync(File, _second.Pem(), Cancel);
        await UntilAsync(() => host.Certificate.Sha256 == Sha256Of(_second));
        await ShowsAsync(host, _second);
    }

    private async Task<ServerHost> StartAsync()
    {
        var host = await ServerHost.BuildAsync(
            [$"--SKYTALE_HOME={_folder.Path}", $"--Certificate:Path={File}", "--Api:Listen=127.0.0.1:0", "--Relay:Listen=127.0.0.1:0", "--SlimProxy:Listen=127.0.0.1:0"], _time, cancellationToken: Cancel);
        host.Services.GetRequiredService<ILoggerFactory>().AddProvider(_said);
        await host.StartAsync(Cancel);
        return host;
    }

    /// <summary>API, relay over QUIC, relay over TLS and local.json show the chain's end entity, and prove it by the root alone.</summary>
    private async Task ShowsAsync(ServerHost host, CertificateChain chain)
    {
        foreach (var kind in new[] { TransportKind.Quic, TransportKind.Tls })
        {
            await using var transport = RelayTransport.Create([kind]);
            await using var connection = await transport.ConnectAsync(ToRelay(chain), Cancel);
            Convert.ToHexStringLower(connection.ServerCertificateHash.Span).ShouldBe(Sha256Of(chain));
        }
        using var tcp = new TcpClient(host.ApiUrl.Host, host.ApiUrl.Port);
        await using var tls = new SslStream(tcp.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { chain.Root }, RevocationMode = X509RevocationMode.NoCheck },
            }, Cancel);
        tls.RemoteCertificate!.GetRawCertData().ShouldBe(chain.EndEntity.RawData);
        Local()["certificate_sha256"]!.GetValue<string>().ShouldBe(Sha256Of(chain));
    }

    private TransportConnectOptions ToRelay(CertificateChain chain) => new()
    {
        RemoteEndPoint = new IPEndPoint(IPAddress.Loopback, Local()["relay"]!["port"]!.GetValue<int>()),
        ServerName = "localhost",
        TrustedRoots = [chain.Root],
    };

    private JsonNode Local() => JsonNode.Parse(System.IO.File.ReadAllText(_folder.File("local.json")))!;

    /// <summary>Lets time pass, interval by interval, until it is so; the test's timeout is the limit.</summary>
    private async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            _time.Advance(s_interval);
            await Task.Delay(5, Cancel);
        }
    }

    private static string Sha256Of(CertificateChain chain) => Convert.ToHexStringLower(SHA256.HashData(chain.EndEntity.RawData));

    private static X509Certificate2 Expired()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(-1));
    }
}
