namespace Skytale.Tests.EndToEnd;

/// <summary>Invitations between agents in processes of their own, with the programs that people run.</summary>
public sealed class InvitationTests(ServerProcess server)
{
    [Fact(Timeout = 180_000)]
    public async Task With_the_inviter_offline_a_third_process_joins_by_the_text_alone_admitted_by_another_member()
    {
        await using var ours = await User.WithAgentsAsync(server, "alice", "bob");
        await using var theirs = await User.WithAgentsAsync(server, "carol");
        var channel = await ours.CreateChannelAsync("invited", "alice", "bob");
        var invited = await ours.RunAsync("channel", "invite", channel, "--agent", "alice");
        invited.ShouldBeDone();
        var text = invited.Output.ShouldHaveSingleItem();
        text.ShouldStartWith("skt_inv_");

        // Alice's process has ended. Carol's, of another account, has the text and nothing else; nobody is there yet.
        var joining = theirs.Start("join", "-", "--agent", "carol");
        await joining.EndInputAsync(System.Text.Encoding.UTF8.GetBytes(text + "\n"));
        await joining.WaitForErrorAsync(line => line.Contains("waiting until a member", StringComparison.Ordinal));
        var bob = ours.Start("chat", channel, "--agent", "bob");
        (await joining.EndAsync()).ShouldBe(0);
        joining.Output.ShouldContain(line => line.StartsWith("safety number", StringComparison.Ordinal));

        (await theirs.RunAsync("send", channel, "Hello from the invited")).ShouldBeDone();
        await bob.WaitForOutputAsync(line => line.EndsWith("Hello from the invited", StringComparison.Ordinal));
        await bob.EndInputAsync();
        (await bob.EndAsync()).ShouldBe(0);
        var members = await ours.RunAsync("channel", "members", channel, "--agent", "alice");
        members.ShouldBeDone();
        members.Output.Count.ShouldBe(3, members.ToString());
        members.Errors.ShouldHaveSingleItem().ShouldBe("Safety number: " + joining.Output.Single(line => line.StartsWith("safety number", StringComparison.Ordinal))["safety number".Length..].Trim());
        (await ours.RunAsync("channel", "invitations", channel, "--agent", "alice")).Output.ShouldBeEmpty();
    }

    [Fact(Timeout = 180_000)]
    [Trait("Category", "Slow")]
    public async Task Of_two_processes_that_race_for_one_use_before_two_members_one_joins()
    {
        await using var user = await User.WithAgentsAsync(server, "alice", "bob", "carol", "dave");
        var channel = await user.CreateChannelAsync("raced", "alice", "bob");
        var invited = await user.RunAsync("channel", "invite", channel, "--agent", "alice");
        invited.ShouldBeDone();
        var text = invited.Output.ShouldHaveSingleItem();
        RunningProgram[] joining = [user.Start("join", text, "--agent", "carol"), user.Start("join", text, "--agent", "dave")];
        foreach (var program in joining)
            await program.WaitForErrorAsync(line => line.Contains("waiting until a member", StringComparison.Ordinal));

        var members = new[] { user.Start("chat", channel, "--agent", "alice"), user.Start("chat", channel, "--agent", "bob") };
        var codes = await Task.WhenAll(joining.Select(program => program.EndAsync()));

        codes.ShouldBe([0, 1], ignoreOrder: true);
        joining[Array.IndexOf(codes, 1)].Errors[^1].ShouldContain("used up");
        foreach (var member in members)
        {
            await member.EndInputAsync();
            (await member.EndAsync()).ShouldBe(0);
        }
        (await user.RunAsync("channel", "members", channel, "--agent", "alice")).Output.Count.ShouldBe(3);
    }
}
