using System.Text;
using Skytale.Chaos.Running;
using Skytale.Sdk.Slim;

namespace Skytale.Tests.EndToEnd;

/// <summary>Native agents among themselves in SLIM sessions, over links of their own relay connections.</summary>
[Trait("Category", "Slow")]
public sealed class SlimAgentTests(ServerProcess server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_agents_of_an_account_talk(bool encrypted)
    {
        await using var account = await SignUpAsync();
        var (alice, bob) = (await account.ConnectAsync("alice"), await account.ConnectAsync("bob"));
        var (atBob, atAlice) = await TalkAsync(bob, alice, new SlimSessionOptions { Encrypted = encrypted });

        foreach (var size in new[] { 0, 1, 100_000, 4_000_000 })
        {
            await atBob.SendAsync(new byte[size], cancellationToken: Cancel);
            (await atAlice.ReceiveAsync(Cancel)).Payload.Length.ShouldBe(size);
        }
        await atAlice.SendAsync(new byte[7], cancellationToken: Cancel);
        (await atBob.ReceiveAsync(Cancel)).Payload.Length.ShouldBe(7);
        await atBob.CloseAsync(Cancel);
        await atAlice.Closed.WaitAsync(Cancel);
    }

    [Fact(Timeout = 60_000)]
    public async Task Agents_of_two_accounts_talk_in_a_session_with_one_other()
    {
        await using var ours = await SignUpAsync();
        await using var theirs = await SignUpAsync();
        var (alice, bob) = (await theirs.ConnectAsync("alice"), await ours.ConnectAsync("bob"));

        var (atBob, atAlice) = await TalkAsync(bob, alice, new SlimSessionOptions());

        await SendAsync(atBob, "abroad");
        (await TextAsync(atAlice)).ShouldBe("abroad");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_group_hears_its_members_and_who_was_removed_hears_no_more()
    {
        await using var account = await SignUpAsync();
        var moderator = await account.ConnectAsync("moderator");
        var room = moderator.Slim.CreateGroup(account.NameOf("room"));
        var members = new List<SlimSession>();
        foreach (var name in new[] { "alice", "bob", "carol" })
        {
            var agent = await account.ConnectAsync(name);
            await room.InviteAsync(account.NameOf(name), Cancel);
            members.Add(await agent.Slim.AcceptAsync(Cancel));
        }

        await SendAsync(room, "to three");
        foreach (var member in members)
            (await TextAsync(member)).ShouldBe("to three");
        await room.RemoveAsync(room.Participants.Single(name => name.Text!.Component2 == "carol"), Cancel);
        await members[2].Closed.WaitAsync(Cancel);
        await SendAsync(members[0], "to two");
        (await TextAsync(room)).ShouldBe("to two");
        (await TextAsync(members[1])).ShouldBe("to two");
        (await Should.ThrowAsync<SlimException>(() => TextAsync(members[2]))).Error.ShouldBe(SlimError.SessionClosed);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_sent_while_a_link_is_lost_and_opened_again_arrives_in_order()
    {
        await using var account = await SignUpAsync();
        var (alice, bob) = (await account.ConnectAsync("alice"), await account.ConnectAsync("bob"));
        var (atBob, atAlice) = await TalkAsync(bob, alice, new SlimSessionOptions { Interval = TimeSpan.FromMilliseconds(100), MaxRetries = 300 });
        var sending = new List<Task>();

        for (var i = 0; i < 60; i++)
        {
            if (i % 20 == 10)
                await Task.WhenAll(alice.LoseLinkAsync().AsTask(), bob.LoseLinkAsync().AsTask());
            sending.Add(SendAsync(atBob, $"{i}"));
        }

        for (var i = 0; i < 60; i++)
            (await TextAsync(atAlice)).ShouldBe($"{i}");
        await Task.WhenAll(sending);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_session_outlives_the_relay()
    {
        using var home = new TemporaryFolder();
        await using var relay = new RelayProgram(home.Path, postgres: null);
        await relay.StartAsync();
        await using var account = await SlimAccount.SignUpAsync(relay.Api, relay.Certificate);
        var (alice, bob) = (await account.ConnectAsync("alice"), await account.ConnectAsync("bob"));
        var (atBob, atAlice) = await TalkAsync(bob, alice, new SlimSessionOptions { Interval = TimeSpan.FromMilliseconds(200), MaxRetries = 300 });

        await relay.KillAsync();
        var sending = SendAsync(atBob, "while the relay was away");
        await relay.StartAsync();

        (await TextAsync(atAlice)).ShouldBe("while the relay was away");
        await sending;
        await SendAsync(atAlice, "and back");
        (await TextAsync(atBob)).ShouldBe("and back");
    }

    private Task<SlimAccount> SignUpAsync() => SlimAccount.SignUpAsync(new Uri(server.Url), server.Certificate);

    /// <summary>A session that has carried a message.</summary>
    private static async Task<(SlimSession Ours, SlimSession Theirs)> TalkAsync(SlimNativeAgent from, SlimNativeAgent to, SlimSessionOptions options)
    {
        var name = to.Slim.Name.Text!;
        var ours = await from.Slim.ConnectAsync($"{name.Component0}/{name.Component1}/{name.Component2}", options, Cancel);
        var theirs = await to.Slim.AcceptAsync(Cancel);
        await SendAsync(ours, "hello");
        (await TextAsync(theirs)).ShouldBe("hello");
        return (ours, theirs);
    }

    private static Task SendAsync(SlimSession session, string text) => session.SendAsync(Encoding.UTF8.GetBytes(text), cancellationToken: Cancel);

    private static async Task<string> TextAsync(SlimSession session) => Encoding.UTF8.GetString((await session.ReceiveAsync(Cancel)).Payload.Span);
}
