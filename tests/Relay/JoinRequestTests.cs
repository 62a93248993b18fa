using System.Security.Cryptography;
using Skytale.Accounts;
using Skytale.Channels;
using Skytale.Groups;
using Skytale.Groups.Invitations;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Relay.Tests.Kit;

namespace Skytale.Relay.Tests;

/// <summary>What the relay does with invitations and requests to join, which it only holds and passes on.</summary>
public sealed class JoinRequestTests
{
    private const int Timeout = 60_000;

    [Fact(Timeout = Timeout)]
    public async Task A_request_goes_to_the_members_that_are_there_and_to_those_that_come_while_it_waits()
    {
        await using var relay = await TestRelay.StartAsync();
        var members = await relay.ChannelOfAsync(2);
        var there = await SubscribedAsync(members[0]);
        var invitation = await AnnouncedAsync(relay, members[0]);
        var joiner = await relay.ConnectAgentAsync();
        using var bundle = joiner.NewBundle();

        await joiner.Connection.AskAsync<Done>(RequestOf(members[0].ChannelId, invitation, joiner, bundle.KeyPackage));
        var first = await there.NextAsync<DeliverJoinRequest>();
        (first.ChannelId, first.Invitation, first.Joiner).ShouldBe((members[0].ChannelId, invitation.Id, joiner.Id));
        (await (await SubscribedAsync(members[1])).NextAsync<DeliverJoinRequest>()).Joiner.ShouldBe(joiner.Id);

        // Repeated it changes nothing; by another KeyPackage it takes the first one's place.
        await joiner.Connection.AskAsync<Done>(RequestOf(members[0].ChannelId, invitation, joiner, bundle.KeyPackage));
        using var other = joiner.NewBundle();
        await joiner.Connection.AskAsync<Done>(RequestOf(members[0].ChannelId, invitation, joiner, other.KeyPackage));
        (await there.NextAsync<DeliverJoinRequest>()).KeyPackage.ToArray().ShouldBe(TestAgent.Encode(new MlsMessage(other.KeyPackage)).ToArray());

        await joiner.Connection.AskAsync<Done>(id => new WithdrawJoinRequest(id, members[0].ChannelId));
        relay.JoinRequests.Held.ShouldBe(0);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_commit_that_names_the_invitation_counts_as_its_use_and_a_voided_one_does_not()
    {
        await using var relay = await TestRelay.StartAsync();
        var members = await relay.ChannelOfAsync(2);
        var invitation = await AnnouncedAsync(relay, members[0]);
        var (joiner, late) = (await relay.ConnectAgentAsync(), await relay.ConnectAgentAsync());
        using var bundle = joiner.NewBundle();
        using var lateBundle = late.NewBundle();
        await joiner.Connection.AskAsync<Done>(RequestOf(members[0].ChannelId, invitation, joiner, bundle.KeyPackage));

        using var admission = members[0].Group.Commit(
            new CommitRequest { Proposals = [new AddProposal(bundle.KeyPackage)], Framing = new FramingOptions { AuthenticatedData = Tls.Encode(new Admission(invitation.Id)) } },
            RandomNumberGenerator.Fill);
        await members[0].Connection.AskAsync<Accepted>(members[0].RequestOf(admission));
        relay.JoinRequests.Held.ShouldBe(0);
        await late.Connection.RefusedAsync(ErrorCode.InvitationOver, RequestOf(members[0].ChannelId, invitation, late, lateBundle.KeyPackage));
        await joiner.Connection.RefusedAsync(ErrorCode.AlreadyAMember, RequestOf(members[0].ChannelId, invitation, joiner, bundle.KeyPackage));

        await members[1].RejectAsync();
        await late.Connection.AskAsync<Done>(RequestOf(members[0].ChannelId, invitation, late, lateBundle.KeyPackage));
    }

    [Fact(Timeout = Timeout)]
    public async Task What_is_not_announced_revoked_expired_or_not_signed_by_the_invitation_is_not_held()
    {
        await using var relay = await TestRelay.StartAsync();
        var members = await relay.ChannelOfAsync(1);
        var (joiner, other) = (await relay.ConnectAgentAsync(), await relay.ConnectAgentAsync());
        using var bundle = joiner.NewBundle();
        using var others = other.NewBundle();
        Task RefusedAsync(ErrorCode code, TestInvitation by, KeyPackage keyPackage) => joiner.Connection.RefusedAsync(code, RequestOf(members[0].ChannelId, by, joiner, keyPackage));

        await RefusedAsync(ErrorCode.UnknownInvitation, new TestInvitation(), bundle.KeyPackage);
        var invitation = await AnnouncedAsync(relay, members[0]);
        await RefusedAsync(ErrorCode.InvalidKeyPackage, invitation, others.KeyPackage);
        await RefusedAsync(ErrorCode.InvalidJoinRequest, invitation with { Keys = new TestInvitation().Keys }, bundle.KeyPackage);
        await joiner.Connection.RefusedAsync(ErrorCode.UnknownChannel, RequestOf(new ChannelId(new byte[32]), invitation, joiner, bundle.KeyPackage));
        await members[0].Connection.AskAsync<Done>(id => new WithdrawInvitation(id, members[0].ChannelId, invitation.Id));
        await RefusedAsync(ErrorCode.InvitationOver, invitation, bundle.KeyPackage);
        await members[0].Connection.RefusedAsync(ErrorCode.InvitationOver, AnnouncementOf(relay, members[0], invitation));

        var brief = await AnnouncedAsync(relay, members[0]);
        await joiner.Connection.AskAsync<Done>(RequestOf(members[0].ChannelId, brief, joiner, bundle.KeyPackage));
        relay.Time.Advance(TimeSpan.FromHours(1));
        await RefusedAsync(ErrorCode.InvitationOver, brief, bundle.KeyPackage);
        await members[0].Connection.RefusedAsync(ErrorCode.InvitationOver, id => new AnnounceInvitation(id, members[0].ChannelId, brief.Id, 0, 1));
    }

    [Fact(Timeout = Timeout)]
    public async Task Only_members_whose_scopes_have_manage_announce_and_only_who_may_receive_asks()
    {
        await using var relay = await TestRelay.StartAsync();
        var members = await relay.ChannelOfAsync(1);
        var invitation = await AnnouncedAsync(relay, members[0]);
        var stranger = await relay.ConnectAgentAsync();
        using var bundle = stranger.NewBundle();
        await stranger.Connection.RefusedAsync(ErrorCode.NotAMember, id => AnnouncementOf(relay, members[0], new TestInvitation())(id));
        await stranger.Connection.RefusedAsync(ErrorCode.NotAMember, id => new WithdrawInvitation(id, members[0].ChannelId, invitation.Id));

        (stranger.Scopes, members[0].Scopes) = (ScopeSet.Parse("send:* manage:*"), ScopeSet.Parse("send:* receive:*"));
        await stranger.ConnectAsync();
        await members[0].ConnectAsync();
        await stranger.Connection.RefusedAsync(ErrorCode.OutOfScope, RequestOf(members[0].ChannelId, invitation, stranger, bundle.KeyPackage));
        await members[0].Connection.RefusedAsync(ErrorCode.OutOfScope, AnnouncementOf(relay, members[0], new TestInvitation()));
        await members[0].Connection.RefusedAsync(ErrorCode.OutOfScope, id => new WithdrawInvitation(id, members[0].ChannelId, invitation.Id));
    }

    [Fact(Timeout = Timeout)]
    public async Task So_many_invitations_and_requests_are_kept_and_no_more()
    {
        var limits = new ChannelLimits { InvitationsPerChannel = 2, JoinRequestsPerChannel = 1, JoinRequestsPerAgent = 1, JoinAsksPerAgent = new(4, TimeSpan.FromSeconds(5)) };
        await using var relay = await TestRelay.StartAsync(limits);
        var members = await relay.ChannelOfAsync(1);
        var (first, second) = (await AnnouncedAsync(relay, members[0]), await AnnouncedAsync(relay, members[0]));
        await members[0].Connection.RefusedAsync(ErrorCode.LimitReached, AnnouncementOf(relay, members[0], new TestInvitation()));
        await members[0].Connection.AskAsync<Done>(AnnouncementOf(relay, members[0], second)); // It is known.
        var (joiner, other) = (await relay.ConnectAgentAsync(), await relay.ConnectAgentAsync());
        using var bundle = joiner.NewBundle();
        using var others = other.NewBundle();
        await joiner.Connection.AskAsync<Done>(RequestOf(members[0].ChannelId, first, joiner, bundle.KeyPackage));
        await other.Connection.RefusedAsync(ErrorCode.LimitReached, RequestOf(members[0].ChannelId, second, other, others.KeyPackage));

        // Revoked ones make room, for requests and for others; asking in vain costs who asks.
        await members[0].Connection.AskAsync<Done>(id => new WithdrawInvitation(id, members[0].ChannelId, first.Id));
        await AnnouncedAsync(relay, members[0]);
        await other.Connection.AskAsync<Done>(RequestOf(members[0].ChannelId, second, other, others.KeyPackage));
        for (var ask = 0; ask < 3; ask++)
            await joiner.Connection.RefusedAsync(ErrorCode.UnknownInvitation, RequestOf(members[0].ChannelId, new TestInvitation(), joiner, bundle.KeyPackage));
        await joiner.Connection.RefusedAsync(ErrorCode.RateLimited, RequestOf(members[0].ChannelId, second, joiner, bundle.KeyPackage));
    }

    [Fact(Timeout = Timeout)]
    public async Task What_has_expired_is_forgotten()
    {
        await using var relay = await TestRelay.StartAsync();
        var members = await relay.ChannelOfAsync(1);
        var invitation = await AnnouncedAsync(relay, members[0]);
        var joiner = await relay.ConnectAgentAsync();
        using var bundle = joiner.NewBundle();
        await joiner.Connection.AskAsync<Done>(RequestOf(members[0].ChannelId, invitation, joiner, bundle.KeyPackage));
        relay.JoinRequests.RemoveOld(relay.Time.GetUtcNow());
        relay.JoinRequests.Held.ShouldBe(1);

        relay.Time.Advance(TimeSpan.FromHours(1));
        relay.JoinRequests.RemoveOld(relay.Time.GetUtcNow());

        relay.JoinRequests.Held.ShouldBe(0);
        await joiner.Connection.RefusedAsync(ErrorCode.UnknownInvitation, RequestOf(members[0].ChannelId, invitation, joiner, bundle.KeyPackage));
    }

    private static async Task<TestInvitation> AnnouncedAsync(TestRelay relay, TestAgent member)
    {
        var invitation = new TestInvitation();
        await member.Connection.AskAsync<Done>(AnnouncementOf(relay, member, invitation));
        return invitation;
    }

    /// <summary>Of one use, for an hour.</summary>
    private static Func<RequestId, AnnounceInvitation> AnnouncementOf(TestRelay relay, TestAgent member, TestInvitation invitation) =>
        id => new AnnounceInvitation(id, member.ChannelId, invitation.Id, (ulong)relay.Time.GetUtcNow().AddHours(1).ToUnixTimeSeconds(), 1);

    private static Func<RequestId, SendJoinRequest> RequestOf(ChannelId channel, TestInvitation invitation, TestAgent joiner, KeyPackage keyPackage)
    {
        var content = new JoinRequestContent(channel, invitation.Id, keyPackage.Reference(ChannelSuite.Default).Memory, joiner.Id);
        var signature = ChannelSuite.Default.Signature.Sign(invitation.Keys.PrivateKey, LabeledContent.Encode(LabeledContent.JoinRequest, content.Encode()).Span);
        return id => new SendJoinRequest(id, channel, invitation.Id, TestAgent.Encode(new MlsMessage(keyPackage)), signature.Memory);
    }

    /// <summary>A delivery stream that has everything up to now behind it.</summary>
    private static async Task<TestDelivery> SubscribedAsync(TestAgent member)
    {
        var delivery = await member.SubscribeAsync();
        await delivery.NextAsync<Subscribed>();
        return delivery;
    }

    private sealed record TestInvitation
    {
        public SignatureKeyPair Keys { get; init; }

        public InvitationId Id { get; }

        public TestInvitation()
        {
            Keys = ChannelSuite.Default.GenerateSignatureKeyPair(RandomNumberGenerator.Fill);
            Id = InvitationId.FromBytes(Keys.PublicKey.Value.Span);
        }
    }
}
