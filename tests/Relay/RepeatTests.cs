using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Relay.Tests.Kit;

namespace Skytale.Relay.Tests;

/// <summary>An agent that got no answer asks again: each request has one effect.</summary>
public sealed class RepeatTests
{
    private const int Timeout = 60_000;

    [Fact(Timeout = Timeout)]
    public async Task A_repeated_creation_finds_the_same_channel_and_welcome()
    {
        await using var relay = await TestRelay.StartAsync();
        var agent = await relay.ConnectAgentAsync();
        var (creation, _) = agent.NewCreation("org/team/room");
        var first = await agent.Connection.AskAsync<ChannelCreated>(TestAgent.RequestOf("org/team/room", creation));
        await agent.Connection.DisposeAsync();
        await agent.ConnectAsync();
        var second = await agent.Connection.AskAsync<ChannelCreated>(TestAgent.RequestOf("org/team/room", creation));
        second.ChannelId.ShouldBe(first.ChannelId);
        second.Welcome.ToArray().ShouldBe(first.Welcome.ToArray());
        second.Welcome.ToArray().ShouldBe(TestAgent.Encode(new MlsMessage(creation.Welcome)).ToArray());
    }

    [Fact(Timeout = Timeout)]
    public async Task A_channel_id_is_created_from_once()
    {
        await using var relay = await TestRelay.StartAsync();
        var agent = await relay.ConnectAgentAsync();
        var (creation, _) = agent.NewCreation("org/team/room");
        var id = (await agent.Connection.AskAsync<ChannelCreated>(TestAgent.RequestOf("org/team/room", creation))).ChannelId.Bytes.ToArray();
        await agent.Connection.RefusedAsync(ErrorCode.RequestIdReused, TestAgent.RequestOf("org/team/room", agent.NewCreation("org/team/room", id).Creation));
        await agent.Connection.RefusedAsync(ErrorCode.RequestIdReused, TestAgent.RequestOf("org/team/other", agent.NewCreation("org/team/other", id).Creation));
        var other = await relay.ConnectAgentAsync();
        await other.Connection.RefusedAsync(ErrorCode.ChannelIdTaken, TestAgent.RequestOf("org/team/other", other.NewCreation("org/team/other", id).Creation));
        // Nothing of the refused ones stayed: the name is free.
        await other.CreateChannelAsync("org/team/other");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_repeated_message_id_keeps_its_first_place_also_in_the_next_epoch()
    {
        await using var relay = await TestRelay.StartAsync();
        var members = await relay.ChannelOfAsync(2);
        var id = TestAgent.NewMessageId();
        var sender = members[1];
        var ciphertext = sender.Encrypt("once");
        var first = await sender.Connection.AskAsync<Accepted>(request => new SendMessage(request, sender.ChannelId, id, ciphertext));
        (await sender.Connection.AskAsync<Accepted>(request => new SendMessage(request, sender.ChannelId, id, ciphertext))).Sequence.ShouldBe(first.Sequence);
        await members[0].CommitAsync();
        (await sender.Connection.AskAsync<Accepted>(request => new SendMessage(request, sender.ChannelId, id, ciphertext))).Sequence.ShouldBe(first.Sequence);
        // The id is the sender's own: the same one of another is another message.
        var others = members[0].Encrypt("another");
        (await members[0].Connection.AskAsync<Accepted>(request => new SendMessage(request, members[0].ChannelId, id, others))).Sequence.Value.ShouldBe(first.Sequence.Value + 2);
        (await relay.ChannelOfAsync(sender)).Last.Value.ShouldBe(first.Sequence.Value + 2);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_repeated_commit_keeps_its_place_and_adds_nobody_twice()
    {
        await using var relay = await TestRelay.StartAsync();
        var members = await relay.ChannelOfAsync(1);
        var joiner = await relay.ConnectAgentAsync();
        await joiner.UploadAsync();
        using var pending = members[0].Commit(new AddProposal(await members[0].ClaimAsync(joiner)));
        var request = members[0].RequestOf(pending);
        var first = await members[0].Connection.AskAsync<Accepted>(request);
        members[0].Group = members[0].Group.Merge(pending);
        await joiner.JoinAsync();
        await members[0].CommitAsync();

        (await members[0].Connection.AskAsync<Accepted>(request)).Sequence.ShouldBe(first.Sequence);
        (await relay.ChannelOfAsync(members[0])).Last.ShouldBe(first.Sequence.Next);
        await joiner.CatchUpAsync();
        joiner.Connection.UnreadWelcomes.ShouldBe(0);
        // The same bytes over another member's connection are no repeat.
        await joiner.Connection.RefusedAsync(ErrorCode.StaleEpoch, request);
        await joiner.SendAsync("works");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_repeated_key_package_is_stored_once_and_handed_out_once()
    {
        await using var relay = await TestRelay.StartAsync();
        var members = await relay.ChannelOfAsync(1);
        var joiner = await relay.ConnectAgentAsync();
        var upload = TestAgent.UploadOf(joiner.NewBundle());
        (await joiner.Connection.AskAsync<KeyPackageStored>(upload)).Available.ShouldBe(1);
        (await joiner.Connection.AskAsync<KeyPackageStored>(upload)).Available.ShouldBe(1);
        await members[0].ClaimAsync(joiner);
        await members[0].Connection.RefusedAsync(ErrorCode.NoKeyPackage, request => new AddMember(request, members[0].ChannelId, joiner.Id));
        (await joiner.Connection.AskAsync<KeyPackageStored>(upload)).Available.ShouldBe(0, "it was handed out already");
        await members[0].Connection.RefusedAsync(ErrorCode.NoKeyPackage, request => new AddMember(request, members[0].ChannelId, joiner.Id));
    }

    [Fact(Timeout = Timeout)]
    public async Task Every_key_package_is_handed_out_once_but_the_last_resort()
    {
        await using var relay = await TestRelay.StartAsync();
        var members = await relay.ChannelOfAsync(1);
        var joiner = await relay.ConnectAgentAsync();
        await joiner.UploadAsync();
        await joiner.UploadAsync(TestAgent.LastResort);
        (await joiner.UploadAsync()).Available.ShouldBe(3);
        var claimed = new[] { await members[0].ClaimAsync(joiner), await members[0].ClaimAsync(joiner), await members[0].ClaimAsync(joiner), await members[0].ClaimAsync(joiner) };
        claimed.Select(keyPackage => keyPackage.IsLastResort).ShouldBe([false, false, true, true]);
        claimed[0].InitKey.ShouldNotBe(claimed[1].InitKey);
        claimed[3].InitKey.ShouldBe(claimed[2].InitKey);
    }
}
