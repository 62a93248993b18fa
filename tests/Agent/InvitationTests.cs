using Skytale.Groups.Roles;
using Skytale.Protocol;
using Skytale.Sdk;
using Skytale.Tests.Kit;

namespace Skytale.Tests;

/// <summary>Invitations between honest agents over an honest relay.</summary>
[Trait("Category", "Slow")]
public sealed class InvitationTests
{
    [Fact(Timeout = 60_000)]
    public async Task With_the_text_alone_an_agent_is_admitted_by_another_member_while_the_inviter_is_away()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 2);
        string text;
        using (var invitation = await party[0].Channel.InviteAsync().Soon())
            text = invitation.Reveal();
        await party[0].LeaveAsync();
        await using var carol = await Guest.ComeAsync(world, "carol");
        var steps = new Steps();

        using var read = Invitation.Parse(text);
        var channel = await carol.Agent.JoinAsync(read, steps).Soon();

        steps.Seen[0].ShouldBe(JoinStep.Connecting);
        steps.Seen.ShouldContain(JoinStep.WaitingForMember);
        await steps.SeenAsync(JoinStep.Joined);
        channel.Id.ShouldBe(party[1].Channel.Id);
        await channel.SendAsync("I am in").Soon();
        (await party[1].Channel.TakeAsync(1)).ShouldBe(["I am in"]);
        party[1].Channel.Invitations.ShouldBeEmpty();
        channel.SafetyNumber.ShouldBe(party[1].Channel.SafetyNumber);
        await party[0].ComeAsync();
        (await party[0].Channel.TakeAsync(1)).ShouldBe(["I am in"]);
        party[0].Channel.Members.ShouldContain(carol.Agent.Id);
        party[0].Channel.Invitations.ShouldBeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_request_waits_until_a_member_comes_and_survives_the_joiners_and_the_relays_restart()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 2);
        using var invitation = await party[0].Channel.InviteAsync().Soon();
        await party[0].LeaveAsync();
        await party[1].LeaveAsync();
        await using var carol = await Guest.ComeAsync(world, "carol");
        var steps = new Steps();
        var joining = carol.Agent.JoinAsync(invitation, steps);
        await steps.SeenAsync(JoinStep.WaitingForMember);

        await carol.LeaveAsync();
        (await Should.ThrowAsync<SkytaleException>(joining)).Error.ShouldBe(SkytaleError.ConnectionLost);
        await world.RestartServerAsync();
        await carol.ComeAsync();
        var again = new Steps();
        joining = carol.Agent.JoinAsync(invitation, again);
        await again.SeenAsync(JoinStep.InvitationUnknown);
        await party[1].ComeAsync();

        var channel = await joining.Soon();
        channel.Members.Count.ShouldBe(3);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_join_that_a_restart_interrupted_goes_on_by_itself()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 1);
        using var invitation = await party[0].Channel.InviteAsync().Soon();
        await party[0].LeaveAsync();
        await using var carol = await Guest.ComeAsync(world, "carol");
        using var giveUp = new CancellationTokenSource();
        var steps = new Steps();
        var joining = carol.Agent.JoinAsync(invitation, steps, giveUp.Token);
        await steps.SeenAsync(JoinStep.WaitingForMember);
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(joining);
        await carol.LeaveAsync();

        await party[0].ComeAsync();
        await carol.ComeAsync();
        var channel = await carol.Agent.JoinAsync(party[0].Channel.Name.ToString()).Soon();

        channel.Members.Count.ShouldBe(2);
        (await Should.ThrowAsync<SkytaleException>(carol.Agent.JoinAsync(invitation))).Error.ShouldBe(SkytaleError.AlreadyExists);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_revoked_invitation_admits_nobody_and_who_waits_by_it_is_told()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 2);
        using var invitation = await party[0].Channel.InviteAsync(new InvitationOptions { MaxUses = 5 }).Soon();
        party[0].Channel.Invitations.ShouldHaveSingleItem().Id.ShouldBe(invitation.Id);

        await party[1].Channel.RevokeInvitationAsync(invitation.Id).Soon();
        await using var carol = await Guest.ComeAsync(world, "carol");
        (await Should.ThrowAsync<SkytaleException>(carol.Agent.JoinAsync(invitation).Soon())).Refusal.ShouldBe(ErrorCode.InvitationOver);

        await party.HearAsync(1, "nobody came", 0);
        party[0].Channel.Invitations.ShouldBeEmpty();
        party[0].Channel.Members.Count.ShouldBe(2);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_invitation_is_for_as_many_as_it_says_and_for_the_agent_that_it_names()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 1);
        await using var carol = await Guest.ComeAsync(world, "carol");
        await using var dave = await Guest.ComeAsync(world, "dave");
        await using var eve = await Guest.ComeAsync(world, "eve");
        using var two = await party[0].Channel.InviteAsync(new InvitationOptions { MaxUses = 2 }).Soon();
        using var named = await party[0].Channel.InviteAsync(new InvitationOptions { MaxUses = 2, For = eve.Agent.Id }).Soon();

        await Task.WhenAll(carol.Agent.JoinAsync(two), dave.Agent.JoinAsync(two)).Soon();
        (await Should.ThrowAsync<SkytaleException>(eve.Agent.JoinAsync(two).Soon())).Refusal.ShouldBe(ErrorCode.InvitationOver);
        party[0].Channel.Invitations.ShouldHaveSingleItem().For.ShouldBe(eve.Agent.Id);
        (await eve.Agent.JoinAsync(named).Soon()).Members.Count.ShouldBe(4);

        await using var mallory = await Guest.ComeAsync(world, "mallory");
        (await Should.ThrowAsync<SkytaleException>(mallory.Agent.JoinAsync(named).Soon())).Error.ShouldBe(SkytaleError.InvalidArgument);
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_joined_by_an_invitation_admits_others_by_it_when_nobody_else_is_there()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 1);
        await using var carol = await Guest.ComeAsync(world, "carol");
        await using var dave = await Guest.ComeAsync(world, "dave");
        using var invitation = await party[0].Channel.InviteAsync(new InvitationOptions { MaxUses = 2 }).Soon();
        var atCarol = await carol.Agent.JoinAsync(invitation).Soon();
        await atCarol.Session.WaitAsync(() => atCarol.Session.Invitations.Live.Count == 1, TestContext.Current.CancellationToken).Soon();
        atCarol.Invitations.ShouldHaveSingleItem().UsedBy.ShouldBe([carol.Agent.Id]);
        await party[0].LeaveAsync();

        (await dave.Agent.JoinAsync(invitation).Soon()).Members.Count.ShouldBe(3);

        // Dave may be in by Carol's commit before she has followed it herself.
        await atCarol.Session.WaitAsync(() => atCarol.Session.Invitations.Live.Count == 0, TestContext.Current.CancellationToken).Soon();
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_joins_when_the_inviter_has_gone_is_told_so_and_a_removed_inviters_invitations_are_not_honoured()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 2);
        using var invitation = await party[1].Channel.InviteAsync().Soon();
        await party[0].Channel.RemoveMemberAsync(party[1].Agent.Id).Soon();
        await using var carol = await Guest.ComeAsync(world, "carol");

        var joining = carol.Agent.JoinAsync(invitation);

        (await party[0].SeenAsync<JoinRequestRefused>()).Reason.ShouldContain("inviter");
        joining.IsCompleted.ShouldBeFalse();
        (await carol.Agent.CancelJoinAsync(invitation.Channel).Soon()).ShouldBeTrue();
        (await Should.ThrowAsync<SkytaleException>(joining)).Message.ShouldContain("cancelled");
        party[0].Channel.Members.ShouldHaveSingleItem();
    }

    [Fact(Timeout = 60_000)]
    public async Task Only_members_that_may_add_invite_and_admit()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 2);
        using var before = await party[1].Channel.InviteAsync().Soon();
        await party[0].Channel.SetPermissionsAsync(new ChannelPermissions(ChannelRole.Admin, ChannelRole.Admin)).Soon();
        await party.TogetherAsync();
        await Should.ThrowAsync<SkytaleException>(party[1].Channel.InviteAsync().Soon());
        using var invitation = await party[0].Channel.InviteAsync().Soon();
        await party[0].LeaveAsync();
        await using var carol = await Guest.ComeAsync(world, "carol");
        var steps = new Steps();

        var joining = carol.Agent.JoinAsync(invitation, steps);
        await steps.SeenAsync(JoinStep.WaitingForMember);
        await party[1].Channel.SendAsync("I may not").Soon();
        joining.IsCompleted.ShouldBeFalse();
        party[1].Channel.Members.Count.ShouldBe(2);
        await party[0].ComeAsync();

        (await joining.Soon()).Members.Count.ShouldBe(3);
        party[1].Events.OfType<JoinRequestRefused>().ShouldBeEmpty();
        await using var dave = await Guest.ComeAsync(world, "dave");
        var inVain = dave.Agent.JoinAsync(before);
        (await party[0].SeenAsync<JoinRequestRefused>()).Reason.ShouldContain("inviter may not add");
        inVain.IsCompleted.ShouldBeFalse();
    }

    [Fact(Timeout = 60_000)]
    public async Task Sixty_four_invitations_may_be_open_in_a_channel_and_one_more_when_one_is_revoked()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 1);
        var invitations = new List<Invitation>();
        for (var i = 0; i < 64; i++)
            invitations.Add(await party[0].Channel.InviteAsync().Soon());

        (await Should.ThrowAsync<SkytaleException>(party[0].Channel.InviteAsync())).Refusal.ShouldBe(ErrorCode.LimitReached);
        await party[0].Channel.RevokeInvitationAsync(invitations[0].Id).Soon();
        (await party[0].Channel.InviteAsync().Soon()).Dispose();
        party[0].Channel.Invitations.Count.ShouldBe(64);
        (await Should.ThrowAsync<SkytaleException>(party[0].Channel.InviteAsync(new InvitationOptions { MaxUses = 0 }))).Error.ShouldBe(SkytaleError.InvalidArgument);
        (await Should.ThrowAsync<SkytaleException>(party[0].Channel.InviteAsync(new InvitationOptions { ExpiresIn = TimeSpan.FromDays(31) }))).Error.ShouldBe(SkytaleError.InvalidArgument);
    }
}
