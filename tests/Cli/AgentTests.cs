using Skytale.Tests.EndToEnd;

namespace Skytale.Tests.Cli;

[Trait("Category", "Slow")]
public sealed class AgentTests(ServerProcess server)
{
    [Fact(Timeout = 180_000)]
    public async Task Agents_of_the_account_are_listed_wherever_they_live()
    {
        await using var user = await User.WithAgentsAsync(server, "alice", "bob");
        (await user.JsonAsync("agent list")).AsArray().Select(agent => agent!.Text("name")).ShouldBe(["alice", "bob"]);
        (await user.JsonAsync("agent show", "bob")).Text("agent_id").ShouldBe(await user.IdOfAsync("bob"));

        Directory.Move(Path.Combine(user.Home, "agents", "bob"), Path.Combine(user.Home, "another-machine"));
        var all = (await user.JsonAsync("agent list", "--all")).AsArray();
        all.ToDictionary(agent => agent!.Text("name"), agent => agent!["here"]!.GetValue<bool>()).ShouldBe(new Dictionary<string, bool> { ["alice"] = true, ["bob"] = false }, ignoreOrder: true);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_revoked_agent_is_put_aside_and_its_name_is_free()
    {
        await using var user = await User.WithAgentsAsync(server, "alice");
        var id = await user.IdOfAsync("alice");
        var revoked = await user.JsonAsync("agent revoke", "alice");
        revoked.Text("agent_id").ShouldBe(id);
        File.Exists(Path.Combine(revoked.Text("put_aside"), "store.db")).ShouldBeTrue();
        (await user.JsonAsync("agent list")).AsArray().ShouldBeEmpty();
        (await user.RunAsync("agent", "revoke", "alice", "--json")).ShouldFailInJson(1, "unknown_agent");

        (await user.JsonAsync("agent create", "alice")).Text("agent_id").ShouldNotBe(id);
        (await user.JsonAsync("agent list", "--all")).AsArray().Single(agent => agent!.Text("agent_id") == id)!["revoked_at"].ShouldNotBeNull();
    }

    [Fact(Timeout = 180_000)]
    public async Task A_creation_that_ended_before_its_note_goes_on()
    {
        await using var user = await User.WithAgentsAsync(server, "alice");
        var note = user.PathOf("alice", "agent.json");
        var id = await user.IdOfAsync("alice");
        // As after a kill between the server's answer and the file.
        File.WriteAllText(note, File.ReadAllText(note).Replace("\"acc_", "null, \"was\": \"acc_", StringComparison.Ordinal));
        (await user.JsonAsync("agent create", "alice")).Text("agent_id").ShouldBe(id);
        (await user.JsonAsync("status")).Text("agent_id").ShouldBe(id);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_replaced_agent_is_swapped_in_the_channels_of_its_neighbours()
    {
        await using var user = await User.WithAgentsAsync(server, "alice", "bob");
        var channel = await user.CreateChannelAsync("replace", "alice", "bob");
        // Bob joins, and is known to have joined.
        (await user.RunAsync("send", channel, "from the old bob", "--agent", "bob")).ShouldBeDone();
        var old = await user.IdOfAsync("bob");

        (await user.RunAsync("agent", "replace", "bob")).ExitCode.ShouldBe(2, "nobody was asked");
        (await user.RunAsync("send", channel, "still the old bob", "--agent", "bob")).ShouldBeDone();
        var replaced = await user.JsonAsync("agent replace", "bob", "--yes");
        replaced.Text("replaced_agent_id").ShouldBe(old);
        var swap = replaced["channels"]!.AsArray().ShouldHaveSingleItem()!;
        swap.Text("by").ShouldBe("alice");
        swap["error"].ShouldBeNull();

        var members = (await user.JsonAsync("channel members", channel, "--agent", "alice")).AsArray();
        members.Select(member => member!.Text("name")).ShouldBe(["alice", "bob"], ignoreOrder: true);
        members.ShouldNotContain(member => member!.Text("agent_id") == old);
        (await user.JsonAsync("send", channel, "from the new bob", "--agent", "bob"))["sequence"]!.GetValue<int>().ShouldBePositive();
        (await user.RunAsync("listen", channel, "--agent", "alice", "--count", "3")).Output[^1].ShouldEndWith("bob from the new bob");
    }

    [Fact(Timeout = 180_000)]
    public async Task Every_command_on_channels_answers_in_its_shape()
    {
        await using var user = await User.WithAgentsAsync(server, "alice", "bob");
        user.Environment["SKYTALE_AGENT"] = "alice";
        var channel = $"{user.Org}/test/shapes";
        (await user.JsonAsync("channel create", channel)).Text("channel").ShouldBe(channel);
        (await user.JsonAsync("channel add", channel, "bob"))["members"]!.GetValue<int>().ShouldBe(2);
        (await user.JsonAsync("send", channel, "Hello")).Text("channel").ShouldBe(channel);
        (await user.JsonAsync("listen", channel, "--agent", "bob", "--count", "1")).Text("text").ShouldBe("Hello");
        (await user.JsonAsync("channel log", channel, "--raw")).AsArray().ShouldContain(entry => entry!.Text("kind") == "message");
        (await user.JsonAsync("channel remove", channel, "bob"))["members"]!.GetValue<int>().ShouldBe(1);
        (await user.JsonAsync("channel members", channel)).AsArray().ShouldHaveSingleItem()!.Text("name").ShouldBe("alice");
        (await user.JsonAsync("status"))["channels"]!.GetValue<int>().ShouldBe(1);
        var row = (await user.JsonAsync("channel list")).AsArray().ShouldHaveSingleItem()!;
        (row.Text("channel"), row.Text("role"), row.Text("state")).ShouldBe((channel, "owner", "member"));
        (await user.RunAsync("channel", "leave", channel, "--json")).ShouldFailInJson(2, "usage");
        (await user.JsonAsync("channel leave", channel, "--yes")).Text("state").ShouldBe("left");
    }

    [Fact(Timeout = 180_000)]
    [Trait("Category", "Slow")]
    public async Task Every_command_on_invitations_answers_in_its_shape()
    {
        await using var user = await User.WithAgentsAsync(server, "alice", "bob");
        user.Environment["SKYTALE_AGENT"] = "alice";
        var channel = await user.CreateChannelAsync("invitations", "alice");
        var invited = await user.JsonAsync("channel invite", channel, "--for", "bob", "--uses", "2", "--expires", "7d");
        invited.Text("for").ShouldBe(await user.IdOfAsync("bob"));
        var listed = (await user.JsonAsync("channel invitations", channel)).AsArray().ShouldHaveSingleItem()!;
        listed.Text("invitation_id").ShouldBe(invited.Text("invitation_id"));
        listed["max_uses"]!.GetValue<int>().ShouldBe(2);
        var revoked = await user.JsonAsync("channel uninvite", channel, invited.Text("invitation_id")[..12]);
        revoked.Text("invitation_id").ShouldBe(invited.Text("invitation_id"));
        (await user.RunAsync("join", invited.Text("invitation"), "--agent", "bob", "--json")).ShouldFailInJsonBehindRemarks(1, "invitation_over");

        (await user.RunAsync("join", "skt_inv_nonsense", "--agent", "bob", "--json")).ShouldFailInJson(2, "invalid_argument");
        (await user.RunAsync("channel", "invite", channel, "--expires", "soon", "--json")).ShouldFailInJson(2, "usage");
        (await user.RunAsync("channel", "uninvite", channel, "0123", "--json")).ShouldFailInJson(1, "failed");
    }
}
