using System.Collections.Concurrent;
using System.Security.Cryptography;
using Skytale.Agent;
using Skytale.Agent.Invitations;
using Skytale.Agent.Keys;
using Skytale.Groups;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Sdk;
using Skytale.Tests.Kit;

namespace Skytale.Tests;

/// <summary>A relay that has all that passes through it, and wants somebody else in, or the invited elsewhere.</summary>
[Trait("Category", "Slow")]
public sealed class HostileInvitationTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_request_that_the_relay_forges_for_an_agent_of_its_own_adds_nobody()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 1);
        await using var mallory = await Guest.ComeAsync(world, "mallory");
        var context = await ContextAsync(world, mallory);
        var theirs = NewKeyPackage(context);
        await party[0].LeaveAsync();
        await party[0].ComeAsync(frame => frame is DeliverJoinRequest request
            ? request with { KeyPackage = Encode(theirs), Joiner = mallory.Agent.Id, Signature = SignedBy(context, request, theirs) }
            : frame);
        using var invitation = await party[0].Channel.InviteAsync().Soon();
        await using var carol = await Guest.ComeAsync(world, "carol");

        var joining = carol.Agent.JoinAsync(invitation);

        var refused = await party[0].SeenAsync<JoinRequestRefused>();
        (refused.Joiner, party[0].Channel.Members.Count).ShouldBe((mallory.Agent.Id, 1));
        refused.Reason.ShouldContain("not signed by the invitation's key");
        await TakeBackAsync(carol, invitation, joining);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_request_whose_KeyPackage_the_relay_swaps_for_another_adds_nobody()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 1);
        await using var carol = await Guest.ComeAsync(world, "carol");
        await using var mallory = await Guest.ComeAsync(world, "mallory");
        // The joiner's own, as the relay's pool has them, and one of somebody else's under her name.
        var swapped = new Queue<KeyPackage>([NewKeyPackage(await ContextAsync(world, carol)), NewKeyPackage(await ContextAsync(world, mallory))]);
        await party[0].LeaveAsync();
        await party[0].ComeAsync(frame => frame is DeliverJoinRequest request
            ? swapped.Select(keyPackage => (Frame)(request with { KeyPackage = Encode(keyPackage) }))
            : [frame]);
        using var invitation = await party[0].Channel.InviteAsync().Soon();

        var joining = carol.Agent.JoinAsync(invitation);

        while (party[0].Events.OfType<JoinRequestRefused>().Count() < 2)
            await Task.Delay(10, Stop);
        party[0].Events.OfType<JoinRequestRefused>().Select(refused => refused.Joiner).ShouldAllBe(joiner => joiner == carol.Agent.Id);
        party[0].Channel.Members.ShouldHaveSingleItem();
        await TakeBackAsync(carol, invitation, joining);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_Welcome_to_a_group_of_the_relays_own_making_is_refused_and_the_true_one_is_taken_behind_it()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 1);
        await using var carol = await Guest.ComeAsync(world, "carol");
        await using var mallory = await Guest.ComeAsync(world, "mallory");
        var context = await ContextAsync(world, mallory);
        // Of both sorts: by the KeyPackage of the request, which the relay has seen, and by one of the pool's.
        var known = new ConcurrentQueue<KeyPackage>([NewKeyPackage(await ContextAsync(world, carol))]);
        await party[0].LeaveAsync();
        await party[0].ComeAsync(frame =>
        {
            if (frame is DeliverJoinRequest request)
                known.Enqueue(Tls.Decode<MlsMessage>(request.KeyPackage.Span).KeyPackage!);
            return frame;
        });
        using var invitation = await party[0].Channel.InviteAsync().Soon();
        await carol.LeaveAsync();
        await carol.ComeAsync(frame => frame is DeliverWelcome welcome
            ? [.. known.Select(keyPackage => welcome with { Welcome = ForgedWelcome(context, welcome, keyPackage) }), frame]
            : [frame]);
        var steps = new Steps();

        var channel = await carol.Agent.JoinAsync(invitation, steps).Soon();

        known.Count.ShouldBe(2);
        channel.Members.ShouldBe([party[0].Agent.Id, carol.Agent.Id], ignoreOrder: true);
        await steps.SeenAsync(JoinStep.Joined);
        await party[0].Channel.SendAsync("only here").Soon();
        (await channel.TakeAsync(1)).ShouldBe(["only here"]);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_forged_Welcome_alone_does_not_end_the_waiting()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 1);
        await using var carol = await Guest.ComeAsync(world, "carol");
        await using var mallory = await Guest.ComeAsync(world, "mallory");
        var context = await ContextAsync(world, mallory);
        var known = new ConcurrentQueue<KeyPackage>();
        var answered = new TaskCompletionSource();
        await party[0].LeaveAsync();
        await party[0].ComeAsync(frame =>
        {
            if (frame is DeliverJoinRequest request)
                known.Enqueue(Tls.Decode<MlsMessage>(request.KeyPackage.Span).KeyPackage!);
            return frame;
        });
        using var invitation = await party[0].Channel.InviteAsync().Soon();
        await carol.LeaveAsync();
        await carol.ComeAsync(frame =>
        {
            if (frame is Refused { Code: ErrorCode.AlreadyAMember })
                answered.TrySetResult();
            return frame is DeliverWelcome welcome ? welcome with { Welcome = ForgedWelcome(context, welcome, known.First()) } : frame;
        });

        var joining = carol.Agent.JoinAsync(invitation);

        // It asks on, behind the Welcome that it has refused.
        await answered.Task.Soon();
        joining.IsCompleted.ShouldBeFalse();
        carol.Agent.Channels.ShouldBeEmpty();
        await TakeBackAsync(carol, invitation, joining);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_request_that_is_sent_again_when_its_agent_was_removed_adds_nobody()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 1);
        await using var carol = await Guest.ComeAsync(world, "carol");
        DeliverJoinRequest? old = null;
        await party[0].LeaveAsync();
        await party[0].ComeAsync(frame =>
        {
            if (frame is DeliverJoinRequest request)
                old = request;
            return frame is DeliverMessage && old is not null ? [frame, old] : [frame];
        });
        using var invitation = await party[0].Channel.InviteAsync(new InvitationOptions { MaxUses = 3 }).Soon();
        await carol.Agent.JoinAsync(invitation).Soon();
        await party[0].Channel.RemoveMemberAsync(carol.Agent.Id).Soon();

        await party[0].Channel.SendAsync("now").Soon();

        (await party[0].SeenAsync<JoinRequestRefused>()).Reason.ShouldContain("has joined by the invitation before");
        party[0].Channel.Members.ShouldHaveSingleItem();
        party[0].Channel.Invitations.ShouldHaveSingleItem().UsedBy.ShouldBe([carol.Agent.Id]);
    }

    [Fact(Timeout = 60_000)]
    public async Task Of_two_joiners_who_race_for_one_use_at_two_members_one_is_admitted()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 2);
        var requests = new ConcurrentDictionary<AgentId, DeliverJoinRequest>();
        foreach (var leaf in new[] { 0, 1 })
        {
            await party[leaf].LeaveAsync();
            await party[leaf].ComeAsync(frame =>
            {
                if (frame is not DeliverJoinRequest request)
                    return frame;
                requests[request.Joiner] = request;
                return null;
            });
        }
        await party.TogetherAsync();
        using var invitation = await party[0].Channel.InviteAsync().Soon();
        await party[1].Channel.Session.WaitAsync(() => party[1].Channel.Session.Invitations.Live.Count == 1, Stop).Soon();
        await using var carol = await Guest.ComeAsync(world, "carol");
        await using var dave = await Guest.ComeAsync(world, "dave");
        Task<SkytaleChannel>[] joining = [carol.Agent.JoinAsync(invitation), dave.Agent.JoinAsync(invitation)];
        while (requests.Count < 2)
            await Task.Delay(10, Stop);

        // Each member knows of one of them alone, and both commit.
        await Task.WhenAll(AdmitAsync(party[0], requests[carol.Agent.Id]), AdmitAsync(party[1], requests[dave.Agent.Id])).Soon();

        var (winner, loser) = await Task.WhenAny(joining) == joining[0] ? (0, 1) : (1, 0);
        (await joining[winner].Soon()).Members.Count.ShouldBe(3);
        (await Should.ThrowAsync<SkytaleException>(joining[loser].Soon())).Refusal.ShouldBe(ErrorCode.InvitationOver);
        await party[0].Channel.SendAsync("three of us").Soon();
        (await party[1].Channel.TakeAsync(1)).ShouldBe(["three of us"]);
        party[0].Channel.Members.Count.ShouldBe(3);
        party[1].Channel.Members.Count.ShouldBe(3);

        static async Task AdmitAsync(Guest member, DeliverJoinRequest request)
        {
            var session = member.Channel.Session;
            var joiner = await session.LockedAsync(
                () =>
                {
                    session.Joiners.Take(request);
                    return session.Joiners.Next()!;
                },
                Stop);
            await new Admitting(session).AdmitAsync(joiner, Stop);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_request_signed_by_another_key_than_the_invitations_is_refused_by_the_relay()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 1);
        await using var mallory = await Guest.ComeAsync(world, "mallory");
        var context = await ContextAsync(world, mallory);
        using var invitation = await party[0].Channel.InviteAsync().Soon();
        // Who was told the id knows no secret that leads to it.
        using var guessed = new Invitation(
            invitation.Relay, invitation.Channel, invitation.Inviter, invitation.ExpiresAt, 1, null, Secret.Random(Invitation.SecretSize, RandomNumberGenerator.Fill));
        var steps = new Steps();
        var joining = mallory.Agent.JoinAsync(guessed, steps);
        await steps.SeenAsync(JoinStep.InvitationUnknown);
        await TakeBackAsync(mallory, guessed, joining);

        var keyPackage = NewKeyPackage(context);
        var forged = new DeliverJoinRequest(invitation.Channel, invitation.Id, Encode(keyPackage), mallory.Agent.Id, default);
        var answer = await context.RequestAsync<Done>(
            id => new SendJoinRequest(id, invitation.Channel, invitation.Id, forged.KeyPackage, SignedBy(context, forged, keyPackage)), Stop);
        answer.Refusal.ShouldNotBeNull().Code.ShouldBe(ErrorCode.InvalidJoinRequest);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_invitation_to_another_relay_is_not_followed_there()
    {
        await using var world = await World.StartAsync();
        await using var carol = await Guest.ComeAsync(world, "carol");
        using var elsewhere = new Invitation(
            "relay.elsewhere.example", new ChannelId(new byte[32]), carol.Agent.Id, DateTimeOffset.UtcNow.AddHours(1), 1, null, Secret.Random(Invitation.SecretSize, RandomNumberGenerator.Fill));
        var error = await Should.ThrowAsync<SkytaleException>(carol.Agent.JoinAsync(elsewhere).Soon());
        error.Error.ShouldBe(SkytaleError.InvalidArgument);
        error.Message.ShouldContain("relay.elsewhere.example");
        (await carol.Agent.CancelJoinAsync(elsewhere.Channel).Soon()).ShouldBeFalse();
    }

    /// <summary>What a test began to wait for in vain.</summary>
    private static async Task TakeBackAsync(Guest guest, Invitation invitation, Task<SkytaleChannel> joining)
    {
        (await guest.Agent.CancelJoinAsync(invitation.Channel).Soon()).ShouldBeTrue();
        await Should.ThrowAsync<SkytaleException>(joining);
    }

    private static async Task<AgentContext> ContextAsync(World world, Guest guest) =>
        (await guest.Agent.CreateChannelAsync($"{world.Org}/own/{guest.Home.Name}")).Session.Context;

    private static KeyPackage NewKeyPackage(AgentContext context) => new KeyPackageSupply(context).CreateForOnce();

    private static ReadOnlyMemory<byte> Encode(KeyPackage keyPackage) => Tls.Encode(new MlsMessage(keyPackage)).Memory;

    private static ReadOnlyMemory<byte> SignedBy(AgentContext signer, DeliverJoinRequest request, KeyPackage keyPackage)
    {
        var content = new JoinRequestContent(request.ChannelId, request.Invitation, keyPackage.Reference(ChannelSuite.Default).Memory, signer.Identity.Id);
        return signer.Identity.Sign(LabeledContent.JoinRequest, content.Encode());
    }

    /// <summary>To a group of the same id and name, whose other member is the relay's.</summary>
    private static ReadOnlyMemory<byte> ForgedWelcome(AgentContext forger, DeliverWelcome truth, KeyPackage invited)
    {
        var keys = forger.Identity.Keys;
        var options = AgentKeyPackages.OptionsFor(DateTimeOffset.UtcNow);
        using var bundle = KeyPackageBundle.Create(ChannelSuite.Default, keys, forger.Identity.Credential, options, RandomNumberGenerator.Fill);
        using var group = MlsGroup.Create(ChannelSuite.Default, new Opaque(truth.ChannelId.Bytes), keys, bundle, ChannelExtension.ListFor(truth.Name, forger.Identity.Id), RandomNumberGenerator.Fill);
        using var guess = Secret.Random(Invitation.SecretSize, RandomNumberGenerator.Fill);
        using var guessed = InvitationKeys.Of(guess);
        var reference = invited.Reference(ChannelSuite.Default);
        using var pending = group.Commit(
            new CommitRequest
            {
                Proposals = [new AddProposal(invited)],
                GroupInfo = GroupInfoOptions.Default with { ExtensionsOf = context => new ExtensionList(AdmissionMac.For(guessed.Mac, context, reference)) },
            },
            RandomNumberGenerator.Fill);
        return Tls.Encode(new MlsMessage(pending.Welcome!)).Memory;
    }
}
