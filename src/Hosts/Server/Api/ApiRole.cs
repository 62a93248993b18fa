using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Skytale.Security.Tokens;
using Skytale.Server.Api.Limits;
using Skytale.Server.Certificates;
using Skytale.Server.Operations;

namespace Skytale.Server.Api;

/// <summary>The API server's role: HTTPS, the endpoints, and what guards them.</summary>
internal static class ApiRole
{
    public const int MaxBodySize = 64 * 1024;

    public static void AddApiRole(WebApplicationBuilder builder, ServerOptions options, CurrentCertificate certificate)
    {
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<RequestLimits>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodySize;
            kestrel.Limits.MaxConcurrentConnections = 10_000;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Listen(options.ApiListen, listen => listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                HandshakeTimeout = TimeSpan.FromSeconds(10),
                OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = certificate.Value.TlsContext,
                    EnabledSslProtocols = SslProtocols.Tls13,
                    ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
                }),
            }));
        });
    }

    public static void MapApiRole(WebApplication app)
    {
        app.UseMiddleware<RequestLog>();
        app.UseMiddleware<FailureMiddleware>();
        app.UseMiddleware<LimitMiddleware>();
        app.UseRouting();
        app.MapAccounts();
        app.MapTokens();
        app.MapGet(Probes.Live, Probes.AnswerLive);
        app.MapGet(Probes.Ready, (Readiness readiness) => Probes.AnswerReadyAsync(readiness));
        app.MapGet("/.well-known/jwks.json", (TokenSigningKey key) => Json.Answer(StatusCodes.Status200OK, new
        {
            Keys = new[] { new { key.Public.Kty, key.Public.Crv, key.Public.X, key.Public.Y, key.Public.Kid, key.Public.Alg, key.Public.Use } },
        }));
    }
}
