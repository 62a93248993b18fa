using MediatR;
using Skytale.Accounts;
using Skytale.Application.Accounts;

namespace Skytale.Server.Api;

/// <summary>An account's API keys.</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/accounts/{id}/keys", (string id, HttpRequest http, IMediator mediator) => Calls.SendAsync(
            http, mediator,
            (SecretText credential, KeyBody body) => new CreateKey(Calls.AccountOf(id), credential, body.Name, body.Scopes, Calls.IdempotencyKeyOf(http)),
            made => Json.Answer(StatusCodes.Status201Created, KeyAnswer.Of(made.Key, made.Secret))))
            .Is("create_key", "Makes an API key, which is shown this once.")
            .Wants(Credentials.AccountToken).Takes<KeyBody>().Once().Gives<KeyAnswer>(201);

        routes.MapGet("/accounts/{id}/keys", (string id, HttpRequest http, IMediator mediator) => Calls.SendAsync(
            http, mediator,
            credential => new ListKeys(Calls.AccountOf(id), credential),
            found => Json.Answer(StatusCodes.Status200OK, new KeyListAnswer([.. found.Keys.Select(key => KeyAnswer.Of(key))]))))
            .Is("list_keys", "The account's API keys, without their secrets.")
            .Wants(Credentials.AccountToken).Gives<KeyListAnswer>(200);

        routes.MapGet("/key", (HttpRequest http, IMediator mediator) => Calls.SendAsync(
            http, mediator,
            credential => new ShowKey(credential),
            found => Json.Answer(StatusCodes.Status200OK, KeyOwnerAnswer.Of(found))))
            .Is("show_key", "Whose an API key is, and what it allows; the key itself asks.")
            .Wants(Credentials.ApiKey).Gives<KeyOwnerAnswer>(200);

        // A path that is no key id is no key's.
        routes.MapDelete("/accounts/{id}/keys/{keyId}", (string id, string keyId, HttpRequest http, IMediator mediator) => Calls.SendAsync(
            http, mediator,
            credential => new RevokeKey(Calls.AccountOf(id), credential, KeyId.TryParse(keyId, out var key) ? key : default),
            _ => Results.NoContent()))
            .Is("revoke_key", "Ends an API key and what was connected with its tokens.")
            .Wants(Credentials.AccountToken).Refuses(404).GivesNothing();
    }
}
