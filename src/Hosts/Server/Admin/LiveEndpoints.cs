using MediatR;
using Skytale.Accounts;
using Skytale.Application.Admin;
using Skytale.Application.Nodes;
using Skytale.Application.Ports;
using Skytale.Protocol;
using Skytale.Server.Api;
using Skytale.Server.Operations;

namespace Skytale.Server.Admin;

/// <summary>Nodes and what is connected to them, as administrators see and end it. A path that is no id is nobody's.</summary>
internal static class LiveEndpoints
{
    public static void MapLive(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/admin/figures", async (HttpRequest http, IMediator mediator, Readiness readiness, NodeDescription server) =>
        {
            var checks = await readiness.AskAsync();
            return await Calls.SendAsync(
                http, mediator, credential => new SeeFigures(credential), seen => Json.Answer(StatusCodes.Status200OK, FiguresAnswer.Of(seen, server, checks)));
        })
            .Is("see_figures", "What the service has to do now, and how it is.")
            .Wants(Credentials.AdminToken).Gives<FiguresAnswer>(200);

        routes.MapList("/admin/nodes", (credential, page, _) => new SeeNodes(credential, page), NodeAnswer.Of)
            .Is("see_nodes", "The servers that serve the relay now.");
        routes.MapAct("/admin/nodes/{node}/drain", node => new DrainNode(NodeOf(node)))
            .Is("drain_node", "Has a node take no new work, send its agents elsewhere and end.");

        routes.MapList("/admin/connections", (credential, page, query) => new SeeConnections(credential, FilterIn(query), page), ConnectionAnswer.Of)
            .Is("see_connections", "What is connected now: agents, SLIM proxies, links.").Asks("account", "agent", "node");
        routes.MapAct("/admin/agents/{did}/disconnect", did => new DisconnectAgent(AgentOf(did)))
            .Is("disconnect_agent", "Ends what an agent has connected; it may come again.");
    }

    private static ConnectionFilter FilterIn(IQueryCollection query) => new(
        query.Field("account") is { } account ? Calls.AccountOf(account) : null, query.Field("agent") is { } agent ? AgentOf(agent) : null, query.Field("node") is { } node ? NodeOf(node) : null);

    private static NodeId NodeOf(string node) => NodeId.TryParse(node, out var id) ? id : default;

    private static AgentId AgentOf(string did) => AgentId.TryParse(did, out var id) ? id : default;
}
