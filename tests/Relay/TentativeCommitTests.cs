using Skytale.Channels;
using Skytale.Mls.Proposals;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Relay.Tests.Kit;

namespace Skytale.Relay.Tests;

/// <summary>A commit that nobody but its committer has applied can be voided by who was there before it, whatever is put on top.</summary>
public sealed class TentativeCommitTests : IAsyncLifetime
{
    private const int Timeout = 60_000;

    private TestRelay _relay = null!;

    public async ValueTask InitializeAsync() => _relay = await TestRelay.StartAsync(new ChannelLimits { TentativePerChannel = 8 });

    public ValueTask DisposeAsync() => _relay.DisposeAsync();

    [Fact(Timeout = Timeout)]
    public async Task A_commit_can_be_rejected_however_many_its_committer_puts_on_top()
    {
        var members = await MembersAsync(3);
        var epoch = members[0].Group.Epoch;
        for (var i = 0; i < 7; i++)
            await members[0].CommitAsync();

        await members[1].RejectAsync();

        (await _relay.ChannelOfAsync(members[1])).Epoch.ShouldBe(epoch);
        await GoOnAsync(members[1], members[2]);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_commit_in_the_middle_is_rejected_and_what_was_before_it_stays()
    {
        var members = await MembersAsync(3);
        await members[0].CommitAsync();
        await members[1].CatchUpAsync();
        await members[2].CatchUpAsync();
        var epoch = members[1].Group.Epoch;
        for (var i = 0; i < 6; i++)
            await members[0].CommitAsync();

        await members[1].RejectAsync();

        (await _relay.ChannelOfAsync(members[1])).Epoch.ShouldBe(epoch);
        await GoOnAsync(members[1], members[2]);
    }

    [Fact(Timeout = Timeout)]
    public async Task Who_has_too_many_commits_that_nobody_applied_waits_for_another_member()
    {
        var members = await MembersAsync(3);
        for (var i = 0; i < 8; i++)
            await members[0].CommitAsync();
        using var oneMore = members[0].Commit();

        await members[0].Connection.RefusedAsync(ErrorCode.LimitReached, members[0].RequestOf(oneMore));

        await members[1].CatchUpAsync();
        await members[1].ReportAsync();
        await members[0].Connection.AskAsync<Accepted>(members[0].RequestOf(oneMore));
    }

    [Fact(Timeout = Timeout)]
    public async Task After_seven_days_a_commit_stands()
    {
        var members = await MembersAsync(3);
        await members[0].CommitAsync();
        var late = members[1].RejectionOf(await members[1].NextAsync<DeliverCommit>());
        _relay.Time.Advance(TimeSpan.FromDays(6));
        await members[0].CommitAsync();
        _relay.Time.Advance(TimeSpan.FromDays(1));

        await members[1].Connection.RefusedAsync(ErrorCode.StaleEpoch, late);

        members[1].Follow(await members[1].NextAsync<DeliverCommit>());
        await members[1].RejectAsync();
        (await _relay.ChannelOfAsync(members[1])).Epoch.ShouldBe(members[1].Group.Epoch);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_further_rejection_of_the_same_commit_has_the_first_ones_place()
    {
        var members = await MembersAsync(4);
        await members[0].CommitAsync();
        var commit = await members[1].NextAsync<DeliverCommit>();
        var voided = await members[1].RejectAsync();

        (await members[1].Connection.AskAsync<Accepted>(members[1].RejectionOf(commit))).Sequence.ShouldBe(voided);
        (await members[2].Connection.AskAsync<Accepted>(members[2].RejectionOf(commit))).Sequence.ShouldBe(voided);

        members[3].MoveTo(voided);
        await members[3].CommitAsync();
        (await members[2].Connection.AskAsync<Accepted>(members[2].RejectionOf(commit))).Sequence.ShouldBe(voided);
        (await _relay.ChannelOfAsync(members[3])).Epoch.ShouldBe(members[3].Group.Epoch);
    }

    [Fact(Timeout = Timeout)]
    public async Task Who_was_removed_by_a_commit_on_top_rejects_the_one_before_it()
    {
        var members = await MembersAsync(3);
        var epoch = members[0].Group.Epoch;
        await members[0].CommitAsync();
        await members[0].RemoveAsync(members[1]);

        await members[1].RejectAsync();

        (await _relay.ChannelOfAsync(members[1])).Epoch.ShouldBe(epoch);
        await GoOnAsync(members[1], members[2]);
    }

    [Fact(Timeout = Timeout)]
    public async Task Who_was_removed_and_added_by_a_commit_on_top_rejects_the_one_before_it()
    {
        var members = await MembersAsync(3);
        var epoch = members[0].Group.Epoch;
        await members[0].CommitAsync();
        var rejection = members[1].RejectionOf(await members[1].NextAsync<DeliverCommit>());
        await members[0].RemoveAsync(members[1]);
        await members[1].UploadAsync();
        await members[0].AddAsync(members[1]);

        await members[1].Connection.AskAsync<Accepted>(rejection);

        (await _relay.ChannelOfAsync(members[1])).Epoch.ShouldBe(epoch);
        (await _relay.WelcomesWaitingForAsync(members[1])).ShouldBe(0);
        await GoOnAsync(members[1], members[2]);
    }

    [Fact(Timeout = Timeout)]
    public async Task Who_removes_everybody_else_can_still_be_told_that_the_commit_before_failed()
    {
        var members = await MembersAsync(3);
        var epoch = members[0].Group.Epoch;
        await members[0].CommitAsync();
        await members[0].CommitAsync(new RemoveProposal(members[0].LeafOf(members[1])), new RemoveProposal(members[0].LeafOf(members[2])));

        await members[2].RejectAsync();

        (await _relay.ChannelOfAsync(members[1])).Epoch.ShouldBe(epoch);
        await GoOnAsync(members[1], members[2]);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_removed_member_is_delivered_nothing_further_and_hears_that_its_removal_is_void()
    {
        var members = await MembersAsync(3);
        await using var delivery = await members[1].SubscribeAsync();
        await delivery.NextAsync<Subscribed>();
        var removal = await members[0].RemoveAsync(members[1]);
        (await delivery.NextAsync<DeliverCommit>()).Sequence.ShouldBe(removal);
        await members[0].SendAsync("not for the removed");
        await using var later = await members[1].SubscribeAsync();
        (await later.NextAsync<Subscribed>()).Last.ShouldBe(removal);

        var voided = await members[2].RejectAsync();

        await delivery.NextAsync<DeliverMessage>();
        (await delivery.NextAsync<CommitVoided>()).Sequence.ShouldBe(voided);
        await GoOnAsync(members[1], members[2]);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_removed_members_stream_ends_when_its_removal_stands()
    {
        var members = await MembersAsync(3);
        await using var delivery = await members[1].SubscribeAsync();
        await delivery.NextAsync<Subscribed>();
        await members[0].RemoveAsync(members[1]);
        await delivery.NextAsync<DeliverCommit>();
        var next = delivery.NextAsync().AsTask();
        next.IsCompleted.ShouldBeFalse();

        await members[2].CatchUpAsync();
        await members[2].ReportAsync();

        (await next).ShouldBeNull();
    }

    /// <summary>A channel of so many, in which every commit stands.</summary>
    private async Task<TestAgent[]> MembersAsync(int count)
    {
        var members = await _relay.ChannelOfAsync(count);
        var report = await members[1].ReportAsync();
        foreach (var member in members)
            member.MoveTo(report.Sequence);
        return members;
    }

    /// <summary>One commits, the other follows and is heard.</summary>
    private async Task GoOnAsync(TestAgent committer, TestAgent other)
    {
        var last = (await _relay.ChannelOfAsync(committer)).Last;
        committer.MoveTo(last);
        other.MoveTo(last);
        await committer.CommitAsync();
        await other.CatchUpAsync();
        await other.SendAsync("on we go");
        (await committer.CatchUpAsync()).ShouldBe(["on we go"]);
    }
}
