using Skytale.Agent;
using Skytale.Agent.Channels;
using Skytale.Agent.Storage;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Sdk;
using CommitRequest = Skytale.Mls.Groups.CommitRequest;

namespace Skytale.Tests;

/// <summary>Added again, cancelled, disposed, out of disk: an agent ends up in a state that it can say and go on from.</summary>
[Trait("Category", "Slow")]
public sealed class ComingBackTests
{
    [Fact(Timeout = 60_000)]
    public async Task An_agent_that_is_removed_and_added_again_is_in_the_channel_and_keeps_what_it_had_not_read()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (bobHome, bob) = await world.NewAgentAsync("bob");
        await using (alice)
        {
            var atAlice = await alice.CreateChannelAsync($"{world.Org}/team/general");
            await atAlice.AddMemberAsync(bob.Id).Soon();
            var before = await bob.JoinAsync(atAlice.Name.ToString()).Soon();
            await atAlice.SendAsync("unread").Soon();
            await atAlice.RemoveMemberAsync(bob.Id).Soon();
            await before.Session.WaitAsync(() => before.Session.IsRemoved, TestContext.Current.CancellationToken);
            await atAlice.AddMemberAsync(bob.Id).Soon();
            var after = await bob.JoinAsync(atAlice.Name.ToString()).Soon();
            await atAlice.SendAsync("again in").Soon();
            (await after.TakeAsync(1)).ShouldBe(["again in"]);
            (await before.TakeAsync(2)).ShouldBe(["unread"]);
            await bob.DisposeAsync();

            await using var again = await world.ConnectAsync(bobHome);
            await atAlice.SendAsync("still in").Soon();
            (await again.FindChannel(atAlice.Name.ToString())!.TakeAsync(1)).ShouldBe(["still in"]);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task An_agent_that_was_removed_and_added_again_while_it_was_away_is_in_the_channel()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (bobHome, bob) = await world.NewAgentAsync("bob");
        await using (alice)
        {
            var atAlice = await alice.CreateChannelAsync($"{world.Org}/team/general");
            await atAlice.AddMemberAsync(bob.Id).Soon();
            await bob.JoinAsync(atAlice.Name.ToString()).Soon();
            await bob.DisposeAsync();
            await atAlice.RemoveMemberAsync(bobHome.Id).Soon();
            await atAlice.AddMemberAsync(bobHome.Id).Soon();
            await atAlice.SendAsync("welcome back").Soon();

            await using var again = await world.ConnectAsync(bobHome);
            using var patience = new CancellationTokenSource(Reading.Patience);
            while (again.FindChannel(atAlice.Name.ToString()) is not { Epoch: 3 })
                await Task.Delay(10, patience.Token);
            (await again.FindChannel(atAlice.Name.ToString())!.TakeAsync(1)).ShouldBe(["welcome back"]);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task An_agent_that_was_removed_while_it_was_away_reads_what_it_was_sent_before()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (bobHome, bob) = await world.NewAgentAsync("bob");
        await using (alice)
        {
            var atAlice = await alice.CreateChannelAsync($"{world.Org}/team/general");
            var name = atAlice.Name.ToString();
            await atAlice.AddMemberAsync(bob.Id).Soon();
            await bob.JoinAsync(name).Soon();
            await bob.DisposeAsync();
            await atAlice.SendAsync("unread").Soon();
            await atAlice.RemoveMemberAsync(bobHome.Id).Soon();

            await using var again = await world.ConnectAsync(bobHome);
            var session = again.FindChannel(name).ShouldNotBeNull().Session;
            await session.WaitAsync(() => session.IsRemoved, TestContext.Current.CancellationToken);
            (await again.FindChannel(name).ShouldNotBeNull().TakeAsync(2)).ShouldBe(["unread"]);
            again.FindChannel(name).ShouldBeNull();
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_send_waits_behind_a_full_inbox_while_somebody_reads_it()
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
            for (var sent = 0; sent <= Inbox.Window; sent++)
                await atAlice.SendAsync($"{sent}").Soon();
            await atAlice.UpdateKeysAsync().Soon();
            await atBob.Session.WaitAsync(() => atBob.Session.Inbox.IsBlocked, TestContext.Current.CancellationToken);

            (await Should.ThrowAsync<SkytaleException>(() => atBob.SendAsync("nobody reads"))).Error.ShouldBe(SkytaleError.UnreadMessages);
            var sending = atBob.SendAsync("somebody reads");
            (await atBob.TakeAsync(Inbox.Window + 1)).Count.ShouldBe(Inbox.Window + 1);
            await sending.Soon();
            (await atAlice.TakeAsync(1)).ShouldBe(["somebody reads"]);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_commit_whose_caller_gave_up_neither_breaks_the_channel_nor_blocks_the_next()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (_, bob) = await world.NewAgentAsync("bob");
        var (_, carol) = await world.NewAgentAsync("carol");
        await using (alice)
        await using (bob)
        await using (carol)
        {
            var atAlice = await alice.CreateChannelAsync($"{world.Org}/team/general");
            var committing = new Committing(atAlice.Session);
            var add = await committing.AddProposalForAsync(bob.Id, default);
            await committing.PrepareAsync(() => new CommitRequest { Proposals = [add] }, default);

            await atAlice.AddMemberAsync(carol.Id).Soon();
            atAlice.Members.ShouldBe([alice.Id, bob.Id, carol.Id], ignoreOrder: true);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_asks_again_for_what_its_commit_did_while_nobody_waited_is_told_that_it_is_done()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (_, bob) = await world.NewAgentAsync("bob");
        await using (alice)
        await using (bob)
        {
            var atAlice = await alice.CreateChannelAsync($"{world.Org}/team/general");
            var committing = new Committing(atAlice.Session);
            var add = await committing.AddProposalForAsync(bob.Id, default);
            await committing.PrepareAsync(() => new CommitRequest { Proposals = [add] }, default);
            await atAlice.AddMemberAsync(bob.Id).Soon();
            (await Should.ThrowAsync<SkytaleException>(() => atAlice.AddMemberAsync(bob.Id))).Error.ShouldBe(SkytaleError.AlreadyExists);

            var leaf = atAlice.Session.Head.Group.Public.Members.Single(member => Groups.AgentLeaf.Identify(member.Leaf) == bob.Id).Index;
            await committing.PrepareAsync(() => new CommitRequest { Proposals = [new Mls.Proposals.RemoveProposal(leaf)] }, default);
            await committing.ResumeAsync(default).Soon();
            await atAlice.RemoveMemberAsync(bob.Id).Soon();
            (await Should.ThrowAsync<SkytaleException>(() => atAlice.RemoveMemberAsync(bob.Id))).Error.ShouldBe(SkytaleError.InvalidArgument);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_creation_that_was_given_up_after_the_relay_carried_it_out_is_finished_by_asking_again()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        await using (alice)
        {
            var existing = await alice.CreateChannelAsync($"{world.Org}/team/first");
            ChannelName.TryParse($"{world.Org}/team/general", out var name).ShouldBeTrue();
            var intent = new Creating(existing.Session.Context).Prepare(name);
            var carriedOut = await existing.Session.Context.RequestAsync<Protocol.Frames.ChannelCreated>(
                request => new Protocol.Frames.CreateChannel(request, name, intent.GroupInfo.Memory, intent.Welcome.Memory), TestContext.Current.CancellationToken);
            carriedOut.IsSuccess.ShouldBeTrue();

            var channel = await alice.CreateChannelAsync(name.ToString()).Soon();
            channel.Id.ShouldBe(intent.Channel);
            await channel.SendAsync("it works").Soon();
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_waits_for_messages_of_a_disposed_agent_is_told()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var channel = await alice.CreateChannelAsync($"{world.Org}/team/general");
        var reading = channel.TakeAsync(1);
        await alice.DisposeAsync();
        (await Should.ThrowAsync<SkytaleException>(() => reading)).Error.ShouldBe(SkytaleError.ConnectionLost);
        (await Should.ThrowAsync<SkytaleException>(() => channel.SendAsync("too late"))).Error.ShouldBe(SkytaleError.ConnectionLost);
    }

    [Fact(Timeout = 60_000)]
    public async Task Generations_whose_reservation_was_not_stored_are_not_used()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        await using (alice)
        {
            var channel = await alice.CreateChannelAsync($"{world.Org}/team/general");
            var context = channel.Session.Context;
            using var full = new FullDisk(context.Store);
            using var session = ChannelSession.Restore(context with { Store = full }, context.Store.ReadChannels().Single());
            session.IsCaughtUp = true;
            var sending = new Sending(session);
            (await Should.ThrowAsync<SkytaleException>(() => sending.SendAsync("one"u8.ToArray(), new SendOptions(), default))).Error.ShouldBe(SkytaleError.StoreCorrupt);
            (await Should.ThrowAsync<SkytaleException>(() => sending.SendAsync("two"u8.ToArray(), new SendOptions(), default))).Error.ShouldBe(SkytaleError.StoreCorrupt);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Nobody_removes_itself_by_its_own_commit()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        await using (alice)
        {
            var channel = await alice.CreateChannelAsync($"{world.Org}/team/general");
            (await Should.ThrowAsync<SkytaleException>(() => channel.RemoveMemberAsync(alice.Id))).Error.ShouldBe(SkytaleError.InvalidArgument);
            await channel.SendAsync("still here").Soon();
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_relay_that_lost_its_key_packages_gets_new_ones_from_agents_that_come_back()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (_, bob) = await world.NewAgentAsync("bob");
        await using (alice)
        await using (bob)
        {
            await world.RestartServerAsync();
            var channel = await alice.CreateChannelAsync($"{world.Org}/team/general").Soon();
            using var patience = new CancellationTokenSource(Reading.Patience);
            while (true)
            {
                try
                {
                    await channel.AddMemberAsync(bob.Id, patience.Token);
                    break;
                }
                catch (SkytaleException e) when (e.Refusal == ErrorCode.NoKeyPackage && !patience.IsCancellationRequested)
                {
                    await Task.Delay(20, patience.Token);
                }
            }
            await bob.JoinAsync(channel.Name.ToString()).Soon();
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task An_old_Welcome_does_not_lead_back_into_an_epoch_that_was_left()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (bobHome, bob) = await world.NewAgentAsync("bob");
        await using (alice)
        {
            var atAlice = await alice.CreateChannelAsync($"{world.Org}/team/general");
            for (var single = 0; single < Agent.Keys.KeyPackageSupply.Target - 1; single++)
                (await ClaimAsync(atAlice, bob.Id)).IsLastResort.ShouldBeFalse();
            (await ClaimAsync(atAlice, bob.Id)).IsLastResort.ShouldBeTrue();

            var committing = new Committing(atAlice.Session);
            var add = await committing.AddProposalForAsync(bob.Id, default);
            var welcome = Tls.Encode(new MlsMessage((await committing.PrepareAsync(() => new CommitRequest { Proposals = [add] }, default)).Welcome!));
            await committing.ResumeAsync(default).Soon();
            var atBob = await bob.JoinAsync(atAlice.Name.ToString()).Soon();
            await atAlice.RemoveMemberAsync(bob.Id).Soon();
            await foreach (var message in atBob.Messages)
                message.Dispose();
            await bob.DisposeAsync();

            await using var again = await world.ConnectAsync(bobHome);
            var context = (await again.CreateChannelAsync($"{world.Org}/team/other")).Session.Context;
            var replayed = new Protocol.Frames.DeliverWelcome(atAlice.Id, atAlice.Name, new Sequence(1), welcome.Memory);
            (await Should.ThrowAsync<Mls.MlsException>(() => new Joining(context).EnterAsync(replayed, null, default))).Error.ShouldBe(Mls.MlsError.WrongEpoch);
        }
    }

    private static async Task<Mls.KeyPackages.KeyPackage> ClaimAsync(SkytaleChannel channel, AgentId agent)
    {
        var answer = await channel.Session.Context.RequestAsync<Protocol.Frames.MemberKeyPackage>(
            request => new Protocol.Frames.AddMember(request, channel.Id, agent), TestContext.Current.CancellationToken);
        return Tls.Decode<MlsMessage>(new Opaque(answer.Value.KeyPackage)).KeyPackage!;
    }

    /// <summary>Reads what is there and writes nothing once.</summary>
    private sealed class FullDisk(IAgentStore store) : IAgentStore
    {
        private bool _failed;

        public Secret? ReadIdentitySeed() => store.ReadIdentitySeed();

        public IReadOnlyList<StoredKeyPackage> ReadKeyPackages() => store.ReadKeyPackages();

        public IReadOnlyList<ChannelIntent> ReadIntents() => store.ReadIntents();

        public IReadOnlyList<StoredJoin> ReadJoins() => store.ReadJoins();

        public IReadOnlyList<Secret> ReadInvitations(ChannelId channel) => store.ReadInvitations(channel);

        public IReadOnlyList<StoredChannel> ReadChannels() => store.ReadChannels();

        public Secret? ReadSending(ChannelId channel, Epoch epoch) => store.ReadSending(channel, epoch);

        public Secret? ReadPending(ChannelId channel, Epoch epoch) => store.ReadPending(channel, epoch);

        public StoredOwnKeys? ReadOwnKeys(ChannelId channel) => store.ReadOwnKeys(channel);

        public Epoch? ReadLeft(ChannelId channel) => store.ReadLeft(channel);

        public void WriteProgress(ChannelId channel, Sequence acknowledged, Sequence shown) => store.WriteProgress(channel, acknowledged, shown);

        public void Write(Action<IAgentStoreTransaction> changes)
        {
            if (_failed)
            {
                store.Write(changes);
                return;
            }
            _failed = true;
            throw new SkytaleException(SkytaleError.StoreCorrupt, "The disk is full.", "");
        }

        public void Dispose()
        {
        }
    }
}
