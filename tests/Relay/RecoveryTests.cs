using Skytale.Application.Ports;
using Skytale.ChannelLogs.Embedded;
using Skytale.Groups;
using Skytale.Mls.Codec;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Relay.Tests.Kit;
using Skytale.Tests;

namespace Skytale.Relay.Tests;

/// <summary>What the relay makes of what members say of a commit that it cannot judge whole.</summary>
public sealed class RecoveryTests : IAsyncLifetime
{
    private const int Timeout = 60_000;

    private readonly TemporaryFolder _folder = new();
    private TestRelay _relay = null!;

    public async ValueTask InitializeAsync() => _relay = await TestRelay.StartAsync(openLog: OpenLog);

    public async ValueTask DisposeAsync()
    {
        await _relay.DisposeAsync();
        _folder.Dispose();
    }

    [Fact(Timeout = Timeout)]
    public async Task The_first_report_of_an_epoch_is_told_to_all_and_the_next_is_the_same()
    {
        var members = await _relay.ChannelOfAsync(3);
        await members[0].CommitAsync();
        await members[1].CatchUpAsync();
        await members[2].CatchUpAsync();

        var first = await members[1].ReportAsync();
        (await members[2].ReportAsync()).Sequence.ShouldBe(first.Sequence);

        var told = await members[0].NextAsync<DeliverApplied>();
        (told.Sequence, told.Epoch, told.Member).ShouldBe((first.Sequence, members[1].Group.Epoch.Value, members[1].Id));
        told.AuthenticatorHash.ToArray().ShouldBe(members[0].HashOfEpoch.Span.ToArray());
    }

    [Fact(Timeout = Timeout)]
    public async Task Another_hash_of_the_epoch_is_told_too()
    {
        var members = await _relay.ChannelOfAsync(3);
        await members[0].CommitAsync();
        await members[1].CatchUpAsync();
        await members[2].CatchUpAsync();
        var first = await members[1].ReportAsync();

        var other = await members[2].ReportAsync(new Opaque(new byte[32]));

        other.Sequence.ShouldBe(first.Sequence.Next);
        await members[0].Connection.RefusedAsync(ErrorCode.InvalidRequest, members[0].ReportOf(members[0].Group.Epoch.Value + 1, new Opaque(new byte[32])));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_rejected_commit_is_void_with_everything_on_top_and_the_channel_goes_on()
    {
        var members = await _relay.ChannelOfAsync(3);
        var (insider, victim, other) = (members[0], members[1], members[2]);
        var joiner = await _relay.ConnectAgentAsync();
        await joiner.UploadAsync();
        var epoch = insider.Group.Epoch;
        await insider.AddAsync(joiner);
        await insider.SendAsync("void");
        await insider.CommitAsync();
        var commit = await victim.NextAsync<DeliverCommit>();

        var accepted = await victim.Connection.AskAsync<Accepted>(victim.RejectionOf(commit));

        var delivery = await other.SubscribeAsync();
        (await delivery.NextAsync<Subscribed>()).Last.ShouldBe(accepted.Sequence);
        await delivery.NextAsync<DeliverCommit>();
        await delivery.NextAsync<DeliverMessage>();
        await delivery.NextAsync<DeliverCommit>();
        var voided = await delivery.NextAsync<CommitVoided>();
        (voided.Sequence, voided.Epoch, voided.Member).ShouldBe((accepted.Sequence, epoch.Value, victim.Id));
        (await _relay.ChannelOfAsync(victim)).Epoch.ShouldBe(epoch);
        (await _relay.WelcomesWaitingForAsync(joiner)).ShouldBe(0);

        victim.MoveTo(accepted.Sequence);
        other.MoveTo(accepted.Sequence);
        await other.CommitAsync();
        await victim.CatchUpAsync();
        await victim.SendAsync("on we go");
        (await other.CatchUpAsync()).ShouldBe(["on we go"]);
    }

    [Fact(Timeout = Timeout)]
    public async Task Who_committed_what_was_voided_waits_for_the_next_epoch()
    {
        var members = await _relay.ChannelOfAsync(3);
        using var pending = members[0].Commit();
        await members[0].Connection.AskAsync<Accepted>(members[0].RequestOf(pending));
        await members[1].RejectAsync();

        await members[0].Connection.RefusedAsync(ErrorCode.CommitVoided, members[0].RequestOf(pending));
        using var another = members[0].Commit();
        await members[0].Connection.RefusedAsync(ErrorCode.CommitVoided, members[0].RequestOf(another));

        members[1].MoveTo((await _relay.ChannelOfAsync(members[1])).Last);
        await members[1].CommitAsync();
        members[0].MoveTo(members[1].Position);
        await members[0].Connection.RefusedAsync(ErrorCode.StaleEpoch, members[0].RequestOf(another));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_commit_that_another_has_applied_stands()
    {
        var members = await _relay.ChannelOfAsync(3);
        await members[0].CommitAsync();
        await members[1].CatchUpAsync();
        var report = await members[1].ReportAsync();
        var commit = await members[2].NextAsync<DeliverCommit>();

        (await members[2].Connection.AskAsync<Accepted>(members[2].RejectionOf(commit))).Sequence.ShouldBe(report.Sequence);

        (await _relay.ChannelOfAsync(members[0])).Epoch.ShouldBe(members[0].Group.Epoch);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_commit_of_another_member_on_top_says_that_the_first_stands()
    {
        var members = await _relay.ChannelOfAsync(3);
        await members[0].CommitAsync();
        var commit = await members[2].NextAsync<DeliverCommit>();
        await members[1].CatchUpAsync();
        await members[1].CommitAsync();

        await members[2].Connection.RefusedAsync(ErrorCode.StaleEpoch, members[2].RejectionOf(commit));
    }

    [Fact(Timeout = Timeout)]
    public async Task Who_joined_by_a_commit_does_not_make_it_stand_by_what_it_says_or_does_on_top()
    {
        var members = await _relay.ChannelOfAsync(2);
        var (insider, victim) = (members[0], members[1]);
        var accomplice = await _relay.ConnectAgentAsync();
        await accomplice.UploadAsync();
        var epoch = insider.Group.Epoch;
        await insider.AddAsync(accomplice);
        var commit = await victim.NextAsync<DeliverCommit>();
        await accomplice.JoinAsync();
        await insider.CommitAsync();
        await accomplice.CatchUpAsync();
        await accomplice.Connection.RefusedAsync(ErrorCode.InvalidRequest, accomplice.ReportOf(accomplice.Group.Epoch.Value, accomplice.HashOfEpoch));
        await accomplice.CommitAsync();

        await victim.Connection.AskAsync<Accepted>(victim.RejectionOf(commit));

        (await _relay.ChannelOfAsync(victim)).Epoch.ShouldBe(epoch);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_rejection_counts_from_a_member_that_was_there_and_stays_and_has_signed_it()
    {
        var members = await _relay.ChannelOfAsync(4);
        var joiner = await _relay.ConnectAgentAsync();
        await joiner.UploadAsync();
        using var pending = members[0].Commit(new AddProposal(await members[0].ClaimAsync(joiner)), new RemoveProposal(members[0].LeafOf(members[3])));
        await members[0].Connection.AskAsync<Accepted>(members[0].RequestOf(pending));
        var commit = await members[1].NextAsync<DeliverCommit>();
        await joiner.JoinAsync();

        await members[1].Connection.RefusedAsync(ErrorCode.InvalidProof, members[1].RejectionOf(commit, signer: members[2]));
        await members[3].Connection.RefusedAsync(ErrorCode.NotAMember, members[3].RejectionOf(commit));
        await members[0].Connection.RefusedAsync(ErrorCode.InvalidRequest, members[0].RejectionOf(commit));
        (await _relay.ChannelOfAsync(members[0])).Epoch.ShouldBe(joiner.Group.Epoch);

        // Who joined by it, and who made it, say nothing about it.
        var (epoch, hash) = (joiner.Group.Epoch.Value, joiner.HashOfEpoch);
        await joiner.Connection.RefusedAsync(ErrorCode.InvalidRequest, joiner.ReportOf(epoch, hash));
        await members[0].Connection.RefusedAsync(ErrorCode.InvalidRequest, members[0].ReportOf(epoch, hash));
        await members[2].Connection.RefusedAsync(ErrorCode.InvalidRequest, members[2].RejectionOf(commit, epoch: ulong.MaxValue));
        await members[2].Connection.RefusedAsync(ErrorCode.InvalidRequest, members[2].RejectionOf(commit, epoch: members[2].Group.Epoch.Value - 1));
        await members[2].Connection.AskAsync<Accepted>(members[2].RejectionOf(commit));
        (await _relay.ChannelOfAsync(members[0])).Epoch.ShouldBe(members[0].Group.Epoch);
        members[3].MoveTo(commit.Sequence);
        await members[3].NextAsync<CommitVoided>();
        await joiner.NextAsync<CommitVoided>();
    }

    [Fact(Timeout = Timeout)]
    public async Task Whose_commits_were_voided_in_an_epoch_stay_barred_there()
    {
        var members = await _relay.ChannelOfAsync(4);
        using var first = members[0].Commit();
        await members[0].Connection.AskAsync<Accepted>(members[0].RequestOf(first));
        await members[2].RejectAsync();
        await members[1].CommitAsync();
        members[2].MoveTo(new Sequence((await _relay.ChannelOfAsync(members[2])).Last.Value - 1));
        await members[2].RejectAsync();

        await members[0].Connection.RefusedAsync(ErrorCode.CommitVoided, members[0].RequestOf(first));
        members[3].MoveTo((await _relay.ChannelOfAsync(members[3])).Last);
        await members[3].CommitAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task Who_is_added_again_says_nothing_of_that_commit_and_leaves_no_Welcome_when_it_is_void()
    {
        var members = await _relay.ChannelOfAsync(4);
        var asked = await members[3].Connection.AskAsync<Accepted>(members[3].WishOf(members[3].Group.Epoch.Value));
        var told = await members[0].NextAsync<DeliverReAdding>();
        await members[0].CommitAsync(
            new RemoveProposal(members[0].LeafOf(members[3])), new AddProposal(Tls.Decode<MlsMessage>(told.KeyPackage.Span).KeyPackage!));
        members[1].MoveTo(asked.Sequence);
        var commit = await members[1].NextAsync<DeliverCommit>();

        await members[3].Connection.RefusedAsync(ErrorCode.InvalidRequest, members[3].RejectionOf(commit));
        await members[1].RejectAsync();

        (await _relay.WelcomesWaitingForAsync(members[3])).ShouldBe(0);
        members[3].MoveTo((await _relay.ChannelOfAsync(members[3])).Last);
        await members[3].CommitAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task Who_was_added_and_removed_again_by_what_is_void_is_told_and_leaves()
    {
        var members = await _relay.ChannelOfAsync(3);
        var joiner = await _relay.ConnectAgentAsync();
        await joiner.UploadAsync();
        await members[0].AddAsync(joiner);
        await joiner.JoinAsync();
        await members[0].RemoveAsync(joiner);
        await members[1].RejectAsync();

        var delivery = await joiner.SubscribeAsync();
        await delivery.NextAsync<Subscribed>();
        await delivery.NextAsync<DeliverCommit>();
        (await delivery.NextAsync()).ShouldBeNull();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_message_of_a_voided_epoch_may_be_sent_again_under_its_id()
    {
        var members = await _relay.ChannelOfAsync(3);
        var id = TestAgent.NewMessageId();
        using var old = Copy(members[0]);
        await members[0].CommitAsync();
        var lost = await SendAsync(members[0], id, members[0].Encrypt("void"));
        await members[1].RejectAsync();

        members[0].Group = Copy(old, members[0]);
        var again = await SendAsync(members[0], id, members[0].Encrypt("again"));

        again.Value.ShouldBeGreaterThan(lost.Value + 1);
        (await SendAsync(members[0], id, members[0].Encrypt("once more"))).ShouldBe(again);
    }

    [Theory(Timeout = Timeout)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_relay_that_starts_anew_knows_what_is_tentative_and_what_was_voided(bool restartsBefore)
    {
        var members = await _relay.ChannelOfAsync(3);
        var epoch = members[0].Group.Epoch;
        using var pending = members[0].Commit();
        await members[0].Connection.AskAsync<Accepted>(members[0].RequestOf(pending));
        if (restartsBefore)
            await RestartAsync(members);
        await members[1].RejectAsync();
        if (!restartsBefore)
            await RestartAsync(members);

        (await _relay.ChannelOfAsync(members[0])).Epoch.ShouldBe(epoch);
        await members[0].Connection.RefusedAsync(ErrorCode.CommitVoided, members[0].RequestOf(pending));
        members[2].MoveTo((await _relay.ChannelOfAsync(members[0])).Last);
        await members[2].CommitAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_member_that_lost_its_state_is_added_again_by_one_commit()
    {
        var members = await _relay.ChannelOfAsync(3);
        var wish = members[2].WishOf(members[2].Group.Epoch.Value);
        var asked = await members[2].Connection.AskAsync<Accepted>(wish);
        var told = await members[0].NextAsync<DeliverReAdding>();
        (told.Sequence, told.Member, told.Reason).ShouldBe((asked.Sequence, members[2].Id, ReAddingReason.LostState));
        members[0].MoveTo(told.Sequence);

        await members[0].CommitAsync(
            new RemoveProposal(members[0].LeafOf(members[2])), new AddProposal(Tls.Decode<MlsMessage>(told.KeyPackage.Span).KeyPackage!));

        await members[2].JoinAsync();
        await members[2].SendAsync("back");
        (await members[0].CatchUpAsync()).ShouldBe(["back"]);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_wish_to_be_added_again_is_the_members_own_of_this_epoch_and_rare()
    {
        var members = await _relay.ChannelOfAsync(2);
        var stranger = await _relay.ConnectAgentAsync();
        var epoch = members[1].Group.Epoch.Value;
        await members[1].Connection.RefusedAsync(ErrorCode.StaleEpoch, members[1].WishOf(epoch + 1));
        await members[1].Connection.RefusedAsync(ErrorCode.InvalidProof, members[1].WishOf(epoch, signer: members[0]));
        await stranger.Connection.RefusedAsync(ErrorCode.NotAMember, request => members[1].WishOf(epoch)(request));

        for (var i = 0; i < 3; i++)
            await members[1].Connection.AskAsync<Accepted>(members[1].WishOf(epoch));
        await members[1].Connection.RefusedAsync(ErrorCode.RateLimited, members[1].WishOf(epoch));

        // A channel that nobody uses is let go, and not what its members have done.
        _relay.Time.Advance(TimeSpan.FromMinutes(6));
        await _relay.Upkeep.RunOnceAsync();
        await members[1].Connection.RefusedAsync(ErrorCode.RateLimited, members[1].WishOf(epoch));
        _relay.Time.Advance(TimeSpan.FromMinutes(20));
        await members[1].Connection.AskAsync<Accepted>(members[1].WishOf(epoch));
    }

    [Fact(Timeout = Timeout)]
    public async Task Members_are_told_the_GroupInfo_of_the_epoch()
    {
        var members = await _relay.ChannelOfAsync(2);
        await members[0].CommitAsync();
        var stranger = await _relay.ConnectAgentAsync();

        var answer = await members[1].Connection.AskAsync<CurrentGroupInfo>(request => new GetGroupInfo(request, members[1].ChannelId));

        answer.Epoch.ShouldBe(members[0].Group.Epoch.Value);
        Tls.Decode<MlsMessage>(answer.GroupInfo.Span).GroupInfo.ShouldNotBeNull().GroupContext.Epoch.ShouldBe(members[0].Group.Epoch);
        await stranger.Connection.RefusedAsync(ErrorCode.NotAMember, request => new GetGroupInfo(request, members[1].ChannelId));
    }

    private static async Task<Sequence> SendAsync(TestAgent member, MessageId id, ReadOnlyMemory<byte> ciphertext) =>
        (await member.Connection.AskAsync<Accepted>(request => new SendMessage(request, member.ChannelId, id, ciphertext))).Sequence;

    private static MlsGroup Copy(TestAgent member) => Copy(member.Group, member);

    private static MlsGroup Copy(MlsGroup group, TestAgent member)
    {
        using var epoch = group.SerializeEpoch();
        using var receiving = group.SerializeReceiving();
        using var sending = group.SerializeSending();
        return MlsGroup.Deserialize(epoch.Span, receiving.Span, sending.Span, member.Signer);
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
