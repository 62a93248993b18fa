using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.ChannelLogs.Embedded;
using Skytale.Channels;
using Skytale.Groups.Roles;
using Skytale.Mls.Codec;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Relay.Tests.Kit;
using Skytale.Tests;

namespace Skytale.Relay.Tests;

/// <summary>Members that want to leave, at the relay: what it takes, what it refuses, and what of it a restart and a voided commit leave.</summary>
public sealed class LeaveTests : IAsyncLifetime
{
    private const int Timeout = 60_000;

    private readonly TemporaryFolder _folder = new();
    private TestRelay _relay = null!;

    public async ValueTask InitializeAsync() => _relay = await TestRelay.StartAsync(new ChannelLimits { ReportsPerMember = new Allowance(8, TimeSpan.FromSeconds(1)) }, openLog: OpenLog);

    public async ValueTask DisposeAsync()
    {
        await _relay.DisposeAsync();
        _folder.Dispose();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_wish_has_its_place_and_a_commit_that_names_it_takes_the_member_out()
    {
        var members = await _relay.ChannelOfAsync(3);
        await members[1].ReportAsync(); // What led here stands.
        var asked = await members[1].LeaveAsync();
        (await members[0].KeepAsync()).Sequence.ShouldBe(asked);
        (await members[2].KeepAsync()).Sequence.ShouldBe(asked);

        var commit = await members[2].TakeOutAsync();

        members[0].Follow(await members[0].NextAsync<DeliverCommit>());
        await members[0].ReportAsync();
        members[0].Group.Public.Members.Count().ShouldBe(2);
        await members[1].Connection.RefusedAsync(ErrorCode.NotAMember, request => new SendMessage(request, members[1].ChannelId, TestAgent.NewMessageId(), members[1].Encrypt("still in?")));
        var delivery = await members[1].SubscribeAsync();
        await delivery.NextAsync<Subscribed>();
        await delivery.NextAsync<DeliverApplied>();
        await delivery.NextAsync<DeliverLeave>();
        (await delivery.NextAsync<DeliverCommit>()).Sequence.ShouldBe(commit);
        (await delivery.NextAsync()).ShouldBeNull();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_repeat_has_the_first_ones_place_and_a_second_wish_of_the_epoch_is_refused()
    {
        var members = await _relay.ChannelOfAsync(2);
        var leave = members[1].Propose(new SelfRemoveProposal());
        var asked = await members[1].Connection.AskAsync<Accepted>(members[1].LeaveOf(leave));

        (await members[1].Connection.AskAsync<Accepted>(members[1].LeaveOf(leave))).Sequence.ShouldBe(asked.Sequence);
        await members[1].Connection.RefusedAsync(ErrorCode.InvalidProposal, members[1].LeaveOf(leave with { MembershipTag = Flipped(leave.MembershipTag!.Value) }));
        (await _relay.ChannelOfAsync(members[1])).Last.ShouldBe(asked.Sequence);
    }

    [Fact(Timeout = Timeout)]
    public async Task Only_a_members_own_wish_of_this_epoch_is_taken()
    {
        var members = await _relay.ChannelOfAsync(3);
        var (bob, carol) = (members[1], members[2]);
        await bob.CatchUpAsync();
        var leave = bob.Propose(new SelfRemoveProposal());
        var refusals = new (ErrorCode Code, MlsMessage Message)[]
        {
            (ErrorCode.InvalidProposal, carol.Propose(new SelfRemoveProposal())),
            (ErrorCode.InvalidProposal, bob.Propose(new RemoveProposal(bob.LeafOf(carol)))),
            (ErrorCode.InvalidProposal, bob.Propose(new GroupContextExtensionsProposal(bob.Group.Public.Context.Extensions))),
            (ErrorCode.InvalidProposal, bob.Propose(new SelfRemoveProposal(), new Opaque(new byte[] { 1 }))),
            (ErrorCode.InvalidProposal, leave with { Auth = leave.Auth with { Signature = Flipped(leave.Auth.Signature) } }),
            (ErrorCode.InvalidProposal, leave with { MembershipTag = Opaque.Empty }),
            (ErrorCode.InvalidProposal, leave with { Content = leave.Content with { Sender = Sender.Member(new Mls.Tree.LeafIndex(7)) } }),
            (ErrorCode.InvalidProposal, leave with { Content = leave.Content with { GroupId = new Opaque(new byte[ChannelId.Size]) } }),
            (ErrorCode.StaleEpoch, leave with { Content = leave.Content with { Epoch = new Epoch(leave.Content.Epoch.Value - 1) } }),
            (ErrorCode.StaleEpoch, leave with { Content = leave.Content with { Epoch = leave.Content.Epoch.Next } }),
        };
        foreach (var (code, message) in refusals)
            await bob.Connection.RefusedAsync(code, bob.LeaveOf(message));
        using (var commit = carol.Commit())
            await carol.Connection.RefusedAsync(ErrorCode.InvalidProposal, carol.LeaveOf(commit.Commit));
        await bob.Connection.RefusedAsync(ErrorCode.InvalidProposal, request => new SendLeave(request, bob.ChannelId, new byte[] { 0, 1, 0, 1, 255 }));
        await bob.Connection.RefusedAsync(ErrorCode.InvalidProposal, request => new SendLeave(request, bob.ChannelId, bob.Encrypt("no proposal")));
        var stranger = await _relay.ConnectAgentAsync();
        await stranger.Connection.RefusedAsync(ErrorCode.NotAMember, request => bob.LeaveOf(leave)(request));

        (await _relay.ChannelOfAsync(bob)).Last.ShouldBe(bob.Position, "nothing of it is in the order");
        await bob.Connection.AskAsync<Accepted>(bob.LeaveOf(leave));
    }

    [Fact(Timeout = Timeout)]
    public async Task Forged_wishes_are_looked_at_so_often_and_no_more()
    {
        var members = await _relay.ChannelOfAsync(2);
        var leave = members[1].Propose(new SelfRemoveProposal());
        var forged = members[1].LeaveOf(leave with { Auth = leave.Auth with { Signature = Flipped(leave.Auth.Signature) } });
        for (var i = 0; i < 8; i++)
            await members[1].Connection.RefusedAsync(ErrorCode.InvalidProposal, forged);

        await members[1].Connection.RefusedAsync(ErrorCode.RateLimited, forged);
        _relay.Time.Advance(TimeSpan.FromSeconds(1));
        await members[1].Connection.AskAsync<Accepted>(members[1].LeaveOf(leave));
    }

    [Fact(Timeout = Timeout)]
    public async Task The_only_owner_is_kept_by_the_others_and_one_of_two_goes()
    {
        var members = await _relay.ChannelOfAsync(3);
        await members[0].Connection.RefusedAsync(ErrorCode.OwnerNeeded, members[0].LeaveOf(members[0].Propose(new SelfRemoveProposal())));
        var extensions = members[0].Group.Public.Context.Extensions;
        await members[0].CommitAsync(new GroupContextExtensionsProposal(ChannelPolicy.In(extensions)!.With(members[1].Id, ChannelRole.Owner).Into(extensions)));
        await members[1].CatchUpAsync();
        await members[2].CatchUpAsync();

        await members[0].LeaveAsync();
        await members[1].KeepAsync();
        await members[1].Connection.RefusedAsync(ErrorCode.OwnerNeeded, members[1].LeaveOf(members[1].Propose(new SelfRemoveProposal())));
    }

    [Fact(Timeout = Timeout)]
    public async Task Where_a_member_does_not_know_leaving_nobody_leaves()
    {
        var members = await _relay.ChannelOfAsync(2);
        var old = await _relay.ConnectAgentAsync();
        await old.UploadAsync(options => options with { Capabilities = options.Capabilities with { Proposals = [] } });
        await members[0].AddAsync(old);
        await members[1].CatchUpAsync();

        await members[1].Connection.RefusedAsync(ErrorCode.InvalidProposal, members[1].LeaveOf(members[1].Propose(new SelfRemoveProposal())));
    }

    [Fact(Timeout = Timeout)]
    public async Task Whoever_may_anything_in_the_channel_leaves_it_and_lets_others_leave()
    {
        var members = await _relay.ChannelOfAsync(3);
        members[1].Scopes = ScopeSet.Parse("send:org/other/*");
        await members[1].ConnectAsync();
        await members[1].Connection.RefusedAsync(ErrorCode.OutOfScope, members[1].LeaveOf(members[1].Propose(new SelfRemoveProposal())));
        members[1].Scopes = ScopeSet.Parse("send:org/team/*");
        await members[1].ConnectAsync();
        await members[1].LeaveAsync();
        members[2].Scopes = ScopeSet.Parse("receive:org/team/room");
        await members[2].ConnectAsync();
        await members[2].KeepAsync();
        using (var more = members[2].CommitOfLeaves(new RemoveProposal(members[2].LeafOf(members[0]))))
            await members[2].Connection.RefusedAsync(ErrorCode.RoleTooLow, members[2].RequestOf(more));

        await members[2].TakeOutAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_wish_is_over_with_its_epoch()
    {
        var members = await _relay.ChannelOfAsync(3);
        await members[1].LeaveAsync();
        await members[0].CommitAsync();
        await members[2].KeepAsync();
        using (var late = members[2].CommitOfLeaves())
            await members[2].Connection.RefusedAsync(ErrorCode.StaleEpoch, members[2].RequestOf(late));
        foreach (var member in members[1..])
            member.Follow(await member.NextAsync<DeliverCommit>());

        var again = await members[1].LeaveAsync();
        members[0].MoveTo(new Sequence(again.Value - 1));
        await members[0].KeepAsync();
        await members[0].TakeOutAsync();
        (await _relay.ChannelOfAsync(members[0])).Epoch.ShouldBe(members[0].Group.Epoch);
    }

    [Theory(Timeout = Timeout)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task Who_wants_to_leave_is_known_after_a_voided_commit_and_to_a_relay_that_starts_anew(bool isVoidedBefore, bool restarts)
    {
        var members = await _relay.ChannelOfAsync(4);
        var leave = members[1].LeaveOf(members[1].Propose(new SelfRemoveProposal()));
        var asked = await members[1].Connection.AskAsync<Accepted>(leave);
        foreach (var member in new[] { members[0], members[2], members[3] })
            await member.KeepAsync();
        if (isVoidedBefore)
        {
            await RestartAsync(members);
            await members[0].TakeOutAsync();
            await RestartAsync(members);
            await members[2].RejectAsync();
        }
        if (restarts)
            await RestartAsync(members);

        (await members[1].Connection.AskAsync<Accepted>(leave)).Sequence.ShouldBe(asked.Sequence);
        await members[3].TakeOutAsync();
        (await _relay.ChannelOfAsync(members[3])).Epoch.ShouldBe(members[3].Group.Epoch);
        (await _relay.ChannelLog.ReadLoadAsync(members[1].Id)).Channels.ShouldBe(0);
    }

    [Theory(Timeout = Timeout)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_last_member_is_out_with_its_wish(bool restarts)
    {
        var members = await _relay.ChannelOfAsync(2);
        await members[0].CommitAsync(); // May be voided by whom the next removes.
        await members[0].RemoveAsync(members[1]);
        using var copy = members[0].Commit();

        var asked = await members[0].LeaveAsync();
        if (restarts)
            await RestartAsync(members);

        (await _relay.ChannelLog.ReadLoadAsync(members[0].Id)).Channels.ShouldBe(0);
        await members[0].Connection.RefusedAsync(ErrorCode.NotAMember, members[0].RequestOf(copy));
        await members[1].Connection.RefusedAsync(ErrorCode.NotAMember, members[1].RejectionOf(await members[1].NextAsync<DeliverCommit>()));
        await members[1].Connection.RefusedAsync(
            ErrorCode.InvitationOver, request => new SendJoinRequest(request, members[1].ChannelId, InvitationId.FromBytes(new byte[32]), new byte[] { 1 }, new byte[64]));
        var delivery = await members[0].SubscribeAsync();
        await delivery.NextAsync<Subscribed>();
        (await delivery.NextAsync<DeliverLeave>()).Sequence.ShouldBe(asked);
        (await delivery.NextAsync()).ShouldBeNull();
    }

    private static Opaque Flipped(Opaque bytes)
    {
        var copy = bytes.Span.ToArray();
        copy[^1] ^= 1;
        return new Opaque(copy);
    }

    private async Task RestartAsync(TestAgent[] agents)
    {
        foreach (var agent in agents)
            await agent.Connection.DisposeAsync();
        await _relay.RestartAsync();
        foreach (var agent in agents)
            await agent.ConnectAsync();
    }

    private IChannelLog OpenLog() => new EmbeddedChannelLog(_folder.File("channels"));
}
