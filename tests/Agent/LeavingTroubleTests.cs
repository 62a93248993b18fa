using Skytale.Agent.Storage;
using Skytale.Groups;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Proposals;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Sdk;
using Skytale.Tests.Kit;

namespace Skytale.Tests;

/// <summary>Leaving where something else is not as it should be: members of an earlier version, a state that has to be given anew, wishes that are none.</summary>
[Trait("Category", "Slow")]
public sealed class LeavingTroubleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Where_a_member_joined_with_an_earlier_version_it_renews_its_keys_first()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 2);
        await using var carol = await Guest.ComeAsync(world, "carol");
        var context = (await carol.Agent.CreateChannelAsync($"{world.Org}/team/other", Token)).Session.Context;
        var options = AgentKeyPackages.OptionsFor(DateTimeOffset.UtcNow);
        options = options with { Capabilities = options.Capabilities with { Proposals = [] } };
        using var bundle = KeyPackageBundle.Create(ChannelSuite.Default, context.Identity.Keys, context.Identity.Credential, options, context.Random);
        using (var stored = new StoredKeyPackage(bundle.KeyPackage.Reference(ChannelSuite.Default), bundle.Serialize(), DateTimeOffset.UtcNow.AddDays(1), LastResort: false))
            context.Store.Write(transaction => transaction.PutKeyPackage(stored));
        await new Agent.Channels.Committing(party[0].Channel.Session).AdmitAsync(carol.Home.Id, () => new CommitRequest { Proposals = [new AddProposal(bundle.KeyPackage)] }, Token).Soon();
        carol.Enter(await carol.Agent.JoinAsync(party[0].Channel.Name.ToString(), Token).Soon());
        await party[1].AmongAsync(3);

        var refused = await Should.ThrowAsync<SkytaleException>(() => party[1].Channel.LeaveAsync(Token));
        (refused.Refusal, refused.Message.Contains(carol.Home.Id.ToString(), StringComparison.Ordinal)).ShouldBe((ErrorCode.InvalidProposal, true));
        await carol.Channel.UpdateKeysAsync(Token).Soon();
        await party[1].Channel.Session.WaitAsync(() => party[1].Channel.Epoch == carol.Channel.Epoch, Token).Soon();
        await party[1].Channel.LeaveAsync(Token).Soon();

        (await carol.SeenAsync<MemberLeft>()).Member.ShouldBe(party[1].Home.Id);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_member_that_has_to_be_added_again_leaves_behind_that()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 3);
        await party[0].LeaveAsync();
        await party[2].LeaveAsync();
        var commit = new TaskCompletionSource<DeliverCommit>(TaskCreationOptions.RunContinuationsAsynchronously);
        var (isDeaf, leaves) = (true, 0);
        await party[2].ComeAsync(frame =>
        {
            if (Volatile.Read(ref isDeaf) && frame is DeliverCommit followable)
                commit.TrySetResult(followable);
            return (Volatile.Read(ref isDeaf) && frame is DeliverCommit) || (frame is DeliverLeave && Interlocked.Increment(ref leaves) == 1) ? null : frame;
        });
        await party[1].Channel.UpdateKeysAsync(Token).Soon();
        var rejected = await commit.Task.Soon();
        Volatile.Write(ref isDeaf, false);
        var held = await party[2].HoldCommitsAsync();
        (await Insider.RejectAsync(party[2].Channel, rejected)).IsSuccess.ShouldBeTrue();
        await party[1].Channel.Session.WaitAsync(() => party[1].Channel.Standing == ChannelStanding.Waiting, Token).Soon();

        var leaving = party[1].Channel.LeaveAsync(Token);
        await party[1].Channel.Session.WaitAsync(() => party[1].Channel.Session.IsLeaving, Token);
        held.Dispose();

        // Added again, it has asked, and who did it has not heard that.
        await party.OrderedAsync(1, "leave");
        party[1].Channel.Session.Context.Store.ReadChannels().ShouldHaveSingleItem().IsLeaving.ShouldBeTrue();
        leaving.IsCompleted.ShouldBeFalse();
        await party[2].Channel.UpdateKeysAsync(Token).Soon();
        await leaving.Soon();
        (await party[2].SeenAsync<MemberLeft>()).Member.ShouldBe(party[1].Home.Id);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_wish_that_its_member_has_not_signed_holds_nobody_up()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 2);
        await party[1].LeaveAsync();
        var forged = party[0].Channel.Session.Head.Group.Propose(new SelfRemoveProposal(), FramingOptions.Default, party[0].Channel.Session.Context.Random).Message.PublicMessage!;
        forged = forged with { Content = forged.Content with { Sender = Mls.Framing.Sender.Member(party[1].Channel.Session.Head.Group.OwnLeaf) } };
        await party[1].ComeAsync(frame => frame is DeliverMessage message
            ? [new DeliverLeave(message.ChannelId, message.Sequence, Mls.Codec.Tls.Encode(new Mls.Messages.MlsMessage(forged)).Memory)]
            : [frame]);

        await party[0].Channel.SendAsync("shown as a wish", cancellationToken: Token).Soon();

        (await party[1].SeenAsync<RejectedMessage>()).Reason.ShouldContain("InvalidSignature");
        await party[1].Channel.SendAsync("goes on", cancellationToken: Token).Soon();
        (await party[0].Channel.TakeAsync(1)).ShouldBe(["goes on"]);
        party[1].Channel.Standing.ShouldBe(ChannelStanding.Member);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true, ChannelStanding.Left)]
    [InlineData(false, ChannelStanding.Broken)]
    public async Task A_member_that_is_out_without_having_seen_it_has_left_where_it_wanted_to(bool wantsTo, ChannelStanding expected)
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 2);
        await party[0].LeaveAsync();
        var session = party[1].Channel.Session;
        if (wantsTo)
            await session.LockedAsync(session.WantToLeave, Token);

        await session.LockedAsync(() => session.LeaveUnseen(new SkytaleException(SkytaleError.NotAMember, "no member", "")), Token);

        party[1].Channel.Standing.ShouldBe(expected);
    }
}
