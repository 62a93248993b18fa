using System.Text.Json.Nodes;

namespace Skytale.Tests.EndToEnd;

/// <summary>Leaving channels and listing them, with the programs that people run.</summary>
public sealed class LeavingTests(ServerProcess server)
{
    [Fact(Timeout = 180_000)]
    public async Task An_agent_leaves_by_a_member_that_is_there_and_both_are_told_how_it_stands()
    {
        await using var user = await User.WithAgentsAsync(server, "alice", "bob", "carol");
        var channel = await user.CreateChannelAsync("left", "alice", "bob", "carol");
        JsonNode? added;
        while ((added = await RowAsync(user, "bob")) is null)
        {
            // Its Welcome comes when it does.
        }
        added["state"]!.ToString().ShouldBe("member");
        var alone = await user.RunAsync("channel", "leave", channel, "--agent", "bob", "--yes", "--wait", "1s");
        alone.ShouldBeDone();
        alone.Output.ShouldHaveSingleItem().ShouldEndWith("leaving");
        alone.Errors.ShouldHaveSingleItem().ShouldContain("as soon as another member is connected");
        (await RowAsync(user, "bob"))!["state"]!.ToString().ShouldBe("leaving");
        var refused = await user.RunAsync("send", channel, "one more", "--agent", "bob");
        (refused.ExitCode, refused.Errors[^1]).ShouldBe((1, $"skytale: This agent is leaving {channel}. Ask a member to add it again, once it has left."));

        var alice = user.Start("chat", channel, "--agent", "alice");
        var left = await user.RunAsync("channel", "leave", channel, "--agent", "carol", "--yes", "--json");
        left.ShouldBeDone();
        JsonNode.Parse(left.Output.ShouldHaveSingleItem())!["state"]!.ToString().ShouldBe("left");
        await alice.EndInputAsync();
        (await alice.EndAsync()).ShouldBe(0);

        foreach (var agent in new[] { "bob", "carol" })
            (await RowAsync(user, agent))?["state"]!.ToString().ShouldBe("left");
        var row = (await RowAsync(user, "alice")).ShouldNotBeNull();
        (row["channel"]!.ToString(), row["role"]!.ToString(), (int)row["members"]!, row["state"]!.ToString()).ShouldBe((channel, "owner", 1, "member"));
    }

    [Fact(Timeout = 180_000)]
    [Trait("Category", "Slow")]
    public async Task The_only_owner_hands_over_first_and_the_last_is_out_at_once()
    {
        await using var user = await User.WithAgentsAsync(server, "alice", "bob");
        var channel = await user.CreateChannelAsync("owned", "alice", "bob");
        var refused = await user.RunAsync("channel", "leave", channel, "--agent", "alice", "--yes", "--json");
        refused.ExitCode.ShouldBe(1);
        var error = JsonNode.Parse(refused.Errors[^1])!["error"]!;
        (error["code"]!.ToString(), error["hint"]!.ToString()).ShouldBe(("owner_needed", "Make another member owner first."));
        var unasked = await user.RunAsync("channel", "leave", channel, "--agent", "bob");
        (unasked.ExitCode, unasked.Errors[^1]).ShouldBe((2, "skytale: The confirmation is missing, and there is no terminal to ask at. Add: --yes."));

        (await user.RunAsync("channel", "remove", channel, "bob", "--agent", "alice")).ShouldBeDone();
        var last = await user.RunAsync("channel", "leave", channel, "--agent", "alice", "--yes");
        last.ShouldBeDone();
        last.Output.ShouldHaveSingleItem().ShouldEndWith("left");
    }

    /// <summary>The agent's one channel, as it is listed.</summary>
    private static async Task<JsonNode?> RowAsync(User user, string agent)
    {
        var listed = await user.RunAsync("channel", "list", "--agent", agent, "--json");
        listed.ShouldBeDone();
        return JsonNode.Parse(listed.Output.ShouldHaveSingleItem())!.AsArray().SingleOrDefault();
    }
}
