using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text.Json;
using Skytale.Accounts;
using Skytale.Application.Limits;
using Skytale.Protocol;
using Skytale.Transport;

namespace Skytale.Server.SlimProxy;

/// <summary>
/// Exchanges API keys for tokens at the API, as any client does: <c>POST /tokens</c> with audience <c>slim</c>. The API sees one
/// address for all applications of the proxy, so the proxy sees to it that nobody uses up what that may ask.
/// </summary>
/// <param name="api">Where the API is, asked each time; null where there is none.</param>
/// <param name="certificate">SHA-256 of the only certificate to accept, asked each time; null: the system's roots decide.</param>
internal sealed class KeyExchange(Func<Uri?> api, Func<ReadOnlyMemory<byte>?> certificate, TimeProvider time) : IDisposable
{
    /// <summary>Exchanges of one address that the API refuses, a minute; those under way are counted as refused.</summary>
    internal const int RefusedPerMinute = 60;

    private const int Addresses = 20_000;

    /// <summary>Exchanges at once; others wait.</summary>
    private const int AtOnce = 16;

    private static readonly Refusal s_refused = new(ErrorCode.InvalidCredentials, "The API refuses the agent or its API key.");
    private static readonly Refusal s_notThere = new(ErrorCode.Unavailable, "The API cannot be asked for a token.");

    private static readonly Refusal s_tooMany = new(ErrorCode.RateLimited, "Too many API keys of this address were refused; try again in a minute.");

    private readonly TokenBuckets _refused = new(RefusedPerMinute, TimeSpan.FromMinutes(1), Addresses, time);
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = AtOnce,
        AllowAutoRedirect = false,
        UseCookies = false,
        SslOptions =
        {
            EnabledSslProtocols = SslProtocols.Tls13,
            RemoteCertificateValidationCallback = (_, shown, _, errors) => certificate() is { } pinned
                ? shown is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(shown.GetRawCertData()), pinned.Span)
                : errors == System.Net.Security.SslPolicyErrors.None,
        },
    })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    /// <returns>
    /// The token; refuses what the API refuses, <see cref="ErrorCode.RateLimited"/> what comes from an address of which it has refused
    /// much, and <see cref="ErrorCode.Unavailable"/> where it cannot be asked.
    /// </returns>
    public async Task<Result<string>> ExchangeAsync(string agent, string apiKey, IPAddress from, CancellationToken cancellationToken)
    {
        if (!ApiKeySecret.TryParse(apiKey, out _))
            return s_refused; // No key of anybody's: the API need not say so.
        var who = from.Counted().ToString();
        if (_refused.Take(who) != 0)
            return s_tooMany;
        var token = await AskAsync(agent, apiKey, cancellationToken);
        if (token is not { IsSuccess: false, Refusal.Code: ErrorCode.InvalidCredentials })
            _refused.GiveBack(who);
        return token;
    }

    public void Dispose() => _http.Dispose();

    private async Task<Result<string>> AskAsync(string agent, string apiKey, CancellationToken cancellationToken)
    {
        if (api() is not { } url)
            return s_notThere;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url, "tokens"))
            {
                Content = JsonContent.Create(new { agent, audience = "slim" }),
                Headers = { Authorization = new AuthenticationHeaderValue("Bearer", apiKey) },
            };
            using var answer = await _http.SendAsync(request, cancellationToken);
            if (!answer.IsSuccessStatusCode)
                return (int)answer.StatusCode is 429 or >= 500 ? s_notThere : s_refused;
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            return body.GetProperty("token").GetString()!;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return s_notThere; // The API's side of it is in its own log.
        }
    }
}
