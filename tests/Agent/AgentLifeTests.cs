using Skytale.Sdk;

namespace Skytale.Tests;

/// <summary>Agents with real stores, over real QUIC, through a real relay.</summary>
public sealed class AgentLifeTests
{
    [Fact(Timeout = 60_000)]
    public async Task Two_agents_exchange_messages_in_both_directions()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (_, bob) = await world.NewAgentAsync("bob");
        await using (alice)
        await using (bob)
        {
            var atAlice = await alice.CreateChannelAsync($"{world.Org}/team/general");
            await atAlice.AddMemberAsync(bob.Id).Soon();
            var atBob = await bob.JoinAsync(atAlice.Name.ToString()).Soon();
            await atAlice.SendAsync("hello bob").Soon();
            (await atBob.TakeAsync(1)).ShouldBe(["hello bob"]);
            await atBob.SendAsync("hello alice").Soon();
            (await atAlice.TakeAsync(1)).ShouldBe(["hello alice"]);
            atAlice.Epoch.ShouldBe(1ul);
            atBob.Members.ShouldBe([alice.Id, bob.Id], ignoreOrder: true);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_restarted_agent_gets_what_was_sent_meanwhile_once_and_in_order()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (bobHome, bob) = await world.NewAgentAsync("bob");
        await using (alice)
        {
            var atAlice = await alice.CreateChannelAsync($"{world.Org}/team/general");
            await atAlice.AddMemberAsync(bob.Id).Soon();
            var atBob = await bob.JoinAsync(atAlice.Name.ToString()).Soon();
            await atAlice.SendAsync("one").Soon();
            (await atBob.TakeAsync(1)).ShouldBe(["one"]);
            await bob.DisposeAsync();

            for (var i = 2; i <= 5; i++)
                await atAlice.SendAsync($"message {i}").Soon();
            await using var again = await world.ConnectAsync(bobHome);
            var channel = again.FindChannel(atAlice.Name.ToString()).ShouldNotBeNull();
            (await channel.TakeAsync(4)).ShouldBe(["message 2", "message 3", "message 4", "message 5"]);
            await channel.SendAsync("back").Soon();
            (await atAlice.TakeAsync(1)).ShouldBe(["back"]);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_message_that_was_shown_and_not_acknowledged_is_shown_again_after_a_restart_and_says_so()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (bobHome, bob) = await world.NewAgentAsync("bob");
        await using (alice)
        {
            var atAlice = await alice.CreateChannelAsync($"{world.Org}/team/general");
            await atAlice.AddMemberAsync(bob.Id).Soon();
            var atBob = await bob.JoinAsync(atAlice.Name.ToString()).Soon();
            await atAlice.SendAsync("one").Soon();
            await atAlice.SendAsync("two").Soon();
            (await atBob.TakeAsync(2, acknowledgeLast: false)).ShouldBe(["one", "two"]);
            await bob.DisposeAsync();

            await using var again = await world.ConnectAsync(bobHome);
            await atAlice.SendAsync("three").Soon();
            (await again.FindChannel(atAlice.Name.ToString())!.TakeAsync(2)).ShouldBe(["again: two", "three"]);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Messages_of_an_earlier_epoch_are_read_after_a_restart_that_saw_the_commit()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (bobHome, bob) = await world.NewAgentAsync("bob");
        var (_, carol) = await world.NewAgentAsync("carol");
        await using (alice)
        await using (carol)
        {
            var atAlice = await alice.CreateChannelAsync($"{world.Org}/team/general");
            await atAlice.AddMemberAsync(bob.Id).Soon();
            var atBob = await bob.JoinAsync(atAlice.Name.ToString()).Soon();
            await atAlice.SendAsync("before").Soon();
            await atAlice.AddMemberAsync(carol.Id).Soon();
            await atAlice.SendAsync("after").Soon();

            // The relay takes messages of the new epoch alone: Bob has followed the commit, with the message before it unread.
            await atBob.SendAsync("from bob").Soon();
            atBob.Epoch.ShouldBe(2ul);
            await bob.DisposeAsync();

            await using var again = await world.ConnectAsync(bobHome);
            var channel = again.FindChannel(atAlice.Name.ToString())!;
            (await channel.TakeAsync(2)).ShouldBe(["before", "after"]);
            channel.Epoch.ShouldBe(2ul);
            await channel.SendAsync("still here").Soon();
            var atCarol = await carol.JoinAsync(atAlice.Name.ToString()).Soon();
            (await atCarol.TakeAsync(3)).ShouldBe(["after", "from bob", "still here"]);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_removed_agent_reads_up_to_its_removal_and_no_further()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (_, bob) = await world.NewAgentAsync("bob");
        await using (alice)
        await using (bob)
        {
            var atAlice = await alice.CreateChannelAsync($"{world.Org}/team/general");
            await atAlice.AddMemberAsync(bob.Id).Soon();
            var atBob = await bob.JoinAsync(atAlice.Name.ToString()).Soon();
            await atAlice.SendAsync("last words").Soon();
            await atAlice.RemoveMemberAsync(bob.Id).Soon();
            await atAlice.SendAsync("not for bob").Soon();

            var texts = new List<string>();
            await foreach (var message in atBob.Messages)
            {
                using (message)
                    texts.Add(message.Text);
            }
            texts.ShouldBe(["last words"]);
            (await Should.ThrowAsync<SkytaleException>(() => atBob.SendAsync("let me in"))).Error.ShouldBe(SkytaleError.NotAMember);
            bob.Channels.ShouldBeEmpty();
        }
    }

    [Fact(Timeout = 90_000)]
    [Trait("Category", "Slow")]
    public async Task Members_who_commit_at_once_all_get_their_turn()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (_, bob) = await world.NewAgentAsync("bob");
        await using (alice)
        await using (bob)
        {
            var atAlice = await alice.CreateChannelAsync($"{world.Org}/team/general");
            await atAlice.AddMemberAsync(bob.Id).Soon();
            var atBob = await bob.JoinAsync(atAlice.Name.ToString()).Soon();
            var others = new List<SkytaleAgent>();
            for (var i = 0; i < 6; i++)
                others.Add((await world.NewAgentAsync($"other-{i}")).Agent);

            await Task.WhenAll(others.Select((other, i) => (i % 2 == 0 ? atAlice : atBob).AddMemberAsync(other.Id))).Soon();
            await atAlice.SendAsync("everybody").Soon();
            foreach (var other in others)
            {
                var channel = await other.JoinAsync(atAlice.Name.ToString()).Soon();
                (await channel.TakeAsync(1)).ShouldBe(["everybody"]);
                channel.Members.Count.ShouldBe(8);
                await other.DisposeAsync();
            }
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task An_agent_that_was_away_is_added_and_joins_when_it_comes_back()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (bobHome, bob) = await world.NewAgentAsync("bob");
        await bob.DisposeAsync();
        await using (alice)
        {
            var atAlice = await alice.CreateChannelAsync($"{world.Org}/team/general");
            await atAlice.AddMemberAsync(bobHome.Id).Soon();
            await atAlice.SendAsync("welcome back").Soon();
            await using var again = await world.ConnectAsync(bobHome);
            var channel = await again.JoinAsync(atAlice.Name.ToString()).Soon();
            (await channel.TakeAsync(1)).ShouldBe(["welcome back"]);
        }
    }

    [Fact(Timeout = 60_000)]
    [Trait("Category", "Slow")]
    public async Task Hundreds_of_messages_arrive_in_order_and_large_ones_whole()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (_, bob) = await world.NewAgentAsync("bob");
        await using (alice)
        await using (bob)
        {
            var atAlice = await alice.CreateChannelAsync($"{world.Org}/team/general");
            await atAlice.AddMemberAsync(bob.Id).Soon();
            var atBob = await bob.JoinAsync(atAlice.Name.ToString()).Soon();
            var reading = atBob.TakeAsync(400);
            for (var i = 0; i < 400; i++)
                await atAlice.SendAsync($"{i}").Soon();
            (await reading).ShouldBe(Enumerable.Range(0, 400).Select(i => $"{i}"));

            var large = new string('x', 900 << 10);
            await atAlice.SendAsync(large).Soon();
            (await atBob.TakeAsync(1)).Single().Length.ShouldBe(large.Length);
            (await Should.ThrowAsync<SkytaleException>(() => atAlice.SendAsync(new byte[(64 << 20) + 1]))).Error.ShouldBe(SkytaleError.MessageTooLarge);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task What_the_relay_holds_is_ciphertext_and_can_be_looked_at()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        await using (alice)
        {
            var channel = await alice.CreateChannelAsync($"{world.Org}/team/general");
            await channel.SendAsync("a-marker-of-this-test").Soon();
            var raw = new List<RawEntry>();
            await foreach (var entry in channel.ReadRawAsync(TestContext.Current.CancellationToken))
                raw.Add(entry);
            raw.Single().Kind.ShouldBe("message");
            raw.Single().Bytes.Span.IndexOf("a-marker-of-this-test"u8).ShouldBe(-1);
            raw.Single().Bytes.Length.ShouldBeInRange(256, 512);
        }
    }
}
