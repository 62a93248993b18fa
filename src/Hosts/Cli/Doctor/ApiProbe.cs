using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Skytale.Cli.Doctor;

/// <summary>One look at an API server, with the certificate that it shows whether it is trusted or not; no credential is sent.</summary>
internal sealed class ApiProbe : IDisposable
{
    private readonly TcpClient _tcp = new() { NoDelay = true };
    private readonly HttpClient _http;
    private SslStream? _tls;

    private ApiProbe(Uri api) => _http = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, _) => ValueTask.FromResult<Stream>(_tls!), UseProxy = false, AllowAutoRedirect = false })
    {
        // TLS is there already, beneath.
        BaseAddress = new UriBuilder(api) { Scheme = Uri.UriSchemeHttp, Port = api.Port }.Uri,
        MaxResponseContentBufferSize = 1 << 20,
    };

    /// <summary>Time of the TCP handshake: about one round trip.</summary>
    public TimeSpan Connected { get; private set; }

    public TimeSpan Secured { get; private set; }

    public SslProtocols Protocol => _tls!.SslProtocol;

    public X509Certificate2? Certificate { get; private set; }

    public string CertificateSha256 { get; private set; } = "";

    /// <summary>What the system holds against the certificate.</summary>
    public SslPolicyErrors Doubts { get; private set; }

    /// <summary>Connects, and goes on only with a certificate that may be trusted.</summary>
    /// <param name="pin">SHA-256 in hexadecimal of the only certificate to trust; null: the system decides.</param>
    /// <exception cref="SocketException">Nobody is there.</exception>
    /// <exception cref="AuthenticationException">No TLS 1.3, or <see cref="Certificate"/> is not trusted.</exception>
    public static async Task<ApiProbe> OpenAsync(Uri api, string? pin, Action<ApiProbe> seen, CancellationToken cancellationToken)
    {
        var probe = new ApiProbe(api);
        seen(probe);
        var begun = Stopwatch.GetTimestamp();
        await probe._tcp.ConnectAsync(api.Host, api.Port, cancellationToken);
        probe.Connected = Stopwatch.GetElapsedTime(begun);
        probe._tls = new SslStream(probe._tcp.GetStream());
        begun = Stopwatch.GetTimestamp();
        await probe._tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = api.IdnHost,
                EnabledSslProtocols = SslProtocols.Tls13,
                RemoteCertificateValidationCallback = (_, certificate, _, doubts) => probe.Look(certificate, doubts, pin),
            },
            cancellationToken);
        probe.Secured = Stopwatch.GetElapsedTime(begun);
        return probe;
    }

    /// <exception cref="HttpRequestException">The server broke off.</exception>
    public Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancellationToken) => _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);

    public void Dispose()
    {
        _http.Dispose();
        _tls?.Dispose();
        _tcp.Dispose();
        Certificate?.Dispose();
    }

    private bool Look(X509Certificate? certificate, SslPolicyErrors doubts, string? pin)
    {
        if (certificate is null)
            return false;
        Certificate = new X509Certificate2(certificate);
        CertificateSha256 = Convert.ToHexStringLower(SHA256.HashData(Certificate.RawData));
        Doubts = doubts;
        return pin is null ? doubts == SslPolicyErrors.None : CertificateSha256 == pin;
    }
}
