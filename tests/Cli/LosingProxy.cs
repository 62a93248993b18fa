using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Skytale.Tests.EndToEnd;

namespace Skytale.Tests.Cli;

/// <summary>Stands before an API server, carries out what it is asked, and now and then loses the answer with the connection.</summary>
internal sealed class LosingProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _server;
    private readonly ConcurrentQueue<string> _requests = new();
    private int _lose;

    private LosingProxy(ServerProcess server, X509Certificate2 certificate)
    {
        var trust = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null && Convert.ToHexStringLower(SHA256.HashData(shown.GetRawCertData())) == server.Certificate,
        };
        _server = new HttpClient(new SocketsHttpHandler { SslOptions = trust }) { BaseAddress = new Uri(server.Url) };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = certificate })));
        _app = builder.Build();
        _app.Run(PassOnAsync);
        Certificate = Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));
    }

    public string Url => _app.Urls.Single();

    public string Certificate { get; }

    /// <summary>What was asked so far, such as <c>POST /sessions</c>.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public static async Task<LosingProxy> StartAsync(ServerProcess server)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=proxy", key, HashAlgorithmName.SHA256);
        var proxy = new LosingProxy(server, request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1)));
        await proxy._app.StartAsync(TestContext.Current.CancellationToken);
        return proxy;
    }

    /// <summary>The next POST is carried out and its answer lost.</summary>
    public void LoseNext() => Volatile.Write(ref _lose, 1);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _server.Dispose();
    }

    private async Task PassOnAsync(HttpContext http)
    {
        _requests.Enqueue($"{http.Request.Method} {http.Request.Path}");
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), $"{http.Request.Path}{http.Request.QueryString}");
        if (http.Request.ContentLength > 0)
        {
            request.Content = new StreamContent(http.Request.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", http.Request.ContentType);
        }
        foreach (var header in new[] { "Authorization", "Idempotency-Key" })
            request.Headers.TryAddWithoutValidation(header, http.Request.Headers[header].AsEnumerable());
        using var answer = await _server.SendAsync(request, http.RequestAborted);
        var body = await answer.Content.ReadAsByteArrayAsync(http.RequestAborted);
        if (http.Request.Method == "POST" && Interlocked.Exchange(ref _lose, 0) == 1)
        {
            http.Abort();
            return;
        }
        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
