using MediatR;
using Skytale.Application.Accounts;
using Skytale.Server.Certificates;

namespace Skytale.Server.Api;

/// <summary>Tokens with which agents connect to the relay, and SLIM applications to a proxy.</summary>
internal static class TokenEndpoints
{
    private sealed record TokenBody(string? Agent, string? Audience);

    public static void MapTokens(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/tokens", async (HttpRequest http, IMediator mediator, RelayAddress relay, CurrentCertificate certificate) =>
        {
            var credential = Bearer.Of(http);
            if (!credential.IsSuccess)
                return Problem.Of(credential.Refusal);
            var body = await Json.ReadAsync<TokenBody>(http);
            if (!body.IsSuccess)
                return Problem.Of(body.Refusal);
            var created = await mediator.Send(new CreateToken(credential.Value, body.Value.Agent, body.Value.Audience), http.HttpContext.RequestAborted);
            return created.IsSuccess
                ? Json.Answer(StatusCodes.Status200OK, new
                {
                    Token = created.Value.Token.Token.Reveal(),
                    created.Value.Token.ExpiresAt,
                    AgentId = created.Value.AgentId.ToString(),
                    Relay = new { relay.Name, relay.Host, relay.Port, CertificateSha256 = certificate.Value.Sha256 },
                })
                : Problem.Of(created.Refusal);
        });
}
