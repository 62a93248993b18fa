using MediatR;
using Skytale.Accounts;
using Skytale.Application.Accounts;
using Skytale.Server.Certificates;

namespace Skytale.Server.Api;

/// <summary>Tokens with which agents connect to the relay, and SLIM applications to a proxy.</summary>
internal static class TokenEndpoints
{
    public static void MapTokens(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/tokens", (HttpRequest http, IMediator mediator, RelayAddress relay, CurrentCertificate certificate) => Calls.SendAsync(
            http, mediator,
            (SecretText credential, TokenBody body) => new CreateToken(credential, body.Agent, body.Audience, body.Scopes),
            made => Json.Answer(StatusCodes.Status200OK, new TokenAnswer(
                made.Token.Token.Reveal(), made.Token.ExpiresAt, made.AgentId.ToString(), made.Scopes.Texts,
                new RelayAnswer(relay.Name, relay.Host, relay.Port, certificate.Value.Sha256)))))
            .Is("create_token", "A token of an hour for an agent, of the key's scopes or narrower.")
            .Wants(Credentials.ApiKey).Takes<TokenBody>().Refuses(404).Gives<TokenAnswer>(200);
}
