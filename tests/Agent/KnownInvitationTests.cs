using System.Security.Cryptography;
using Skytale.Agent.Channels;
using Skytale.Agent.Invitations;
using Skytale.Agent.Keys;
using Skytale.Mls;
using Skytale.Mls.Crypto;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Sdk;
using Skytale.Tests.Kit;

namespace Skytale.Tests;

/// <summary>What a member makes of the invitations that it is told of.</summary>
public sealed class KnownInvitationTests
{
    private static readonly FillRandom Fill = RandomNumberGenerator.Fill;

    [Fact(Timeout = 60_000)]
    public async Task An_invitation_admits_each_agent_once_until_it_is_used_up_revoked_or_over()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 1);
        var session = party[0].Channel.Session;
        using var other = IdentityKey.Generate(Fill);
        var (joiner, second) = (other.Id, party[0].Agent.Id);
        string? Judge(KnownInvitation known, AgentId? agent = null) => session.Invitations.Judge(known, agent ?? joiner, session.Head.Group.Public);

        var known = Make(session, session.Context.Identity, uses: 2);
        Judge(known).ShouldBeNull();
        known.UsedBy = known.UsedBy.Add(joiner, new Epoch(0));
        Judge(known).ShouldBe("this agent has joined by the invitation before");
        Judge(known, second).ShouldBeNull();
        known.UsedBy = known.UsedBy.Add(second, new Epoch(1));
        Judge(known, IdentityKey.Generate(Fill).Id).ShouldBe("the invitation is used up");

        Judge(Make(session, session.Context.Identity, invited: second)).ShouldBe("the invitation is for another agent");
        Judge(Make(session, session.Context.Identity, lives: TimeSpan.FromSeconds(-1))).ShouldBe("the invitation has expired");
        Judge(Make(session, other)).ShouldBe("the inviter may not add members");
        var revoked = Make(session, session.Context.Identity);
        revoked.IsRevoked = true;
        Judge(revoked).ShouldBe("the invitation was revoked");
    }

    [Fact(Timeout = 60_000)]
    public async Task What_the_inviter_has_not_signed_for_this_channel_is_none_and_what_is_told_again_changes_nothing_back()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 1);
        await using var elsewhere = await Guest.ComeAsync(world, "elsewhere");
        var another = await elsewhere.Agent.CreateChannelAsync($"{world.Org}/team/other");
        var (session, stop) = (party[0].Channel.Session, TestContext.Current.CancellationToken);
        var known = Make(session, session.Context.Identity, uses: 2);
        using var encoded = known.Encode();

        for (var at = 0; at < 32 + 32 + 8 + 4 + 1 + 32 + 64; at++)
        {
            var altered = encoded.Span.ToArray();
            altered[at] ^= 1;
            Should.Throw<MlsException>(() => session.Invitations.Take(altered), $"byte {at}");
        }
        await another.Session.LockedAsync(() => { Should.Throw<MlsException>(() => another.Session.Invitations.Take(encoded.Span)); }, stop);
        session.Invitations.Live.ShouldBeEmpty();

        await session.LockedAsync(() => session.Invitations.Take(encoded.Span), stop);
        await session.LockedAsync(() => session.Invitations.Revoke(known.Id), stop);
        await session.LockedAsync(() => session.Invitations.Take(encoded.Span), stop);
        session.Invitations.Live.ShouldBeEmpty();
        session.Invitations.Find(known.Id).ShouldNotBeNull().IsRevoked.ShouldBeTrue();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_restart_forgets_neither_invitations_nor_uses_and_a_voided_use_is_none()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 1);
        using var invitation = await party[0].Channel.InviteAsync(new InvitationOptions { MaxUses = 3 }).Soon();
        await using var carol = await Guest.ComeAsync(world, "carol");
        await carol.Agent.JoinAsync(invitation).Soon();

        await party[0].LeaveAsync();
        await party[0].ComeAsync();
        party[0].Channel.Invitations.ShouldHaveSingleItem().UsedBy.ShouldBe([carol.Agent.Id]);

        var session = party[0].Channel.Session;
        await session.LockedAsync(() => session.Invitations.GoBack(new Epoch(1)), TestContext.Current.CancellationToken);
        party[0].Channel.Invitations.ShouldHaveSingleItem().UsedBy.ShouldBe([carol.Agent.Id]);
        await session.LockedAsync(() => session.Invitations.GoBack(new Epoch(0)), TestContext.Current.CancellationToken);
        party[0].Channel.Invitations.ShouldHaveSingleItem().UsedBy.ShouldBeEmpty();
        await session.LockedAsync(session.Invitations.Clear, TestContext.Current.CancellationToken);
        await party[0].LeaveAsync();
        await party[0].ComeAsync();
        party[0].Channel.Session.Invitations.Find(invitation.Id).ShouldBeNull();
    }

    private static KnownInvitation Make(ChannelSession session, IdentityKey inviter, int uses = 1, AgentId? invited = null, TimeSpan? lives = null)
    {
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds((session.Context.Time.GetUtcNow() + (lives ?? TimeSpan.FromHours(1))).ToUnixTimeSeconds());
        using var invitation = new Invitation("localhost", session.Id, inviter.Id, expiresAt, uses, invited, Secret.Random(Invitation.SecretSize, Fill));
        using var keys = InvitationKeys.Of(invitation.Secret);
        return KnownInvitation.Of(invitation, keys, inviter);
    }
}
