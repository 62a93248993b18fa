using System.Text.Json.Nodes;

namespace Skytale.Tests.EndToEnd;

/// <summary>Agents in processes of their own, over the programs that people run.</summary>
public sealed class TalkingTests(ServerProcess server)
{
    [Fact(Timeout = 180_000)]
    public async Task Two_agents_in_two_processes_talk_in_both_directions()
    {
        await using var user = await User.WithAgentsAsync(server, "alice", "bob");
        var channel = await user.CreateChannelAsync("talk", "alice", "bob");
        var alice = await StartChatAsync(user, channel, "alice");
        var bob = await StartChatAsync(user, channel, "bob");

        await alice.WriteLineAsync("Hello, Bob");
        await bob.WaitForOutputAsync(line => line.EndsWith(" alice Hello, Bob", StringComparison.Ordinal));
        await bob.WriteLineAsync("Hello, Alice");
        await alice.WaitForOutputAsync(line => line.EndsWith(" bob Hello, Alice", StringComparison.Ordinal));

        await alice.EndInputAsync();
        (await alice.EndAsync()).ShouldBe(0);
        (await bob.InterruptAsync()).ShouldBe(0);
    }

    [Fact(Timeout = 180_000)]
    [Trait("Category", "Slow")]
    public async Task Agents_of_two_accounts_talk_when_one_adds_the_others_id()
    {
        await using var ours = await User.WithAgentsAsync(server, "alice");
        await using var theirs = await User.WithAgentsAsync(server, "carol");
        var carol = await theirs.IdOfAsync("carol");
        var channel = await ours.CreateChannelAsync("abroad", "alice", carol);

        (await ours.RunAsync("send", channel, "Hello from another account")).ShouldBeDone();
        var heard = await theirs.RunAsync("listen", channel, "--count", "1");
        heard.ShouldBeDone();
        heard.Output.ShouldHaveSingleItem().ShouldEndWith($" {await ours.IdOfAsync("alice")} Hello from another account");

        var members = await ours.RunAsync("channel", "members", channel);
        members.ShouldBeDone();
        members.Output.Count.ShouldBe(2, members.ToString());
        members.Output.ShouldContain(line => line.StartsWith(carol, StringComparison.Ordinal), members.ToString());
    }

    [Fact(Timeout = 180_000)]
    [Trait("Category", "Slow")]
    public async Task An_agent_that_was_killed_gets_what_was_sent_meanwhile_once_and_in_order()
    {
        await using var user = await User.WithAgentsAsync(server, "alice", "bob");
        var channel = await user.CreateChannelAsync("away", "alice", "bob");
        var bob = await StartChatAsync(user, channel, "bob");
        (await user.RunAsync("send", channel, "before", "--agent", "alice")).ShouldBeDone();
        await bob.WaitForOutputAsync(line => line.EndsWith(" alice before", StringComparison.Ordinal));
        // Bob's own message shows that he has gone past the first one.
        await bob.WriteLineAsync("got it");
        var got = await user.RunAsync("listen", channel, "--agent", "alice", "--count", "1");
        got.Output.ShouldHaveSingleItem().ShouldEndWith(" bob got it");

        await bob.KillAsync();
        foreach (var text in new[] { "one", "two", "three" })
            (await user.RunAsync("send", channel, text, "--agent", "alice")).ShouldBeDone();

        var back = await user.RunAsync("listen", channel, "--agent", "bob", "--count", "3");
        back.ShouldBeDone();
        back.Output.Select(line => line.Split(' ')[^1]).ShouldBe(["one", "two", "three"], customMessage: back.ToString());

        (await user.RunAsync("send", channel, "I am back", "--agent", "bob")).ShouldBeDone();
        var answer = await user.RunAsync("listen", channel, "--agent", "alice", "--count", "1");
        answer.Output.ShouldHaveSingleItem().ShouldEndWith(" bob I am back");
    }

    [Fact(Timeout = 180_000)]
    [Trait("Category", "Slow")]
    public async Task A_listener_waits_until_it_is_added()
    {
        await using var user = await User.WithAgentsAsync(server, "alice", "bob");
        var channel = await user.CreateChannelAsync("later", "alice");
        var bob = user.Start("listen", channel, "--agent", "bob", "--count", "1");
        await bob.WaitForErrorAsync(line => line.Contains("waits to be added", StringComparison.Ordinal));

        (await user.RunAsync("channel", "add", channel, "bob", "--agent", "alice")).ShouldBeDone();
        (await user.RunAsync("send", channel, "welcome", "--agent", "alice")).ShouldBeDone();
        await bob.WaitForOutputAsync(line => line.EndsWith(" alice welcome", StringComparison.Ordinal));
        (await bob.EndAsync()).ShouldBe(0);
    }

    [Fact(Timeout = 180_000)]
    [Trait("Category", "Slow")]
    public async Task Json_has_text_or_bytes_and_a_terminal_gets_no_control_characters()
    {
        await using var user = await User.WithAgentsAsync(server, "alice", "bob");
        var channel = await user.CreateChannelAsync("shapes", "alice", "bob");
        (await user.RunAsync("send", channel, "one\ntwo \u001b[31mred", "--agent", "alice")).ShouldBeDone();
        var plain = await user.RunAsync("listen", channel, "--agent", "bob", "--count", "1");
        plain.Output.ShouldHaveSingleItem().ShouldEndWith(@" alice one\ntwo \u001b[31mred");

        (await user.RunAsync("send", channel, "one\ntwo", "--agent", "alice")).ShouldBeDone();
        var json = await user.RunAsync("listen", channel, "--agent", "bob", "--count", "1", "--json");
        var message = JsonNode.Parse(json.Output.ShouldHaveSingleItem())!;
        message["text"]!.GetValue<string>().ShouldBe("one\ntwo");
        message["sender"]!.GetValue<string>().ShouldBe(await user.IdOfAsync("alice"));
        message["redelivered"]!.GetValue<bool>().ShouldBeFalse();

        byte[] bytes = [0xff, 0x00, 0xfe];
        var sent = await user.RunWithInputAsync(bytes, "send", channel, "--agent", "alice");
        sent.ShouldBeDone();
        var binary = await user.RunAsync("listen", channel, "--agent", "bob", "--count", "1", "--json");
        message = JsonNode.Parse(binary.Output.ShouldHaveSingleItem())!;
        message["content_base64"]!.GetValue<string>().ShouldBe(Convert.ToBase64String(bytes));
        message["sequence"]!.GetValue<ulong>().ToString().ShouldBe(sent.Output.ShouldHaveSingleItem());
    }

    [Fact(Timeout = 180_000)]
    [Trait("Category", "Slow")]
    public async Task A_removed_agent_reads_nothing_more_and_cannot_send()
    {
        await using var user = await User.WithAgentsAsync(server, "alice", "bob");
        var channel = await user.CreateChannelAsync("removal", "alice", "bob");
        (await user.RunAsync("send", channel, "for both", "--agent", "alice")).ShouldBeDone();
        (await user.RunAsync("listen", channel, "--agent", "bob", "--count", "1")).ShouldBeDone();

        (await user.RunAsync("channel", "remove", channel, "bob", "--agent", "alice")).ShouldBeDone();
        (await user.RunAsync("send", channel, "for alice alone", "--agent", "alice")).ShouldBeDone();

        var sent = await user.RunAsync("send", channel, "still here?", "--agent", "bob");
        sent.ShouldFail(1, "member");
        // It may be added again, for which a listener waits; what was sent without it stays unread. A sender that left before it
        // was told that the removal stands leaves that to the first listener, which ends with it.
        var bob = user.Start("listen", channel, "--agent", "bob");
        if ((await bob.WaitForErrorAsync(line => Waits(line) || line.Contains("was removed", StringComparison.Ordinal))) is var said && !Waits(said))
        {
            (await bob.EndAsync()).ShouldBe(1);
            bob.Output.ShouldBeEmpty();
            bob = user.Start("listen", channel, "--agent", "bob");
            await bob.WaitForErrorAsync(Waits);
        }
        (await bob.InterruptAsync()).ShouldBe(0);
        bob.Output.ShouldBeEmpty();
        (await user.RunAsync("channel", "members", channel, "--agent", "alice")).Output.ShouldHaveSingleItem();

        static bool Waits(string line) => line.Contains("waits to be added", StringComparison.Ordinal);
    }

    [Fact(Timeout = 180_000)]
    [Trait("Category", "Slow")]
    public async Task The_raw_log_shows_kinds_sizes_and_the_beginning_of_ciphertexts()
    {
        await using var user = await User.WithAgentsAsync(server, "alice", "bob");
        var channel = await user.CreateChannelAsync("raw", "alice", "bob");
        (await user.RunAsync("send", channel, "first", "--agent", "alice")).ShouldBeDone();
        (await user.RunAsync("send", channel, "first", "--agent", "alice")).ShouldBeDone();

        var log = await user.RunAsync("channel", "log", channel, "--raw", "--agent", "alice");
        log.ShouldBeDone();
        var rows = log.Output.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        rows.Select(row => row[1]).ShouldBe(["commit", "message", "message"], customMessage: log.ToString());
        rows.ShouldAllBe(row => row.Length == 5 && row[4].Length == 48 && int.Parse(row[2]) > 24);
        rows[1][4].ShouldNotBe(rows[2][4], "equal messages have different ciphertexts");
    }

    private static async Task<RunningProgram> StartChatAsync(User user, string channel, string agent)
    {
        var chat = user.Start("chat", channel, "--agent", agent);
        await chat.WaitForErrorAsync(line => line.StartsWith($"{agent} is on ", StringComparison.Ordinal));
        return chat;
    }
}
