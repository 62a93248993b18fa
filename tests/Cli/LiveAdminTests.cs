using Skytale.Tests.EndToEnd;

namespace Skytale.Tests.Cli;

/// <summary>What an administrator sees of what is connected now, and ends.</summary>
[Trait("Category", "Slow")]
public sealed class LiveAdminTests(ServerProcess server)
{
    [Fact(Timeout = 180_000)]
    public async Task A_connection_is_seen_and_ended_and_its_agent_comes_again()
    {
        await using var admin = await Admin.LogInAsync(server);
        await using var user = await User.WithAgentsAsync(server, "alice");
        var (account, agent) = (await user.AccountIdAsync(), await user.IdOfAsync("alice"));
        var listener = user.Start("listen", await user.CreateChannelAsync("live", "alice"), "--agent", "alice");
        await listener.WaitForErrorAsync(line => line.Contains("listens on", StringComparison.Ordinal));

        var node = (await admin.JsonAsync("admin nodes")).AsArray().ShouldHaveSingleItem()!;
        node.Text("state").ShouldBe("serving");
        var first = await ConnectionAsync(admin, account, other: null);
        (await admin.JsonAsync("admin connections", "--agent", agent, "--node", node.Text("node_id"))).Texts("agent_id").ShouldBe([agent]);
        (await admin.JsonAsync("admin figures"))["connections"]!.GetValue<int>().ShouldBePositive();

        (await admin.JsonAsync("admin disconnect", agent, "--yes")).Text("outcome").ShouldBe("done");
        (await ConnectionAsync(admin, account, other: first)).ShouldNotBe(first);
        (await listener.InterruptAsync()).ShouldBe(0);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_drained_node_ends()
    {
        await using var drained = new ServerProcess();
        await drained.InitializeAsync();
        await using var admin = await Admin.LogInAsync(drained);
        var node = (await admin.JsonAsync("admin nodes")).AsArray().ShouldHaveSingleItem()!.Text("node_id");
        (await admin.RunAsync("admin", "drain", "node_none", "--yes", "--json")).ShouldFailInJson(1, "not_found");
        (await admin.JsonAsync("admin drain", node, "--yes")).Text("target").ShouldBe(node);
        (await drained.Program.EndAsync()).ShouldBe(0);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_channel_is_seen_by_its_size_alone_and_closed()
    {
        await using var admin = await Admin.LogInAsync(server);
        await using var user = await User.WithAgentsAsync(server, "alice", "bob");
        user.Environment["SKYTALE_AGENT"] = "alice";
        var created = await user.JsonAsync("channel create", $"{user.Org}/test/seen");
        var (name, id) = (created.Text("channel"), created.Text("channel_id"));
        (await user.RunAsync("channel", "add", name, "bob")).ShouldBeDone();
        (await user.RunAsync("send", name, "nobody else's business")).ShouldBeDone();

        var listed = await admin.JsonAsync("admin channels", "--all");
        var channel = listed.AsArray().Single(each => each!.Text("channel_id") == id)!;
        channel["members"]!.GetValue<int>().ShouldBe(2);
        channel["name"].ShouldBeNull();
        listed.ToJsonString().ShouldNotContain(user.Org);
        var queue = (await admin.JsonAsync("admin queues", "--all")).AsArray().Single(each => each!.Text("channel_id") == id)!;
        var bob = await user.IdOfAsync("bob");
        queue["members"]!.AsArray().Single(each => each!.Text("agent_id") == bob)!["lag"]!.GetValue<int>().ShouldBePositive();
        queue["lag"]!.GetValue<int>().ShouldBePositive();
        var agent = await user.IdOfAsync("alice");
        (await admin.JsonAsync("admin key-packages", "--all")).AsArray().Single(each => each!.Text("agent_id") == agent)!["left"]!.GetValue<int>().ShouldBePositive();
        (await admin.JsonAsync("admin key-packages", "--all", "--below", "1")).Texts("agent_id").ShouldNotContain(agent);

        (await admin.JsonAsync("admin close-channel", id, "--yes")).Text("outcome").ShouldBe("done");
        (await admin.JsonAsync("admin channels", "--all")).AsArray().Single(each => each!.Text("channel_id") == id)!["closed_at"].ShouldNotBeNull();
        // Relays look twice a second for what was closed.
        Finished refused;
        do
        {
            refused = await user.RunAsync("send", name, "too late", "--json");
        }
        while (refused.ExitCode == 0);
        refused.ShouldFailInJson(1, "channel_closed");
    }

    // What is connected is told about once a second.
    private static async Task<string> ConnectionAsync(User admin, string account, string? other)
    {
        while (true)
        {
            if ((await admin.JsonAsync("admin connections", "--account", account)).Texts("connection_id").FirstOrDefault(id => id != other) is { } id)
                return id;
        }
    }
}
