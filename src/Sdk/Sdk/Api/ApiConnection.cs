using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Skytale.Sdk.Api;

/// <summary>
/// HTTPS to one API server: TLS 1.3 only, and, when a certificate is pinned, that certificate and no other. May be called concurrently;
/// what goes wrong is a <see cref="SkytaleException"/>: the server is not there, is another one, or refused.
/// </summary>
internal sealed class ApiConnection : IDisposable
{
    private const int MaxAnswerSize = 1 << 20;
    private const int MaxTries = 4;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private readonly Uri _api;
    private readonly byte[]? _pinned;
    private readonly HttpClient _http;
    private volatile string? _refusedCertificate;

    public ApiConnection(Uri api, ReadOnlyMemory<byte>? pinnedCertificateSha256)
    {
        if (!api.IsAbsoluteUri || api.Scheme != Uri.UriSchemeHttps)
            throw new SkytaleException(SkytaleError.InvalidArgument, $"'{api}' is no https address.", "Give the API server's address, such as https://localhost:7443.");
        if (pinnedCertificateSha256 is { Length: not SHA256.HashSizeInBytes })
            throw new SkytaleException(SkytaleError.InvalidArgument, "A pinned certificate is a SHA-256: 32 bytes.", "Give the fingerprint that the server printed.");
        _api = api;
        _pinned = pinnedCertificateSha256?.ToArray();
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !api.IsLoopback,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            SslOptions = { EnabledSslProtocols = SslProtocols.Tls13, RemoteCertificateValidationCallback = Trust },
        })
        {
            BaseAddress = api,
            Timeout = Timeout,
            MaxResponseContentBufferSize = MaxAnswerSize,
        };
    }

    /// <summary>Sends one POST with a JSON body.</summary>
    /// <param name="bearer">The credential; null: none.</param>
    public Task<TAnswer> PostAsync<TBody, TAnswer>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType, string? bearer, CancellationToken cancellationToken) =>
        PostAsync(path, body, bodyType, answer => Read(answer, answerType), bearer, idempotencyKey: null, cancellationToken);

    /// <summary>Sends one POST whose success has no body.</summary>
    public Task PostAsync<TBody>(string path, TBody body, JsonTypeInfo<TBody> bodyType, string bearer, CancellationToken cancellationToken) =>
        PostAsync(path, body, bodyType, Nothing, bearer, idempotencyKey: null, cancellationToken);

    /// <summary>
    /// Sends one POST that makes something, under an Idempotency-Key: when the connection breaks before the answer came, it is
    /// sent again and makes nothing twice.
    /// </summary>
    public async Task<TAnswer> MakeAsync<TBody, TAnswer>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType, string? bearer, CancellationToken cancellationToken)
    {
        var idempotencyKey = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        for (var (tries, pause) = (1, FirstPause); ; tries++, pause *= 2)
        {
            try
            {
                return await PostAsync(path, body, bodyType, answer => Read(answer, answerType), bearer, idempotencyKey, cancellationToken).ConfigureAwait(false);
            }
            catch (SkytaleException lost) when (tries < MaxTries && (lost.Error == SkytaleError.ConnectionLost || (lost.Error == SkytaleError.ServerUnreachable && tries > 1)))
            {
                // A server that was there a moment ago may be starting again.
                await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Sends one GET.</summary>
    public Task<TAnswer> GetAsync<TAnswer>(string path, JsonTypeInfo<TAnswer> answerType, string bearer, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, answer => Read(answer, answerType), bearer, idempotencyKey: null, cancellationToken);

    /// <summary>Sends one DELETE, whose success has no body.</summary>
    public Task DeleteAsync(string path, string bearer, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, path, null, Nothing, bearer, idempotencyKey: null, cancellationToken);

    private async Task<TAnswer> PostAsync<TBody, TAnswer>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, Func<byte[], TAnswer> read, string? bearer, string? idempotencyKey, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, bodyType));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await SendAsync(HttpMethod.Post, path, content, read, bearer, idempotencyKey, cancellationToken).ConfigureAwait(false);
    }

    private static byte[] Nothing(byte[] answer) => answer.Length == 0 ? answer : throw new JsonException("a body");

    private static TAnswer Read<TAnswer>(byte[] answer, JsonTypeInfo<TAnswer> type) => JsonSerializer.Deserialize(answer, type) ?? throw new JsonException("null");

    private async Task<TAnswer> SendAsync<TAnswer>(
        HttpMethod method, string path, HttpContent? content, Func<byte[], TAnswer> read, string? bearer, string? idempotencyKey, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = content;
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        if (bearer is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Printable(bearer));
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                throw ApiProblem.Read((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, answer).ToException(response.Headers.RetryAfter?.Delta);
            return read(answer);
        }
        catch (JsonException exception)
        {
            throw new SkytaleException(SkytaleError.Refused, $"The answer of {Address} is not this API's.", "Check the address, and that server and SDK are of one version.", inner: exception);
        }
        catch (HttpRequestException exception)
        {
            throw Translate(exception);
        }
        catch (TaskCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unreachable($"{Address} did not answer within {Timeout.TotalSeconds:0} s.", exception);
        }
    }

    public void Dispose() => _http.Dispose();

    private string Address => _api.GetLeftPart(UriPartial.Authority);

    private SkytaleException Translate(HttpRequestException exception) =>
        exception.InnerException is AuthenticationException && _refusedCertificate is { } shown
            ? new SkytaleException(
                SkytaleError.CertificateMismatch,
                $"The certificate of {Address} is not the trusted one (its SHA-256 is {shown}).",
                _pinned is null ? "Pin the fingerprint that the server printed, or give it a certificate that this system trusts." : "Somebody may stand in between, or the server has a new certificate: compare with the fingerprint that it printed.",
                inner: exception)
            : exception.InnerException is AuthenticationException
                ? Unreachable($"{Address} does not speak TLS 1.3.", exception)
                : exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
                    ? Unreachable($"No server answers at {Address}.", exception)
                    : new SkytaleException(SkytaleError.ConnectionLost, $"The connection to {Address} broke before the answer came.", "Whether it was done is unknown: look, and try again.", inner: exception);

    private static SkytaleException Unreachable(string message, Exception inner) =>
        new(SkytaleError.ServerUnreachable, message, "Start it (skytale-server), or correct the address.", inner: inner);

    private bool Trust(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
            return false;
        var hash = SHA256.HashData(certificate.GetRawCertData());
        var trusted = _pinned is null ? errors == SslPolicyErrors.None : hash.AsSpan().SequenceEqual(_pinned);
        if (!trusted)
            _refusedCertificate = Convert.ToHexStringLower(hash);
        return trusted;
    }

    // A credential with a line end would be an exception of the header's own, with the credential in its text.
    private static string Printable(string credential) =>
        credential.Length is > 0 and < 8192 && credential.All(c => c is > ' ' and < '\x7f')
            ? credential
            : throw new SkytaleException(SkytaleError.InvalidArgument, "The credential is empty or has characters that no key or token has.", "Check that it was copied whole.");
}
