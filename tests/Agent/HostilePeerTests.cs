using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;
using Skytale.Sdk;
using Skytale.Tests.Kit;
using CommitRequest = Skytale.Mls.Groups.CommitRequest;

namespace Skytale.Tests;

/// <summary>What a member's process, a relay or a crash can do to an agent: nothing is lost, and it is said.</summary>
[Trait("Category", "Slow")]
public sealed class HostilePeerTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_corrupted_ciphertext_is_reported_and_the_next_message_arrives()
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
            var rejected = new TaskCompletionSource<RejectedMessage>();
            atBob.MessageRejected += (_, entry) => rejected.TrySetResult(entry);

            var sequence = await SendCorruptedAsync(atAlice);
            await atAlice.SendAsync("whole").Soon();
            (await atBob.TakeAsync(1)).ShouldBe(["whole"]);
            var report = await rejected.Task.Soon();
            report.Sequence.ShouldBe(sequence);
            report.Reason.ShouldContain("DecryptionFailed");
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_delivery_that_the_relay_resets_is_asked_for_again_on_the_same_connection()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 2);
        await party[1].LeaveAsync();
        var resets = 0;
        await party[1].ComeAsync(frame => frame is DeliverMessage && Interlocked.Increment(ref resets) <= 2
            ? throw new TransportException(TransportError.StreamReset, "too far behind", (ulong)ErrorCode.TooFarBehind)
            : frame);
        var connection = party[1].Agent.Connection;

        await party.HearAsync(0, "third time lucky");

        resets.ShouldBe(3);
        party[1].Agent.Connection.ShouldBe(connection);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_agent_whose_connection_breaks_comes_back_by_itself_with_nothing_lost_or_doubled()
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
            var reading = atBob.TakeAsync(30);
            for (var i = 0; i < 30; i++)
            {
                if (i % 10 == 5)
                {
                    await (await atBob.Session.Context.Link.ConnectionAsync()).DisposeAsync();
                    await (await atAlice.Session.Context.Link.ConnectionAsync()).DisposeAsync();
                }
                await atAlice.SendAsync($"{i}").Soon();
            }
            (await reading).ShouldBe(Enumerable.Range(0, 30).Select(i => $"{i}"));
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_commit_that_was_stored_and_not_sent_is_sent_after_the_restart()
    {
        await using var world = await World.StartAsync();
        var (aliceHome, alice) = await world.NewAgentAsync("alice");
        var (_, bob) = await world.NewAgentAsync("bob");
        await using (bob)
        {
            var atAlice = await alice.CreateChannelAsync($"{world.Org}/team/general");
            var committing = new Agent.Channels.Committing(atAlice.Session);
            var add = await committing.AddProposalForAsync(bob.Id, default);
            await committing.PrepareAsync(() => new CommitRequest { Proposals = [add] }, default);
            await alice.DisposeAsync();

            await using var again = await world.ConnectAsync(aliceHome);
            var atBob = await bob.JoinAsync(atAlice.Name.ToString()).Soon();
            await atBob.SendAsync("I am in").Soon();
            (await again.FindChannel(atAlice.Name.ToString())!.TakeAsync(1)).ShouldBe(["I am in"]);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Own_commits_behind_unread_messages_are_followed_again_after_a_restart()
    {
        await using var world = await World.StartAsync();
        var (aliceHome, alice) = await world.NewAgentAsync("alice");
        var (_, bob) = await world.NewAgentAsync("bob");
        var (_, carol) = await world.NewAgentAsync("carol");
        var (_, dave) = await world.NewAgentAsync("dave");
        await using (bob)
        await using (carol)
        await using (dave)
        {
            var atAlice = await alice.CreateChannelAsync($"{world.Org}/team/general");
            await atAlice.AddMemberAsync(bob.Id).Soon();
            var atBob = await bob.JoinAsync(atAlice.Name.ToString()).Soon();
            await atBob.SendAsync("unread").Soon();
            await atAlice.AddMemberAsync(carol.Id).Soon();
            await atAlice.AddMemberAsync(dave.Id).Soon();
            await alice.DisposeAsync();

            await using var again = await world.ConnectAsync(aliceHome);
            var channel = again.FindChannel(atAlice.Name.ToString())!;
            (await channel.TakeAsync(1)).ShouldBe(["unread"]);
            await channel.SendAsync("after the restart").Soon();
            channel.Epoch.ShouldBe(3ul);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_channel_whose_creation_was_interrupted_stands_after_the_restart()
    {
        await using var world = await World.StartAsync();
        var (home, alice) = await world.NewAgentAsync("alice");
        var name = $"{world.Org}/team/general";
        var existing = await alice.CreateChannelAsync($"{world.Org}/team/first");
        ChannelName.TryParse(name, out var parsed).ShouldBeTrue();
        var intent = new Agent.Channels.Creating(existing.Session.Context).Prepare(parsed);
        await alice.DisposeAsync();

        await using var again = await world.ConnectAsync(home);
        var channel = again.FindChannel(name).ShouldNotBeNull();
        channel.Id.ShouldBe(intent.Channel);
        await channel.SendAsync("it works").Soon();
    }

    [Fact(Timeout = 60_000)]
    public async Task Nobody_is_added_twice_and_who_never_connected_cannot_be_added()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (_, bob) = await world.NewAgentAsync("bob");
        var carol = await world.CreateAgentAsync("carol");
        await using (alice)
        await using (bob)
        {
            var channel = await alice.CreateChannelAsync($"{world.Org}/team/general");
            await channel.AddMemberAsync(bob.Id).Soon();
            (await Should.ThrowAsync<SkytaleException>(() => channel.AddMemberAsync(bob.Id))).Error.ShouldBe(SkytaleError.AlreadyExists);
            (await Should.ThrowAsync<SkytaleException>(() => channel.AddMemberAsync(carol.Id))).Refusal.ShouldBe(ErrorCode.NoKeyPackage);
            (await Should.ThrowAsync<SkytaleException>(() => channel.RemoveMemberAsync(carol.Id))).Error.ShouldBe(SkytaleError.InvalidArgument);
            (await Should.ThrowAsync<SkytaleException>(() => bob.CreateChannelAsync("somebody-else/team/general"))).Refusal.ShouldBe(ErrorCode.NameNotOwned);
            (await Should.ThrowAsync<SkytaleException>(() => bob.CreateChannelAsync("no name"))).Error.ShouldBe(SkytaleError.InvalidArgument);
            await channel.SendAsync("all is well").Soon();
        }
    }

    private static async Task<Sequence> SendCorruptedAsync(SkytaleChannel channel)
    {
        var group = channel.Session.Head.Group;
        var message = Tls.Encode(new MlsMessage(group.Protect("damaged"u8, [], 256, System.Security.Cryptography.RandomNumberGenerator.Fill)));
        var damaged = message.Span.ToArray();
        damaged[^1] ^= 1;
        var answer = await channel.Session.Context.RequestAsync<Accepted>(
            request => new SendMessage(request, channel.Id, new MessageId(UInt128.MaxValue), damaged), TestContext.Current.CancellationToken);
        return answer.Value.Sequence;
    }
}
