using MediatR;
using Skytale.Accounts;
using Skytale.Application.Admin;
using Skytale.Protocol;
using Skytale.Server.Api;

namespace Skytale.Server.Admin;

/// <summary>Administrators' tokens; accounts, keys and agents as administrators see and end them. A path that is no id is nobody's.</summary>
internal static class AdminEndpoints
{
    public static void MapAdmin(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/admin/tokens", (HttpRequest http, IMediator mediator) => Calls.SendAsync(
            http, mediator,
            credential => new CreateAdminToken(credential, http.HttpContext.TraceIdentifier),
            made => Json.Answer(StatusCodes.Status200OK, AdminTokenAnswer.Of(made))))
            .Is("create_admin_token", "A token of a quarter of an hour for an administrator.")
            .Wants(Credentials.AdminKey).Gives<AdminTokenAnswer>(200);

        MapAccounts(routes);
        MapKeys(routes);
        MapAgents(routes);
    }

    private static void MapAccounts(IEndpointRouteBuilder routes)
    {
        routes.MapList("/admin/accounts", (credential, page, query) => new SeeAccounts(credential, query.Field("search"), query.Field("state"), page), seen => AccountSeenAnswer.Of(seen))
            .Is("see_accounts", "Accounts, found by address, or by the beginning of an id or of an organisation's name.").Asks("search", "state");

        routes.MapGet("/admin/accounts/{account}", (string account, HttpRequest http, IMediator mediator) => Calls.SendAsync(
            http, mediator,
            credential => new SeeAccount(credential, Calls.AccountOf(account)),
            found => Json.Answer(StatusCodes.Status200OK, AccountSeenAnswer.Of(found.Seen, found.Orgs))))
            .Is("see_account", "An account with its organisations.")
            .Wants(Credentials.AdminToken).Refuses(404).Gives<AccountSeenAnswer>(200);

        routes.MapAct("/admin/accounts/{account}/suspend", account => new SuspendAccount(Calls.AccountOf(account)))
            .Is("suspend_account", "Has an account served no longer, and ends its connections.");
        routes.MapAct("/admin/accounts/{account}/restore", account => new RestoreAccount(Calls.AccountOf(account)))
            .Is("restore_account", "Has a suspended account served again.");
    }

    private static void MapKeys(IEndpointRouteBuilder routes)
    {
        routes.MapList("/admin/keys", (credential, page, query) => new SeeKeys(credential, AccountIn(query), page), KeySeenAnswer.Of)
            .Is("see_keys", "API keys of an account or of all, without their secrets.").Asks("account");
        routes.MapAct("/admin/keys/{key}/revoke", key => new RevokeAnyKey(KeyId.TryParse(key, out var id) ? id : default))
            .Is("revoke_any_key", "Ends an API key and what was connected with its tokens.");
    }

    private static void MapAgents(IEndpointRouteBuilder routes)
    {
        routes.MapList("/admin/agents", (credential, page, query) => new SeeAgents(credential, query.Field("search"), AccountIn(query), page), AgentAnswer.Of)
            .Is("see_agents", "Agents of an account or of all, found by the beginning of their name or did:key.").Asks("search", "account");
        routes.MapAct("/admin/agents/{did}/revoke", did => new RevokeAnyAgent(AgentId.TryParse(did, out var id) ? id : default))
            .Is("revoke_any_agent", "Ends an agent and its connections.");
    }

    /// <summary>The account that is asked for; what is no id is nobody's, and has nothing.</summary>
    private static AccountId? AccountIn(IQueryCollection query) => query.Field("account") is { } account ? Calls.AccountOf(account) : null;
}
