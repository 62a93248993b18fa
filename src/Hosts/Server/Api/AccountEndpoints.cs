using MediatR;
using Skytale.Accounts;
using Skytale.Application.Accounts;

namespace Skytale.Server.Api;

/// <summary>Accounts, their sessions and their organisations.</summary>
internal static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/accounts", (HttpRequest http, IMediator mediator) => Calls.SendAsync(
            http, mediator,
            (AccountBody body) => new CreateAccount(body.Email, new SecretText(body.Password), body.Org, Calls.IdempotencyKeyOf(http), Calls.AddressOf(http)),
            made => Json.Answer(StatusCodes.Status201Created, AccountAnswer.Of(made))))
            .Is("create_account", "Makes an account with its first organisation.")
            .Takes<AccountBody>().Once().Gives<AccountAnswer>(201);

        routes.MapPost("/sessions", (HttpRequest http, IMediator mediator) => Calls.SendAsync(
            http, mediator,
            (SessionBody body) => new CreateSession(body.Email, new SecretText(body.Password)),
            made => Json.Answer(StatusCodes.Status201Created, SessionAnswer.Of(made))))
            .Is("create_session", "A fresh account token for e-mail and password.")
            .Takes<SessionBody>().Refuses(401, 403).Gives<SessionAnswer>(201);

        routes.MapPost("/accounts/{id}/password", (string id, HttpRequest http, IMediator mediator) => Calls.SendAsync(
            http, mediator,
            (SecretText credential, PasswordBody body) => new ChangePassword(Calls.AccountOf(id), credential, new SecretText(body.Password), new SecretText(body.NewPassword)),
            made => Json.Answer(StatusCodes.Status200OK, SessionAnswer.Of(made))))
            .Is("change_password", "Changes the password; every account token but the answer's ends.")
            .Wants(Credentials.AccountToken).Takes<PasswordBody>().Refuses(409).Gives<SessionAnswer>(200);

        routes.MapPost("/accounts/{id}/close", (string id, HttpRequest http, IMediator mediator) => Calls.SendAsync(
            http, mediator,
            (SecretText credential, CloseBody body) => new CloseAccount(Calls.AccountOf(id), credential, new SecretText(body.Password)),
            _ => Results.NoContent()))
            .Is("close_account", "Closes the account with its keys and agents, for ever.")
            .Wants(Credentials.AccountToken).Takes<CloseBody>().GivesNothing();

        routes.MapPost("/accounts/{id}/orgs", (string id, HttpRequest http, IMediator mediator) => Calls.SendAsync(
            http, mediator,
            (SecretText credential, OrgBody body) => new CreateOrg(Calls.AccountOf(id), credential, body.Name, Calls.IdempotencyKeyOf(http)),
            name => Json.Answer(StatusCodes.Status201Created, new OrgAnswer(name.ToString()))))
            .Is("create_org", "A further organisation for the account.")
            .Wants(Credentials.AccountToken).Takes<OrgBody>().Once().Gives<OrgAnswer>(201);

        routes.MapGet("/accounts/{id}/orgs", (string id, HttpRequest http, IMediator mediator) => Calls.SendAsync(
            http, mediator,
            credential => new ListOrgs(Calls.AccountOf(id), credential),
            found => Json.Answer(StatusCodes.Status200OK, new OrgListAnswer([.. found.Orgs.Select(name => new OrgAnswer(name.ToString()))]))))
            .Is("list_orgs", "The account's organisations.")
            .Wants(Credentials.AccountToken).Gives<OrgListAnswer>(200);
    }
}
