using Skytale.Groups.Roles;
using Skytale.Mls.Proposals;
using Skytale.Protocol;
using Skytale.Sdk;
using Skytale.Tests.Kit;

namespace Skytale.Tests;

/// <summary>Roles in a channel, as agents live with them.</summary>
public sealed class RoleTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_member_removes_nobody_until_an_owner_makes_it_an_admin()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 3);
        var (alice, bob, carol) = (party[0], party[1], party[2]);
        alice.Channel.RoleOf(alice.Agent.Id).ShouldBe(ChannelRole.Owner);
        var refused = await Should.ThrowAsync<SkytaleException>(() => bob.Channel.RemoveMemberAsync(carol.Agent.Id));
        refused.Refusal.ShouldBe(ErrorCode.RoleTooLow);
        (await Should.ThrowAsync<SkytaleException>(() => bob.Channel.SetRoleAsync(bob.Agent.Id, ChannelRole.Owner))).Refusal.ShouldBe(ErrorCode.RoleTooLow);

        await alice.Channel.SetRoleAsync(bob.Agent.Id, ChannelRole.Admin).Soon();
        (await bob.SeenAsync<PolicyChanged>()).By.ShouldBe(alice.Agent.Id);
        bob.Channel.RoleOf(bob.Agent.Id).ShouldBe(ChannelRole.Admin);
        await bob.Channel.RemoveMemberAsync(carol.Agent.Id).Soon();

        var removed = await alice.SeenAsync<MemberRemoved>();
        (removed.Member, removed.By).ShouldBe((carol.Agent.Id, bob.Agent.Id));
        (await bob.SeenAsync<MemberRemoved>()).Member.ShouldBe(carol.Agent.Id);
        await party.HearAsync(0, "still here", 1);
    }

    [Fact(Timeout = 60_000)]
    public async Task Where_adding_takes_an_admin_a_member_neither_adds_nor_invites()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 2);
        await using var dave = await Guest.ComeAsync(world, "dave");
        await party[0].Channel.SetPermissionsAsync(new ChannelPermissions(ChannelRole.Admin, ChannelRole.Admin)).Soon();
        await party[1].SeenAsync<PolicyChanged>();

        (await Should.ThrowAsync<SkytaleException>(() => party[1].Channel.AddMemberAsync(dave.Agent.Id))).Refusal.ShouldBe(ErrorCode.RoleTooLow);
        (await Should.ThrowAsync<SkytaleException>(() => party[1].Channel.InviteAsync())).Refusal.ShouldBe(ErrorCode.RoleTooLow);
        await party[0].Channel.AddMemberAsync(dave.Agent.Id).Soon();
        var joined = await party[1].SeenAsync<MemberJoined>();
        (joined.Member, joined.By).ShouldBe((dave.Agent.Id, party[0].Agent.Id));
    }

    [Fact(Timeout = 60_000)]
    public async Task Roles_outlive_a_restart()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 2);
        await party[0].Channel.SetRoleAsync(party[1].Agent.Id, ChannelRole.Owner).Soon();
        await party[1].SeenAsync<PolicyChanged>();
        await party[1].LeaveAsync();
        await party[1].ComeAsync();
        await party[1].Channel.SetRoleAsync(party[0].Agent.Id, ChannelRole.Member).Soon();
        await party[0].Channel.Session.WaitAsync(() => party[0].Channel.RoleOf(party[0].Agent.Id) == ChannelRole.Member, TestContext.Current.CancellationToken);
        (await Should.ThrowAsync<SkytaleException>(() => party[1].Channel.SetRoleAsync(party[1].Agent.Id, ChannelRole.Member))).Refusal.ShouldBe(ErrorCode.InvalidCommit);
    }
}
