using Skytale.Groups.Roles;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Sdk;
using Skytale.Tests.Kit;

namespace Skytale.Tests;

/// <summary>Members that leave by themselves: asked for in the channel's order, carried out by another's commit.</summary>
[Trait("Category", "Slow")]
public sealed class LeavingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_member_reads_to_the_commit_that_takes_it_out_and_the_others_go_on()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 3);
        var (alice, bob, carol) = (party[0], party[1], party[2]);
        var name = bob.Channel.Name.ToString();
        await alice.Channel.SendAsync("the last that bob reads").Soon();

        await bob.Channel.LeaveAsync(Token).Soon();

        bob.Channel.Standing.ShouldBe(ChannelStanding.Left);
        var refused = await Should.ThrowAsync<SkytaleException>(() => bob.Channel.SendAsync("am I in?"));
        (refused.Error, refused.Message).ShouldBe((SkytaleError.NotAMember, $"This agent has left {name}. Ask a member to add it again."));
        (await bob.Channel.TakeAsync(2)).ShouldBe(["the last that bob reads"]);
        bob.Agent.FindChannel(name).ShouldBeNull();
        foreach (var guest in new[] { alice, bob, carol })
            (await guest.SeenAsync<MemberLeft>()).Member.ShouldBe(bob.Home.Id);
        alice.Events.Concat(carol.Events).OfType<MemberRemoved>().ShouldBeEmpty();
        alice.Channel.Members.ShouldBe([alice.Home.Id, carol.Home.Id]);
        await carol.Channel.TakeAsync(1);
        await party.HearAsync(0, "without bob", 2);
        alice.Troubles.Concat(carol.Troubles).ShouldBeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_has_left_can_be_added_again()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 2);
        await party[1].Channel.LeaveAsync(Token).Soon();
        await party[0].SeenAsync<MemberLeft>();

        await party[0].Channel.AddMemberAsync(party[1].Home.Id, Token).Soon();
        party[1].Enter(await party[1].Agent.JoinAsync(party[0].Channel.Name.ToString()).Soon());

        party[1].Channel.Standing.ShouldBe(ChannelStanding.Member);
        await party.HearAsync(1, "back", 0);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_wish_outlives_a_restart_and_is_carried_out_by_whoever_comes()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 3);
        await party[0].LeaveAsync();
        await party[2].LeaveAsync();
        using var givenUp = new CancellationTokenSource();
        var leaving = party[1].Channel.LeaveAsync(givenUp.Token);
        await party.OrderedAsync(1, "leave");
        leaving.IsCompleted.ShouldBeFalse();
        await givenUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => leaving);

        await party[1].LeaveAsync();
        await party[1].ComeAsync();
        party[1].Channel.Standing.ShouldBe(ChannelStanding.Leaving);
        (await Should.ThrowAsync<SkytaleException>(() => party[1].Channel.SendAsync("still here"))).Error.ShouldBe(SkytaleError.NotAMember);
        (await Should.ThrowAsync<SkytaleException>(() => party[1].Channel.UpdateKeysAsync())).Error.ShouldBe(SkytaleError.NotAMember);
        await party[1].LeaveAsync();
        await party[2].ComeAsync();
        await party[2].AmongAsync(2);

        await party[1].ComeAsync();
        await party[1].OutAsync();
        await party[1].Channel.LeaveAsync(Token).Soon();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_wish_that_was_stored_before_the_relay_had_it_is_sent_by_the_next_run()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 2);
        await party[1].Channel.Session.LockedAsync(() => party[1].Channel.Session.Write(transaction => transaction.PutLeaving(party[1].Channel.Id, true)), Token);
        await party[1].LeaveAsync();

        await party[1].ComeAsync();

        (await party[0].SeenAsync<MemberLeft>()).Member.ShouldBe(party[1].Home.Id);
        await party[1].OutAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Nothing_is_sent_between_a_wish_and_the_commit_that_carries_it_out()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 3);
        await party[0].LeaveAsync();
        using var held = await party[2].HoldCommitsAsync();
        var leaving = party[1].Channel.LeaveAsync(Token);
        await party[2].HeldAsync();

        var sending = party[2].Channel.SendAsync("behind the commit");
        sending.IsCompleted.ShouldBeFalse();
        held.Dispose();
        await sending.Soon();
        await leaving.Soon();

        (await party.KindsAsync(2)).SkipWhile(kind => kind != "leave").Where(kind => kind is "leave" or "commit" or "message").ShouldBe(["leave", "commit", "message"]);
        await party[0].ComeAsync();
        (await party[0].Channel.TakeAsync(1)).ShouldBe(["behind the commit"]);
    }

    [Fact(Timeout = 60_000)]
    public async Task Two_that_leave_at_once_are_both_out()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 4);

        await Task.WhenAll(party[1].Channel.LeaveAsync(Token), party[3].Channel.LeaveAsync(Token)).Soon();

        await party[0].AmongAsync(2);
        await party[2].AmongAsync(2);
        party[0].Events.OfType<MemberLeft>().Select(left => left.Member).ShouldBe([party[1].Home.Id, party[3].Home.Id], ignoreOrder: true);
        await party.HearAsync(0, "two", 2);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_wish_that_a_commit_did_not_carry_out_is_made_anew_in_the_next_epoch()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 3);
        await party[2].LeaveAsync();
        await party[0].LeaveAsync();
        var swallowed = 0;
        await party[0].ComeAsync(frame => frame is DeliverLeave && Interlocked.Increment(ref swallowed) == 1 ? null : frame);
        var leaving = party[1].Channel.LeaveAsync(Token);
        await party.OrderedAsync(1, "leave");

        await party[0].Channel.UpdateKeysAsync(Token).Soon();
        await leaving.Soon();

        (await party[0].SeenAsync<MemberLeft>()).Member.ShouldBe(party[1].Home.Id);
        (await party.KindsAsync(0)).Count(kind => kind == "leave").ShouldBe(2);
        party[0].Channel.Members.Count.ShouldBe(2);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_wish_stands_again_when_the_commit_that_carried_it_out_is_voided()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 4);
        using var first = await party[0].HoldCommitsAsync();
        using var second = await party[2].HoldCommitsAsync();
        using var third = await party[3].HoldCommitsAsync();
        var leaving = party[1].Channel.LeaveAsync(Token);
        foreach (var leaf in new[] { 0, 2, 3 })
            await party[leaf].HeldAsync();
        var leave = party[0].Channel.Session.Head.Group.Proposals.ShouldHaveSingleItem().Reference;

        var forged = Insider.WithWrongTag with { Proposals = [new Mls.Proposals.ProposalByReference(leave)] };
        (await Insider.CommitAsync(party[0].Channel, forged)).Answer.IsSuccess.ShouldBeTrue();
        await party[1].SeenAsync<EpochVoided>();
        await party[2].SeenAsync<EpochVoided>();
        await party[1].Channel.Session.WaitAsync(() => party[1].Channel.Standing == ChannelStanding.Leaving, Token).Soon();
        second.Dispose();

        (await party[2].SeenAsync<MemberLeft>()).Member.ShouldBe(party[1].Home.Id);
        await leaving.Soon();
        await party[1].Channel.Session.WaitAsync(() => party[1].Channel.Session.HasLeft, Token).Soon();
        (await party.KindsAsync(2)).Count(kind => kind == "leave").ShouldBe(1);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_member_that_was_away_between_a_wish_and_its_commit_follows_it()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 3);
        using var first = await party[0].HoldCommitsAsync();
        using (var second = await party[2].HoldCommitsAsync())
        {
            _ = party[1].Channel.LeaveAsync(CancellationToken.None);
            await party[0].HeldAsync();
            await party[2].HeldAsync();
            await party[2].StoredAsync();
            await party[2].LeaveAsync();
        }
        first.Dispose();
        await party[0].SeenAsync<MemberLeft>();

        await party[2].ComeAsync();

        await party[2].AmongAsync(2);
        await party.HearAsync(2, "I have followed", 0);
        party[2].Troubles.ShouldBeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task The_only_owner_leaves_once_another_is_owner()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 2);
        var refused = await Should.ThrowAsync<SkytaleException>(() => party[0].Channel.LeaveAsync(Token));
        (refused.Refusal, refused.Hint).ShouldBe((ErrorCode.OwnerNeeded, "Make another member owner first."));
        party[0].Channel.Standing.ShouldBe(ChannelStanding.Member);
        await party.HearAsync(0, "I stay", 1);

        await party[0].Channel.SetRoleAsync(party[1].Home.Id, ChannelRole.Owner, Token).Soon();
        await party[0].Channel.LeaveAsync(Token).Soon();

        (await party[1].SeenAsync<MemberLeft>()).Member.ShouldBe(party[0].Home.Id);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_last_member_leaves_at_once_and_nobody_is_in_the_channel_any_more()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 1);
        var name = party[0].Channel.Name.ToString();

        await party[0].Channel.LeaveAsync(Token).Soon();

        party[0].Channel.Standing.ShouldBe(ChannelStanding.Left);
        await party[0].Channel.Session.WaitAsync(() => party[0].Channel.Session.IsOver, Token).Soon();
        party[0].Agent.FindChannel(name).ShouldBeNull();
        (await party[0].Channel.Session.Context.RequestAsync<CurrentGroupInfo>(request => new GetGroupInfo(request, party[0].Channel.Id), Token)).Refusal.ShouldNotBeNull().Code.ShouldBe(ErrorCode.NotAMember);
        await party[0].LeaveAsync();
        await using var again = await world.ConnectAsync(party[0].Home);
        again.Channels.ShouldBeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task When_all_leave_the_channel_is_empty_in_the_end()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 2);
        await party[0].Channel.SetRoleAsync(party[1].Home.Id, ChannelRole.Owner, Token).Soon();
        await party[1].SeenAsync<PolicyChanged>();

        var first = party[1].Channel.LeaveAsync(Token);
        await party[0].SeenAsync<MemberLeft>();
        await party[0].Channel.LeaveAsync(Token).Soon();
        await first.Soon();

        foreach (var leaf in new[] { 0, 1 })
            party[leaf].Channel.Standing.ShouldBe(ChannelStanding.Left);
    }
}
