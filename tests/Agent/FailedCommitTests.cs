using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Protocol.Frames;
using Skytale.Sdk;
using Skytale.Tests.Kit;

namespace Skytale.Tests;

/// <summary>
/// Commits that the relay accepts and that fail at members: the channel goes on within seconds, whoever was cut off is added
/// again, and all end in the same epoch of the same group.
/// </summary>
[Trait("Category", "Slow")]
public sealed class FailedCommitTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_commit_with_a_wrong_confirmation_tag_is_voided_and_the_channel_goes_on()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 3);

        (await Insider.CommitAsync(party[0].Channel, Insider.WithWrongTag)).Answer.IsSuccess.ShouldBeTrue();

        (await party[1].SeenAsync<EpochVoided>()).Epoch.ShouldBe(2ul);
        await party.HearAsync(1, "we go on", 2);
        await party.TogetherAsync();
        await party.HearAsync(0, "I was added again", 1, 2);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_commit_that_half_of_the_members_cannot_decrypt_leaves_all_of_them_in_one_group()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 4);

        (await Insider.CommitAsync(party[0].Channel, Insider.UndecryptableForTheOtherHalf)).Answer.IsSuccess.ShouldBeTrue();

        // Who of them was first, the relay's order says: the commit stands or is void, and the others are added again.
        await Task.WhenAll(party[1].Channel.SendAsync("from one half"), party[3].Channel.SendAsync("from the other")).Soon();
        await party.TogetherAsync();
        await party[2].Channel.SendAsync("all together").Soon();
        // What was sent before the party came together, whoever was added again in between has missed.
        List<string> heard = [];
        while (!heard.Contains("all together"))
            heard.AddRange(await party[0].Channel.TakeAsync(1));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_commit_that_nobody_can_follow_who_is_there_is_void_for_who_could_have()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 4);
        await party[1].LeaveAsync();
        await party[3].LeaveAsync();

        (await Insider.CommitAsync(party[0].Channel, Insider.UndecryptableForTheOtherHalf)).Answer.IsSuccess.ShouldBeTrue();
        await party[2].SeenAsync<EpochVoided>();
        await party.TogetherAsync(0, 2);

        await party[1].ComeAsync();
        await party[3].ComeAsync();
        await party.TogetherAsync();
        await party.HearAsync(2, "all together", 1, 3);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_commit_that_a_member_has_applied_stands_and_who_cannot_follow_is_added_again()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 4);
        await party[2].LeaveAsync();
        await party[3].LeaveAsync();

        (await Insider.CommitAsync(party[0].Channel, Insider.UndecryptableForTheOtherHalf)).Answer.IsSuccess.ShouldBeTrue();
        await party[1].Channel.SendAsync("for who can read it").Soon();

        await party[2].ComeAsync();
        await party[3].ComeAsync();
        await party.TogetherAsync();
        (await party[3].SeenAsync<MessagesMissed>()).Count.ShouldBe(1ul);
        party[1].Events.OfType<EpochVoided>().ShouldBeEmpty();
        await party.HearAsync(1, "for all", 2, 3);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_relay_that_alters_a_tag_for_one_member_is_found_out_and_nothing_is_voided()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 3);
        await party[2].LeaveAsync();
        await party[2].ComeAsync(Once<DeliverCommit>(commit => Altered(commit, message =>
            message with { Auth = message.Auth with { ConfirmationTag = Insider.Flipped(message.Auth.ConfirmationTag!.Value) } })));

        await party[0].Channel.UpdateKeysAsync().Soon();

        await party[2].SeenAsync<CommitAltered>();
        await party.TogetherAsync();
        party[0].Channel.Epoch.ShouldBe(3ul);
        party[1].Troubles.ShouldBeEmpty();
        await party.HearAsync(2, "nothing lost", 0, 1);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_relay_that_alters_more_than_a_tag_for_one_member_has_that_member_added_again()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 3);
        await party[2].LeaveAsync();
        await party[2].ComeAsync(Once<DeliverCommit>(commit => Altered(commit, message => message with { MembershipTag = Insider.Flipped(message.MembershipTag!.Value) })));

        await party[0].Channel.UpdateKeysAsync().Soon();

        (await party[0].SeenAsync<ReAddingAsked>()).Member.ShouldBe(party[2].Home.Id);
        await party.TogetherAsync();
        await party.HearAsync(2, "in again", 0, 1);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_sent_while_a_commit_fails_waits_and_arrives_behind_it()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 2);

        await Insider.CommitAsync(party[0].Channel, Insider.WithWrongTag);
        await party[1].SeenAsync<EpochVoided>();
        await party[0].Channel.SendAsync("from who is added again").Soon();

        (await party[1].Channel.TakeAsync(1)).ShouldBe(["from who is added again"]);
        await party.TogetherAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_member_that_comes_back_behind_trimmed_commits_is_added_again_and_told_that_messages_are_missing()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 2);
        await party[1].LeaveAsync();
        await party[0].Channel.SendAsync("not kept").Soon();

        await party[1].ComeAsync(Once<Subscribed>(subscribed => new Refused(subscribed.RequestId, Protocol.ErrorCode.TooFarBehind, "The commits are gone.", null)));

        (await party[0].SeenAsync<ReAddingAsked>()).Reason.ShouldBe(ReAddingReason.CommitsTrimmed);
        await party.TogetherAsync();
        (await party[1].SeenAsync<MessagesMissed>()).Count.ShouldBeGreaterThanOrEqualTo(1ul);
        await party.HearAsync(1, "in again", 0);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_good_commit_that_is_voided_takes_its_messages_along_and_their_sender_is_told()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 3);
        await party[1].LeaveAsync();
        await party[2].LeaveAsync();
        var commit = new TaskCompletionSource<DeliverCommit>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isDeaf = true; // To what nobody is to follow.
        await party[2].ComeAsync(frame =>
        {
            if (Volatile.Read(ref isDeaf) && frame is DeliverCommit followable)
                commit.TrySetResult(followable);
            return Volatile.Read(ref isDeaf) && frame is DeliverCommit or DeliverMessage ? null : frame;
        });
        await party[0].Channel.UpdateKeysAsync().Soon();
        await party[0].Channel.SendAsync("nobody can read this").Soon();
        var last = await party[0].Channel.SendAsync("nor this").Soon();
        var rejected = await commit.Task.Soon();
        Volatile.Write(ref isDeaf, false);

        (await Insider.RejectAsync(party[2].Channel, rejected)).IsSuccess.ShouldBeTrue();

        var voided = await party[0].SeenAsync<MessagesVoided>();
        (voided.Count, voided.Last).ShouldBe((2ul, last.Sequence));
        await party.TogetherAsync(0, 2);
        await party[1].ComeAsync();
        await party.TogetherAsync();
        await party.HearAsync(0, "once more", 1, 2);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_report_that_the_relay_cannot_use_yet_costs_its_member_nothing()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 2);
        await party[1].LeaveAsync();
        await using var joiner = new Guest(world, await world.CreateAgentAsync("joiner"));
        var refused = new TaskCompletionSource<Refused>(TaskCreationOptions.RunContinuationsAsynchronously);
        await joiner.ComeAsync(frame =>
        {
            if (frame is Refused refusal)
                refused.TrySetResult(refusal);
            return frame;
        });
        await party[0].Channel.AddMemberAsync(joiner.Home.Id).Soon();
        joiner.Enter(await joiner.Agent.JoinAsync(party[0].Channel.Name.ToString()).Soon());

        await party[0].Channel.UpdateKeysAsync().Soon(); // On top of the commit by which the joiner came, of which it says nothing.

        (await refused.Task.Soon()).Code.ShouldBe(Protocol.ErrorCode.InvalidRequest);
        await party[0].Channel.SendAsync("do you hear?").Soon();
        (await joiner.Channel.TakeAsync(1)).ShouldBe(["do you hear?"]);
        await joiner.Channel.UpdateKeysAsync().Soon();
        await joiner.Channel.SendAsync("I do").Soon();
        await party[1].ComeAsync();
        (await party[1].Channel.TakeAsync(2)).ShouldBe(["do you hear?", "I do"]);
        joiner.IsSteady.ShouldBeTrue();
        joiner.Troubles.Concat(party[0].Troubles).Concat(party[1].Troubles).ShouldBeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task Members_that_report_different_states_of_an_epoch_are_a_fork_and_everybody_who_hears_it_is_told()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 3);
        await party[2].LeaveAsync();
        await party[2].ComeAsync(frame => frame is DeliverApplied { Epoch: 3 } applied
            ? applied with { AuthenticatorHash = Insider.Flipped(new Opaque(applied.AuthenticatorHash)).Memory }
            : frame);

        await party[0].Channel.UpdateKeysAsync().Soon();

        (await party[2].SeenAsync<Fork>()).Epoch.ShouldBe(3ul);
        await party.TogetherAsync();
        party[1].Troubles.ShouldBeEmpty();
    }

    /// <summary>The first frame of a kind, altered; every other as it is.</summary>
    private static Func<Frame, Frame?> Once<T>(Func<T, Frame?> alter) where T : Frame
    {
        var altered = false;
        return frame =>
        {
            if (altered || frame is not T first)
                return frame;
            altered = true;
            return alter(first);
        };
    }

    private static DeliverCommit Altered(DeliverCommit frame, Func<Mls.Framing.PublicMessage, Mls.Framing.PublicMessage> alter) =>
        frame with { Commit = Tls.Encode(new MlsMessage(alter(Tls.Decode<MlsMessage>(new Opaque(frame.Commit)).PublicMessage!))).Memory };
}
