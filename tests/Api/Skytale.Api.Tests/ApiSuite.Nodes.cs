using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Skytale.Accounts;
using Skytale.Application.Delivery;
using Skytale.Application.Nodes;
using Skytale.Application.Ports;
using Skytale.Protocol;
using Skytale.Protocol.Transport;

namespace Skytale.Tests;

// Nodes and what is connected to them: what they tell of themselves, and what administrators see and end.
public abstract partial class ApiSuite
{
    private static readonly NodeChanges s_nothing = new([], [], []);

    private INodes Nodes => Server.Host.Services.GetRequiredService<INodes>();

    [Fact(Timeout = Timeout)]
    public async Task The_server_itself_is_a_node_until_it_ends()
    {
        await WithAllRolesAsync();
        var own = Server.Host.Services.GetRequiredService<ThisNode>().Id.ToString();
        var token = await Server.AdminTokenAsync();
        while (!(await ListAsync("/admin/nodes", token, "node_id")).Contains(own))
            await TickAsync();
        var figures = await AdminAsync("GET", "/admin/figures", token);
        figures.Body["ready"]!.GetValue<bool>().ShouldBeTrue(figures.ToString());
        figures.Body["checks"]!["database"]!.GetValue<string>().ShouldBe("ok");
        var node = figures.Body["nodes"]!.AsArray().Single(item => item!["node_id"]!.GetValue<string>() == own)!;
        node["state"]!.GetValue<string>().ShouldBe("serving");
        node["roles"]!.AsArray().Select(role => role!.GetValue<string>()).ShouldBe(Server.Host.Options.Roles);
        node["started_at"]!.GetValue<string>().ShouldBe(figures["started_at"]);

        // The SLIM proxy beside it is connected to it.
        while ((await ListAsync($"/admin/connections?node={own}", token, "kind")) is not ["proxy"])
            await TickAsync();

        await Server.DisposeAsync();
        _server = null;
        await using var other = await StartAsync();
        (await other.Host.Services.GetRequiredService<INodes>().NodesAsync(DateTimeOffset.UnixEpoch, null, 10, Cancel)).Select(left => left.Id.ToString()).ShouldNotContain(own);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_a_node_has_is_seen_as_it_changes_and_no_more_when_the_node_is_silent()
    {
        var (token, node) = (await Server.AdminTokenAsync(), NewNode());
        var (ada, bob) = (NewConnection(node, 1), NewConnection(node, 2));
        await Nodes.EnterAsync(node, new NodeChanges([ada, bob], [], [new KeyPackageLevel(ada.AgentId!.Value, node.Id, 3, true)]), Cancel);
        (await ListAsync($"/admin/connections?node={node.Id}", token, "connection_id")).ShouldBe([ada.Id, bob.Id]);
        (await ListAsync($"/admin/connections?account={ada.AccountId}", token, "connection_id")).ShouldBe([ada.Id]);
        (await ListAsync($"/admin/connections?agent={bob.AgentId}", token, "connection_id")).ShouldBe([bob.Id]);
        (await ListAsync($"/admin/connections?node={node.Id}&limit=1", token, "connection_id")).ShouldBe([ada.Id]);
        (await ListAsync($"/admin/connections?node={node.Id}&after={ada.Id}", token, "connection_id")).ShouldBe([bob.Id]);
        (await ListAsync("/admin/connections?node=nonsense", token, "connection_id")).ShouldBeEmpty();

        var cleo = NewConnection(node, 3);
        (await Nodes.TryTellAsync(node, new NodeChanges([cleo], [ada.Id], [new KeyPackageLevel(ada.AgentId!.Value, node.Id, 0, true)]), Cancel)).ShouldBeTrue();
        (await ListAsync($"/admin/connections?node={node.Id}", token, "connection_id")).ShouldBe([bob.Id, cleo.Id]);
        var shown = (await AdminAsync("GET", $"/admin/connections?agent={cleo.AgentId}", token)).Body["items"]!.AsArray().ShouldHaveSingleItem()!.AsObject();
        (shown["kind"]!.GetValue<string>(), shown["transport"]!.GetValue<string>(), shown["account_id"]!.GetValue<string>()).ShouldBe(("agent", "quic", cleo.AccountId.ToString()!));
        (await Nodes.KeyPackagesAsync(1, node.SeenAt, null, 10, Cancel)).ShouldBe([new KeyPackageLevel(ada.AgentId!.Value, node.Id, 0, true)]);

        Server.Time.Advance(Node.Silent + TimeSpan.FromSeconds(1));
        (await ListAsync($"/admin/connections?node={node.Id}", token, "connection_id")).ShouldBeEmpty();
        (await ListAsync("/admin/nodes", token, "node_id")).ShouldNotContain(node.Id.ToString());
        (await ActAsync($"nodes/{node.Id}/drain", token)).ShouldBe("not_found");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_node_that_was_forgotten_is_told_so_and_comes_again_with_all_that_it_has()
    {
        var (old, other) = (NewNode(), NewNode());
        var connection = NewConnection(old, 1);
        await Nodes.EnterAsync(old, new NodeChanges([connection], [], []), Cancel);
        await Nodes.EnterAsync(other, s_nothing, Cancel);
        var later = other with { SeenAt = other.SeenAt + Node.Forgotten + TimeSpan.FromSeconds(1) };
        (await Nodes.TryTellAsync(later, s_nothing, Cancel)).ShouldBeTrue();
        (await Nodes.NodesAsync(DateTimeOffset.UnixEpoch, null, 10, Cancel)).Select(node => node.Id).ShouldNotContain(old.Id);
        (await Nodes.TryTellAsync(old, s_nothing, Cancel)).ShouldBeFalse();

        await Nodes.EnterAsync(old with { SeenAt = later.SeenAt }, new NodeChanges([connection], [], []), Cancel);
        var all = new ConnectionFilter(null, null, null);
        (await Nodes.ConnectionsAsync(all, later.SeenAt, null, 10, Cancel)).ShouldHaveSingleItem().Id.ShouldBe(connection.Id);
        await Nodes.LeaveAsync(old.Id, Cancel);
        (await Nodes.ConnectionsAsync(all, later.SeenAt, null, 10, Cancel)).ShouldBeEmpty();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_drain_is_ordered_once_and_survives_what_the_node_tells_and_reaches_that_node_alone()
    {
        await WithAllRolesAsync();
        var (token, node) = (await Server.AdminTokenAsync(), NewNode());
        await Nodes.EnterAsync(node, s_nothing, Cancel);
        (await ActAsync($"nodes/{node.Id}/drain", token, "upgrade")).ShouldBe("done");
        (await ActAsync($"nodes/{node.Id}/drain", token)).ShouldBe("unchanged");
        (await Nodes.TryTellAsync(node, s_nothing, Cancel)).ShouldBeTrue();
        await Nodes.EnterAsync(node, s_nothing, Cancel);
        var shown = (await AdminAsync("GET", "/admin/nodes", token)).Body["items"]!.AsArray().Single(item => item!["node_id"]!.GetValue<string>() == node.Id.ToString())!;
        shown["state"]!.GetValue<string>().ShouldBe("draining");
        var order = (await RevocationsAsync()).ShouldHaveSingleItem();
        (order.Kind, order.Subject).ShouldBe((RevokedKind.NodeDrained, node.Id.ToString()));

        var stopping = Server.Host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        await TickAsync(); // The other's order is read first, or with its own.
        stopping.IsCancellationRequested.ShouldBeFalse();
        while (await ActAsync($"nodes/{Server.Host.Services.GetRequiredService<ThisNode>().Id}/drain", token) == "not_found")
            await TickAsync();
        while (!stopping.IsCancellationRequested)
            await TickAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task An_agent_that_is_disconnected_may_come_again_and_another_goes_on()
    {
        await WithAllRolesAsync();
        var token = await Server.AdminTokenAsync();
        var (customer, other) = (await Server.SignUpAsync("ada"), await Server.SignUpAsync("ada"));
        var revoked = Server.Host.Services.GetRequiredService<RevokedCallers>();
        using var watch = revoked.Watch(await CallerAsync(customer));
        using var others = revoked.Watch(await CallerAsync(other));
        (await ActAsync($"agents/{customer.AgentId}/disconnect", token, "stuck")).ShouldBe("done");
        while (!watch.Ended.IsCompleted)
            await TickAsync();
        (await watch.Ended).Code.ShouldBe(ErrorCode.Unavailable);
        others.Ended.IsCompleted.ShouldBeFalse();

        using var again = revoked.Watch(await CallerAsync(customer));
        again.Ended.IsCompleted.ShouldBeFalse();
        revoked.IsRevoked(await CallerAsync(customer)).ShouldBeFalse();
        (await ActAsync($"agents/{new AgentIdentity().Id}/disconnect", token)).ShouldBe("unknown_agent");
    }

    /// <summary>Has a node be there that is no process's.</summary>
    internal static async Task<string> EnterNodeAsync(ApiServer server)
    {
        var node = NewNode(server.Time.GetUtcNow());
        await server.Host.Services.GetRequiredService<INodes>().EnterAsync(node, s_nothing, Cancel);
        return node.Id.ToString();
    }

    /// <summary>Has the server's clockwork run.</summary>
    private async Task TickAsync()
    {
        Server.Time.Advance(RevokedCallers.Interval);
        await Task.Delay(10, Cancel);
    }

    private Node NewNode() => NewNode(Server.Time.GetUtcNow());

    private static Node NewNode(DateTimeOffset now) => new(NodeId.FromRandom(RandomNumberGenerator.GetBytes(NodeId.Size)), "host", "1.0.0", "relay", now)
    {
        SeenAt = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()),
        Figures = new NodeFigures(1, 2, 3, 4, 5, 6.5, 7.5, 8, 9),
    };

    private static LiveConnection NewConnection(Node node, int number) => new(
        $"conn_{node.Id.Tail}_{number}", node.Id, ConnectionKind.Agent, TransportKind.Quic, new AgentIdentity().Id, AccountId.FromRandom(RandomNumberGenerator.GetBytes(16)),
        KeyId.FromRandom(RandomNumberGenerator.GetBytes(16)), node.SeenAt);
}
