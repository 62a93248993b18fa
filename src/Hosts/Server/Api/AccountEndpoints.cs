using MediatR;
using Skytale.Accounts;
using Skytale.Application.Accounts;

namespace Skytale.Server.Api;

/// <summary>Accounts, their keys and their agents.</summary>
internal static class AccountEndpoints
{
    private sealed record AccountBody(string? Email, string? Password, string? Org);

    private sealed record SessionBody(string? Email, string? Password);

    private sealed record KeyBody(string? Name);

    private sealed record AgentBody(string? Name, string? AgentId, string? Proof);

    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/accounts", async (HttpRequest http, IMediator mediator) =>
        {
            var body = await Json.ReadAsync<AccountBody>(http);
            if (!body.IsSuccess)
                return Problem.Of(body.Refusal);
            var created = await mediator.Send(new CreateAccount(body.Value.Email, new SecretText(body.Value.Password), body.Value.Org), http.HttpContext.RequestAborted);
            return created.IsSuccess
                ? Json.Answer(StatusCodes.Status201Created, new
                {
                    AccountId = created.Value.AccountId.ToString(),
                    Org = created.Value.Org.ToString(),
                    AccountToken = created.Value.AccountToken.Token.Reveal(),
                    created.Value.AccountToken.ExpiresAt,
                })
                : Problem.Of(created.Refusal);
        });

        routes.MapPost("/sessions", async (HttpRequest http, IMediator mediator) =>
        {
            var body = await Json.ReadAsync<SessionBody>(http);
            if (!body.IsSuccess)
                return Problem.Of(body.Refusal);
            var created = await mediator.Send(new CreateSession(body.Value.Email, new SecretText(body.Value.Password)), http.HttpContext.RequestAborted);
            return created.IsSuccess
                ? Json.Answer(StatusCodes.Status201Created, new
                {
                    AccountId = created.Value.AccountId.ToString(),
                    AccountToken = created.Value.AccountToken.Token.Reveal(),
                    created.Value.AccountToken.ExpiresAt,
                })
                : Problem.Of(created.Refusal);
        });

        routes.MapPost("/accounts/{id}/keys", async (string id, HttpRequest http, IMediator mediator) =>
        {
            var credential = Bearer.Of(http);
            if (!credential.IsSuccess)
                return Problem.Of(credential.Refusal);
            var body = await Json.ReadAsync<KeyBody>(http);
            if (!body.IsSuccess)
                return Problem.Of(body.Refusal);
            var created = await mediator.Send(new CreateKey(AccountOf(id), credential.Value, body.Value.Name), http.HttpContext.RequestAborted);
            return created.IsSuccess
                ? Json.Answer(StatusCodes.Status201Created, new { KeyId = created.Value.KeyId.ToString(), ApiKey = created.Value.Key.Reveal() })
                : Problem.Of(created.Refusal);
        });

        routes.MapGet("/accounts/{id}/keys", async (string id, HttpRequest http, IMediator mediator) =>
        {
            var credential = Bearer.Of(http);
            if (!credential.IsSuccess)
                return Problem.Of(credential.Refusal);
            var keys = await mediator.Send(new ListKeys(AccountOf(id), credential.Value), http.HttpContext.RequestAborted);
            return keys.IsSuccess
                ? Json.Answer(StatusCodes.Status200OK, new { Keys = keys.Value.Keys.Select(key => new { KeyId = key.Id.ToString(), Name = key.Label, key.CreatedAt }) })
                : Problem.Of(keys.Refusal);
        });

        routes.MapDelete("/accounts/{id}/keys/{keyId}", async (string id, string keyId, HttpRequest http, IMediator mediator) =>
        {
            var credential = Bearer.Of(http);
            if (!credential.IsSuccess)
                return Problem.Of(credential.Refusal);
            // A path that is no key id is no key's.
            var revoked = await mediator.Send(
                new RevokeKey(AccountOf(id), credential.Value, KeyId.TryParse(keyId, out var key) ? key : default), http.HttpContext.RequestAborted);
            return revoked.IsSuccess ? Results.NoContent() : Problem.Of(revoked.Refusal);
        });

        routes.MapPost("/accounts/{id}/agents", async (string id, HttpRequest http, IMediator mediator) =>
        {
            var credential = Bearer.Of(http);
            if (!credential.IsSuccess)
                return Problem.Of(credential.Refusal);
            var body = await Json.ReadAsync<AgentBody>(http);
            if (!body.IsSuccess)
                return Problem.Of(body.Refusal);
            var created = await mediator.Send(new CreateAgent(AccountOf(id), credential.Value, body.Value.Name, body.Value.AgentId, body.Value.Proof), http.HttpContext.RequestAborted);
            return created.IsSuccess
                ? Json.Answer(StatusCodes.Status201Created, new
                {
                    AgentId = created.Value.Id.ToString(),
                    Name = created.Value.Name.ToString(),
                    AccountId = created.Value.AccountId.ToString(),
                })
                : Problem.Of(created.Refusal);
        });
    }

    /// <summary>A path that is no account id is nobody's account: forbidden to every caller, as another's is.</summary>
    private static AccountId AccountOf(string id) => AccountId.TryParse(id, out var account) ? account : default;
}
