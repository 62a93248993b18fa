using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Skytale.Security.Tokens;
using Skytale.Server.Admin;
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
        builder.Services.AddDescription();
        builder.Services.AddSingleton<RequestLimits>();
        builder.Services.AddHostedService<ForgettingHost>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Every byte is a character: what is no ASCII is refused by whoever reads it, not by an end of the whole connection.
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
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
        app.MapKeys();
        app.MapAgents();
        app.MapTokens();
        app.MapAdmin();
        app.MapLive();
        app.MapChannels();
        app.MapAudit();
        app.MapGet(Probes.Live, Probes.AnswerLive).Is("live", "That the server answers.").Produces<string>(200, "text/plain");
        app.MapGet(Probes.Ready, Probes.AnswerReadyAsync).Is("ready", "Whether work should be sent to the server, and what it needs for that.").Produces<ReadinessAnswer>(200).Produces<ReadinessAnswer>(503);
        app.MapGet("/.well-known/jwks.json", (KnownKeys keys) => Json.Answer(StatusCodes.Status200OK, new JwksAnswer([.. keys.Good.Select(JwkAnswer.Of)])))
            .Is("keys", "The public keys of tokens, as a JWK Set (RFC 7517).").Produces<JwksAnswer>(200);
        app.MapOpenApi("/openapi.json");
        app.MapPage("reference");
        app.MapPage("console");
    }
}
