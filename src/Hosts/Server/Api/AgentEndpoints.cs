using System.Globalization;
using MediatR;
using Skytale.Accounts;
using Skytale.Application.Accounts;

namespace Skytale.Server.Api;

/// <summary>An account's agents.</summary>
internal static class AgentEndpoints
{
    public static void MapAgents(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/accounts/{id}/agents", (string id, HttpRequest http, IMediator mediator) => Calls.SendAsync(
            http, mediator,
            (SecretText credential, AgentBody body) => new CreateAgent(Calls.AccountOf(id), credential, body.Name, body.AgentId, body.Proof, Calls.IdempotencyKeyOf(http)),
            made => Json.Answer(StatusCodes.Status201Created, AgentAnswer.Of(made))))
            .Is("create_agent", "Enters an agent, with its key's proof.")
            .Wants(Credentials.AccountToken, Credentials.ApiKey).Takes<AgentBody>().Once().Gives<AgentAnswer>(201);

        routes.MapGet("/accounts/{id}/agents", (string id, string? page, HttpRequest http, IMediator mediator) => Calls.SendAsync(
            http, mediator,
            credential => new ListAgents(Calls.AccountOf(id), credential, PageOf(page)),
            found => Json.Answer(StatusCodes.Status200OK, new AgentListAnswer([.. found.Agents.Select(AgentAnswer.Of)], found.NextPage))))
            .Is("list_agents", "The account's agents, a page at a time.")
            .Wants(Credentials.AccountToken, Credentials.ApiKey).Refuses(422).Gives<AgentListAnswer>(200);

        routes.MapGet("/accounts/{id}/agents/{agent}", (string id, string agent, HttpRequest http, IMediator mediator) => Calls.SendAsync(
            http, mediator,
            credential => new ShowAgent(Calls.AccountOf(id), credential, agent),
            found => Json.Answer(StatusCodes.Status200OK, AgentAnswer.Of(found))))
            .Is("show_agent", "An agent, by its name or did:key.")
            .Wants(Credentials.AccountToken, Credentials.ApiKey).Refuses(404).Gives<AgentAnswer>(200);

        routes.MapDelete("/accounts/{id}/agents/{agent}", (string id, string agent, HttpRequest http, IMediator mediator) => Calls.SendAsync(
            http, mediator,
            credential => new RevokeAgent(Calls.AccountOf(id), credential, agent),
            _ => Results.NoContent()))
            .Is("revoke_agent", "Ends an agent and its connections; its name is free, its key is not.")
            .Wants(Credentials.AccountToken).Refuses(404).GivesNothing();
    }

    /// <summary>0, which no page is, for what is no number.</summary>
    private static int PageOf(string? page) => page is null ? 1 : int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
